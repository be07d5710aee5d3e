// A table to look at: of thousands of rows only those in view are drawn; sorted, searched, and gone through by keys.

import { text } from "../strings.js";
import { copyButton, h, set, styled } from "../dom.js";
import { Component } from "../nodes.js";
import { compare, content, dress, ready, tabbed, words } from "./cells.js";
import { enlarge, length, tool } from "./image.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

await styled(new URL("dataframe.css", import.meta.url));

const ALL = 120; // rows up to which all are drawn
const MARGIN = 12; // rows drawn beyond each end of the view
const USUAL_PX = 33; // a row's height, before one has been drawn
export const HEAD = -1; // the row of the headers, for the keyboard

export class Grid extends Component {
  static single = false;

  get value() {
    const { headers, rows, metadata } = this;
    return this.touched ? { headers: [...headers], data: rows.map((row) => [...row]), metadata } : (this.props.value ?? null);
  }

  set value(value) {
    this.props.value = value;
    this.touched = false;
    this.headers = [...(value?.headers ?? this.props.headers ?? [])];
    this.rows = (value?.data ?? []).map((row) => [...row]);
    this.metadata = value?.metadata ? structuredClone(value.metadata) : null;
    if (!this.rows.length) this.rows = this.blanks();
    this.cell = this.sorted = null;
    this.widths = null;
    this.arrange();
  }

  // What a table does that can be edited.
  blanks() {
    return [];
  }

  editable() {
    return false;
  }

  takes() {
    return false;
  }

  renames() {
    return false;
  }

  pointed() {}

  kind(column) {
    const { datatype } = this.props;
    return Array.isArray(datatype) ? (datatype[column] ?? "str") : (datatype ?? "str");
  }

  body() {
    this.cell = null; // the [row, column] of the view that has been chosen
    this.editing = null;
    this.head = h("thead");
    this.main = h("tbody");
    this.columns = h("colgroup");
    this.table = h("table", { role: "grid", tabindex: "0", "aria-labelledby": this.name.id }, this.columns, this.head, this.main);
    this.scroller = h("div", { class: "sf-scroller", tabindex: "-1" }, this.table);
    this.blank = h("p", { class: "sf-soft" }, viewTexts.table.none);
    this.slot.append(this.scroller, this.blank);
    this.search = h("input", { type: "search", class: "sf-search", placeholder: viewTexts.table.search, "aria-label": viewTexts.table.search });
    this.search.addEventListener("input", () => this.arrange());
    this.copyAll = copyButton(() => tabbed([this.headers, ...this.order.map((row) => this.rows[row])]), `${text.copy} ${this.label}`);
    this.whole = tool(viewTexts.fullscreen, () => enlarge(this.element));
    this.tools.append(this.search, this.copyAll, this.whole);
    this.hear();
    new ResizeObserver(() => this.paint(true)).observe(this.scroller);
  }

  hear() {
    this.scroller.addEventListener("scroll", () => this.paint(false));
    this.table.addEventListener("keydown", (event) => this.press(event));
    this.table.addEventListener("focus", () => this.table.matches(":focus-visible") && !this.cell && this.order.length && this.choose(0, 0));
    this.table.addEventListener("copy", (event) => this.copyCell(event));
    this.table.addEventListener("click", (event) => this.click(event));
  }

  refresh(changes) {
    const { props } = this;
    super.refresh(changes);
    if (!this.rows) this.value = null;
    if (!("value" in changes) && "headers" in changes && this.headers.length === changes.headers?.length) this.headers = [...changes.headers];
    this.scroller.style.maxHeight = length(props.max_height ?? 500);
    this.table.classList.toggle("sf-wrap", Boolean(props.wrap));
    const { show_search: searched, buttons } = props;
    this.search.hidden = !searched || searched === "none";
    this.copyAll.hidden = buttons?.includes("copy") === false;
    this.whole.hidden = buttons?.includes("fullscreen") !== true;
    const kinds = [props.datatype].flat();
    ready(kinds).then((more) => more && this.paint(true));
    this.paint(true);
  }

  /** Work out which rows are shown, in which order, and show them. */
  arrange() {
    const wanted = this.search.value.trim().toLowerCase();
    const has = (row) => this.rows[row].some((value) => words(value).toLowerCase().includes(wanted));
    this.order = this.rows.map((_, index) => index).filter((row) => !wanted || has(row));
    if (this.sorted) {
      const { column, down } = this.sorted;
      this.order.sort((a, b) => compare(this.rows[a][column], this.rows[b][column], down) || a - b);
    }
    if (this.cell && this.cell[0] >= this.order.length) this.cell = null;
    this.found = Boolean(wanted);
    this.blank.hidden = this.order.length > 0;
    this.blank.textContent = wanted ? text.noMatch : viewTexts.table.none;
    this.paint(true);
  }

  /** Draw the headers, and the rows that are in view; unless `anew`, only if these are others than before. */
  paint(anew) {
    if (!this.order || this.editing) return;
    const [from, to] = this.window();
    if (!anew && this.from === from && this.to === to) return;
    Object.assign(this, { from, to });
    set(this.table, "aria-rowcount", this.order.length + 1);
    set(this.table, "aria-colcount", this.headers.length);
    if (anew) this.head.replaceChildren(this.headRow());
    const rows = [];
    for (let place = from; place < to; place += 1) rows.push(this.row(place));
    this.main.replaceChildren(this.gap(from), ...rows, this.gap(this.order.length - to));
    this.measure(rows);
    this.mark();
  }

  window() {
    const count = this.order.length;
    if (count <= ALL) return [0, count];
    const height = this.height ?? USUAL_PX;
    const first = Math.floor(this.scroller.scrollTop / height) - MARGIN;
    const shown = Math.ceil((this.scroller.clientHeight || 500) / height) + 2 * MARGIN;
    const from = Math.max(0, Math.min(first, count - shown));
    return [from, Math.min(count, from + shown)];
  }

  /** An empty row as high as `count` rows that are not drawn. */
  gap(count) {
    const row = h("tr", { class: "sf-gap", "aria-hidden": "true", hidden: !count });
    row.style.height = `${count * (this.height ?? USUAL_PX)}px`;
    return row;
  }

  /** Learn how high rows are; and keep the columns' widths, which else would change as other rows come into view. */
  measure(rows) {
    if (!this.scroller.clientWidth) return; // in a closed tab or accordion
    if (rows.length && this.order.length > ALL) this.height = rows.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0) / rows.length;
    const given = this.props.column_widths ?? [];
    const cells = [...this.head.querySelectorAll("th")];
    if (!this.widths && (given.length || this.order.length > ALL)) {
      const numbered = cells.length - this.headers.length;
      this.widths = cells.map((cell, index) => length(given[index - numbered]) || `${cell.offsetWidth}px`);
      this.columns.replaceChildren(...this.widths.map((width) => {
        const column = h("col");
        column.style.width = width;
        return column;
      }));
    }
    this.table.classList.toggle("sf-fixed", Boolean(this.widths));
    if (!this.widths) this.columns.replaceChildren();
    for (const cell of this.table.querySelectorAll(".sf-pinned")) {
      cell.style.left = `${cells.slice(0, cell.cellIndex).reduce((sum, { offsetWidth }) => sum + offsetWidth, 0)}px`;
    }
  }

  headRow() {
    const head = (name, column) => {
      const { column: by, down } = this.sorted ?? {};
      const sort = by === column ? (down ? "descending" : "ascending") : null;
      const cell = h("th", { id: this.idOf(HEAD, column), scope: "col", "aria-sort": sort, class: this.pin(column), title: viewTexts.table.sort }, h("span", {}, words(name)));
      if (sort) cell.append(h("span", { class: "sf-arrow", "aria-hidden": "true" }, down ? " ↓" : " ↑"));
      return cell;
    };
    const numbers = this.props.show_row_numbers ? [h("th", { class: "sf-number", scope: "col" }, "#")] : [];
    return h("tr", { "aria-rowindex": 1 }, ...numbers, ...this.headers.map(head));
  }

  row(place) {
    const row = this.order[place];
    const numbers = this.props.show_row_numbers ? [h("th", { class: "sf-number", scope: "row" }, row + 1)] : [];
    const cells = this.headers.map((_, column) => this.drawCell(row, column, this.idOf(place, column)));
    return h("tr", { "aria-rowindex": place + 2 }, ...numbers, ...cells);
  }

  drawCell(row, column, id) {
    const kind = this.kind(column);
    const { max_chars: longest } = this.props;
    const cell = h("td", { id, class: [this.pin(column), kind && `sf-${kind}`].filter(Boolean).join(" "), "aria-readonly": this.interactive ? String(!this.editable(column)) : null });
    const shown = this.metadata?.display_value?.[row]?.[column] ?? null;
    const options = { shown, longest, page: this.page, editable: this.editable(column), name: words(this.headers[column]) };
    cell.append(content(this.rows[row][column], kind, options));
    dress(cell, this.metadata?.styling?.[row]?.[column]);
    return cell;
  }

  pin(column) {
    return column < (this.props.pinned_columns ?? 0) ? "sf-pinned" : null;
  }

  idOf(place, column) {
    return `${this.key}-${place}-${column}`;
  }

  placeOf(target) {
    const id = target.closest?.("td, th")?.id;
    return id ? id.slice(this.key.length + 1).match(/^(-?\d+)-(\d+)$/)?.slice(1).map(Number) : null;
  }

  click(event) {
    const at = this.placeOf(event.target);
    if (!at || this.editing?.cell.contains(event.target)) return;
    const [place, column] = at;
    if (place === HEAD) return (event.detail === 2 && this.renames(column)) || this.sort(column);
    const again = this.cell?.[0] === place && this.cell[1] === column;
    if (!again) this.choose(place, column);
    this.pointed(event, again);
  }

  sort(column) {
    const { column: by, down } = this.sorted ?? {};
    this.sorted = by !== column ? { column, down: false } : down ? null : { column, down: true };
    this.arrange();
    this.page.announce(viewTexts.table.sorted(words(this.headers[column]), this.sorted?.down));
  }

  /** Choose a cell of the view, bring it into view, and tell who listens. */
  choose(place, column) {
    this.cell = [Math.max(HEAD, Math.min(place, this.order.length - 1)), Math.max(0, Math.min(column, this.headers.length - 1))];
    const [at, in_column] = this.cell;
    if (at >= 0 && (at < this.from || at >= this.to)) this.scroller.scrollTop = at * this.height;
    this.paint(false);
    this.mark();
    document.getElementById(this.idOf(at, in_column))?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (document.activeElement !== this.table) this.table.focus({ preventScroll: true });
    if (at < 0 || !this.page.listens(this, "select")) return;
    const row = this.order[at];
    const col_value = this.rows.map((one) => one[in_column]);
    this.emit("select", { index: [row, in_column], value: this.rows[row][in_column], row_value: [...this.rows[row]], col_value, selected: true });
  }

  mark() {
    this.table.querySelector(".sf-chosen")?.classList.remove("sf-chosen");
    const chosen = this.cell && document.getElementById(this.idOf(...this.cell));
    chosen?.classList.add("sf-chosen");
    set(this.table, "aria-activedescendant", chosen?.id);
  }

  press(event) {
    if (this.editing || event.isComposing) return;
    const { key, ctrlKey, metaKey, altKey } = event;
    const [place, column] = this.cell ?? [0, 0];
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / (this.height ?? USUAL_PX)) - 1);
    const far = ctrlKey || metaKey;
    const goals = {
      ArrowDown: [far ? this.order.length : place + 1, column],
      ArrowUp: [far ? 0 : place - 1, column],
      ArrowRight: [place, far ? Infinity : column + 1],
      ArrowLeft: [place, far ? 0 : column - 1],
      Home: [far ? 0 : place, 0],
      End: [far ? this.order.length : place, Infinity],
      PageDown: [place + page, column],
      PageUp: [Math.max(0, place - page), column],
    };
    if (goals[key]) this.choose(...goals[key]);
    else if (!this.cell || altKey) return;
    else if (key === "Escape") this.release();
    else if (place === HEAD && (key === "Enter" || key === " ")) this.sort(column);
    else if (!this.takes(event)) return;
    event.preventDefault();
  }

  release() {
    this.cell = null;
    this.mark();
  }

  copyCell(event) {
    if (!this.cell || this.editing || this.cell[0] < 0) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", words(this.rows[this.order[this.cell[0]]][this.cell[1]]));
  }
}
