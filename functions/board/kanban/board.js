// The page's side. It is loaded with a page that has a board, and may use what the page's own components use.

import { Component, h, same } from "../../tree.js";

const styles = new CSSStyleSheet(); // a page's policy allows no style elements, but these
styles.replaceSync(`
  .board .columns { display: grid; grid-auto-columns: minmax(9rem, 1fr); grid-auto-flow: column; gap: .75rem; overflow-x: auto; padding: 2px; }
  .board section { background: var(--sunk); border-radius: var(--inner); padding: .6rem; display: flex; flex-direction: column; gap: .5rem; }
  .board section.over { outline: 2px dashed var(--accent); }
  .board h2 { font-size: .875rem; display: flex; justify-content: space-between; }
  .board ol { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: .4rem; flex: 1; min-height: 2.5rem; }
  .board li { background: var(--card); border: 1px solid var(--line); border-radius: var(--inner); padding: .45rem .6rem; box-shadow: var(--shadow); cursor: grab; }
  .board .fixed li { cursor: auto; }
`);
document.adoptedStyleSheets.push(styles);

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class Board extends Component {
  static single = false;

  get value() {
    return this.board ?? null;
  }

  set value(value) {
    if (same(this.board, value)) return; // an answer that says what the page shows must not take the focus away
    this.board = value ?? {};
    this.columns.replaceChildren(...Object.entries(this.board).map(([name, cards]) => this.column(name, cards)));
  }

  body() {
    this.columns = h("div", { class: "columns" });
    this.said = h("p", { class: "sf-unseen", role: "status" });
    this.slot.append(this.columns, this.said);
    return this.columns;
  }

  refresh(changes) {
    super.refresh(changes);
    this.columns.classList.toggle("fixed", !this.interactive);
    if (!("interactive" in changes)) return;
    const board = this.board;
    this.board = null;
    this.value = board;
  }

  column(name, cards) {
    const list = h("ol", { "aria-label": name }, ...cards.map((card, index) => this.card(card, name, index)));
    const section = h("section", {}, h("h2", {}, name, h("span", { class: "sf-clock" }, String(cards.length))), list);
    if (!this.interactive) return section;
    section.addEventListener("dragover", (event) => {
      if (!this.held) return;
      event.preventDefault();
      section.classList.add("over");
    });
    section.addEventListener("dragleave", () => section.classList.remove("over"));
    section.addEventListener("drop", (event) => {
      event.preventDefault();
      section.classList.remove("over");
      const items = [...list.children];
      const before = items.findIndex((item) => event.clientY < item.getBoundingClientRect().top + item.offsetHeight / 2);
      this.move(this.held, name, before < 0 ? items.length : before);
    });
    return section;
  }

  card(card, column, index) {
    const item = h("li", { tabindex: this.interactive ? "0" : null, draggable: this.interactive ? "true" : null }, card);
    if (!this.interactive) return item;
    item.addEventListener("dragstart", (event) => {
      this.held = { column, index };
      event.dataTransfer.setData("text/plain", card);
    });
    item.addEventListener("dragend", () => (this.held = null));
    item.addEventListener("keydown", (event) => {
      const [aside, along] = KEYS[event.key] ?? [];
      if (aside === undefined) return;
      event.preventDefault();
      const names = Object.keys(this.board);
      const target = names[names.indexOf(column) + aside];
      const place = aside ? this.board[target]?.length : index + along + (along > 0 ? 1 : 0);
      if (target !== undefined && place >= 0 && place <= this.board[target].length) this.move({ column, index }, target, place);
    });
    return item;
  }

  /** Move a card before the one at `place` of the column `target`, and tell the app. */
  move({ column, index }, target, place) {
    if (this.element.ariaBusy) return; // one move after the other: the answer says what the board is now
    const within = column === target && place > index ? place - 1 : place; // it leaves its own place first
    if (column === target && within === index) return;
    const board = Object.fromEntries(Object.entries(this.board).map(([name, cards]) => [name, [...cards]]));
    const [card] = board[column].splice(index, 1);
    board[target].splice(within, 0, card);
    this.value = board;
    this.columns.children[Object.keys(board).indexOf(target)].querySelectorAll("li")[within].focus();
    this.said.textContent = `${card}: ${target}, ${within + 1}`;
    this.emit("move", { card, source: column, goal: target, index: within });
    this.edited();
  }
}

export const components = { board: Board };
