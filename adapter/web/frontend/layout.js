// Containers that open and close: accordions, sidebars and tabs.

import { text } from "./strings.js";
import { h, set } from "./dom.js";
import { Block } from "./nodes.js";

class Accordion extends Block {
  get classes() {
    return "sf-accordion";
  }

  draw() {
    const held = `held-${this.id}`;
    this.title = h("button", { type: "button", class: "sf-fold", "aria-controls": held, onclick: () => this.press() });
    this.slot = h("div", { class: "sf-column", id: held });
    this.element.append(this.title, this.slot);
    this.turn(true);
  }

  refresh(changes) {
    super.refresh(changes);
    this.title.textContent = this.props.label || text.more;
    if ("open" in changes) this.turn(changes.open !== false);
  }

  turn(open) {
    this.open = open;
    this.slot.hidden = !open;
    set(this.title, "aria-expanded", String(open));
    set(this.element, "data-open", open);
  }

  press() {
    this.turn(!this.open);
    this.emit(this.open ? "expand" : "collapse");
  }
}

class Sidebar extends Accordion {
  get classes() {
    return `sf-accordion sf-sidebar sf-${this.props.position ?? "sf-left"}`;
  }

  refresh(changes) {
    super.refresh(changes);
    const { width } = this.props;
    if (width) this.element.style.width = typeof width === "number" ? `${width}px` : width;
  }
}

class TabItem extends Block {
  get classes() {
    return "sf-panel sf-column";
  }

  draw() {
    const tab = `tab-${this.id}`;
    this.tab = h("button", { type: "button", role: "tab", id: tab, "aria-controls": `panel-${this.id}` });
    set(this.element, "role", "tabpanel");
    set(this.element, "aria-labelledby", tab);
    this.chosen = false;
  }

  refresh(changes) {
    super.refresh(changes);
    this.element.id = `panel-${this.id}`;
    this.tab.textContent = this.props.label ?? "";
    this.tab.disabled = this.props.interactive === false;
    this.choose(this.chosen);
  }

  /** Draw what stands in it: nobody has seen that before it is opened. */
  fill() {
    const { unfilled } = this;
    this.unfilled = null;
    unfilled?.();
  }

  choose(chosen) {
    const gone = this.props.visible === false || this.props.visible === "hidden";
    this.chosen = chosen;
    if (chosen) this.fill();
    this.tab.hidden = gone;
    this.element.hidden = gone || !chosen;
    set(this.tab, "aria-selected", String(chosen));
    set(this.tab, "tabindex", chosen ? "0" : "-1");
  }
}

class Tabs extends Block {
  get classes() {
    return "sf-tabs";
  }

  draw() {
    this.items = [];
    this.list = h("div", { role: "tablist", onkeydown: (event) => this.press(event) });
    this.element.append(this.list);
  }

  append(item) {
    this.items.push(item);
    this.list.append(item.tab);
    this.element.append(item.element);
    item.tab.addEventListener("click", () => this.turn(item, true));
    const wanted = this.props.selected ?? null;
    const first = !item.tab.hidden && !this.items.some(({ chosen }) => chosen);
    if (wanted === null ? first : item.props.id === wanted) this.turn(item, false);
  }

  refresh(changes) {
    super.refresh(changes);
    const wanted = this.items.find((item) => item.props.id === changes.selected);
    if ("selected" in changes && wanted) this.turn(wanted, false);
  }

  turn(item, byVisitor) {
    for (const other of this.items) other.choose(other === item);
    if (!byVisitor) return;
    const data = { index: this.items.indexOf(item), value: item.props.label, selected: true };
    item.emit("select", data);
    this.emit("select", data);
    this.emit("change", data);
  }

  press(event) {
    const open = this.items.filter((item) => !item.tab.hidden && !item.tab.disabled);
    const now = open.findIndex((item) => item.chosen);
    const goals = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: -1 };
    if (!(event.key in goals) || !open.length) return;
    const goal = open.at(goals[event.key] % open.length);
    this.turn(goal, true);
    goal.tab.focus();
    event.preventDefault();
  }
}

export const layouts = { accordion: Accordion, sidebar: Sidebar, tabs: Tabs, tabitem: TabItem };
