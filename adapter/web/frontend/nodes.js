// The nodes of the page that every app has: what a component is, rows and columns, states, and what is unknown.

import { copyButton, h, set } from "./dom.js";
import { text } from "./strings.js";
import { told } from "./told.js";

/** What every node is: an element, its props, and a place for children. */
export class Block {
  static tag = "div";

  constructor({ id, type, props, module }, page) {
    Object.assign(this, { id, type, page, module, props: { ...props } });
    this.element = h(this.constructor.tag);
    this.slot = this.element;
    this.draw();
    this.refresh(this.props);
  }

  get value() {
    return this.props.value ?? null;
  }

  set value(value) {
    this.props.value = value;
    this.show();
  }

  get classes() {
    return `sf-block ${this.module ? "" : "sf-"}${this.type}`; // the styles of somebody else's module know it by its type
  }

  /** Build what is inside the element, once. */
  draw() {}

  /** Show the value, which is in `this.props` already. */
  show() {}

  /** Show `changes`, which are in `this.props` already. */
  refresh(changes) {
    const { element, props } = this;
    if (props.elem_id) element.id = props.elem_id;
    element.className = [this.classes, ...(props.elem_classes ?? [])].join(" ");
    element.hidden = props.visible === false || props.visible === "hidden";
    if (props.scale > 0) element.style.flexGrow = props.scale;
    if (props.min_width > 0) element.style.minWidth = `min(${props.min_width}px, 100%)`;
    if ("value" in changes) this.value = changes.value;
  }

  update(changes) {
    Object.assign(this.props, changes);
    this.refresh(changes);
  }

  append(child) {
    this.slot.append(child.element);
  }

  emit(event, data = null) {
    this.page.emit(this, event, data);
  }

  // What a call shows on its outputs; nodes without a face for it ignore it.
  pending() {}
  status() {}
  settled() {}
  failed() {}
}

/** A node with a label, an info text, a value, and a face for pending calls and errors. */
export class Component extends Block {
  /** Whether the label belongs to one control; else it names the whole group. */
  static single = true;

  constructor(entry, page) {
    super(entry, page);
    if (this.props.autofocus) queueMicrotask(() => this.control?.focus());
  }

  get key() {
    return `component-${this.id}`;
  }

  get label() {
    return this.props.label ?? text.names[this.type] ?? "";
  }

  /** What it is called by buttons and screen readers, which need a name also where the app gives it an empty one. */
  get called() {
    return this.label || text.names[this.type];
  }

  get interactive() {
    return this.props.interactive !== false;
  }

  draw() {
    const single = this.constructor.single;
    this.name = h(single ? "label" : "span", { class: "sf-name", id: `${this.key}-label`, for: single ? this.key : null });
    this.clock = h("span", { class: "sf-clock", "aria-hidden": "true" });
    this.tools = h("span", { class: "sf-tools" });
    this.note = h("p", { class: "sf-note", id: `${this.key}-info`, hidden: true });
    this.slot = h("div", { class: "sf-body" });
    this.bar = h("div", { class: "sf-bar", hidden: true }, h("div"));
    this.alert = h("div", { class: "sf-alert", role: "alert", hidden: true });
    this.element.append(h("div", { class: "sf-head" }, this.name, this.clock, this.tools));
    this.element.append(this.note, this.slot, this.bar, this.alert);
    if (!single) {
      set(this.element, "role", "group");
      set(this.element, "aria-labelledby", this.name.id);
    }
    this.control = this.body() ?? null;
    if (this.control && single) this.control.id = this.key;
    if (this.control) set(this.control, "aria-describedby", this.note.id);
  }

  /** Put the component's own elements into `this.slot`; return its control. */
  body() {}

  refresh(changes) {
    const { props } = this;
    this.name.textContent = this.label;
    this.name.classList.toggle("sf-unseen", props.show_label === false || !this.label);
    this.note.textContent = props.info ?? "";
    this.note.hidden = !props.info;
    super.refresh(changes);
    this.element.classList.toggle("sf-bare", props.container === false);
  }

  /** Tell the listeners that the visitor has changed the value. */
  edited() {
    this.failed(null);
    this.emit("input");
    this.emit("change");
  }

  addCopy(content) {
    if (!this.props.buttons?.includes("copy")) return;
    this.tools.append(copyButton(content, `${text.copy} ${this.label}`));
  }

  pending(mode) {
    set(this.element, "aria-busy", "true");
    this.element.dataset.pending = mode;
  }

  status(message, fraction = null) {
    this.clock.textContent = message;
    this.bar.hidden = fraction === null;
    if (fraction === null) return;
    const percent = Math.round(Math.min(Math.max(fraction, 0), 1) * 100);
    this.bar.firstChild.style.width = `${percent}%`;
    set(this.bar, "role", "progressbar");
    set(this.bar, "aria-valuenow", percent);
    set(this.bar, "aria-label", text.progress);
  }

  settled() {
    set(this.element, "aria-busy", null);
    delete this.element.dataset.pending;
    this.status("");
  }

  failed(message, retry = null) {
    this.alert.hidden = !message;
    this.alert.replaceChildren(...(message ? [told("span", message)] : []));
    if (message && retry) this.alert.append(h("button", { type: "button", class: "sf-small", onclick: retry }, text.tryAgain));
  }
}

class Row extends Block {
  get classes() {
    return `sf-row sf-${this.props.variant ?? "sf-default"} ${this.props.equal_height ? "sf-equal" : ""}`;
  }
}

class Column extends Block {
  get classes() {
    return `sf-column sf-${this.props.variant ?? "sf-default"}`;
  }
}

/** A group, or a form: what stands in it shares one frame. */
class Frame extends Block {
  get classes() {
    return `sf-${this.type}`;
  }
}

/** A session's state lives on the server; here it is only a name that calls and listeners use. */
class State extends Block {
  get classes() {
    return "sf-state";
  }

  refresh() {
    this.element.hidden = true;
  }

  get value() {
    return null;
  }

  set value(_) {}
}

/** A type that this page has no class for: says so, and keeps its value for the calls that send it. */
export class Unknown extends Block {
  get classes() {
    return "sf-block sf-unknown";
  }

  draw() {
    this.element.append(h("p", {}, text.unknownType(this.type)));
    this.slot = this.element.appendChild(h("div", { class: "sf-column" }));
  }
}

/** The classes that every page has. */
export const always = { row: Row, column: Column, group: Frame, form: Frame, state: State };
