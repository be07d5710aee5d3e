// What nearly every page has: plain containers, session state, buttons, text and numbers.

import { text } from "../strings.js";
import { Block, Component, h, set } from "../tree.js";

class Row extends Block {
  get classes() {
    return `row ${this.props.variant ?? ""} ${this.props.equal_height ? "equal" : ""}`;
  }
}

class Column extends Block {
  get classes() {
    return `column ${this.props.variant ?? ""}`;
  }
}

class Group extends Block {
  get classes() {
    return "group";
  }
}

class Form extends Block {
  get classes() {
    return "form";
  }
}

/** A session's state lives on the server; here it is only a name that calls and listeners use. */
class State extends Block {
  get classes() {
    return "state";
  }

  refresh() {
    this.element.hidden = true;
  }

  get value() {
    return null;
  }

  set value(_) {}
}

class Button extends Block {
  static tag = "button";

  get classes() {
    return `button ${this.props.variant ?? "secondary"} ${this.props.size ?? "lg"}`;
  }

  get value() {
    return this.props.value ?? "";
  }

  set value(value) {
    this.props.value = value;
    this.element.textContent = value ?? "";
  }

  draw() {
    this.element.type = "button";
    this.element.addEventListener("click", () => this.click());
  }

  refresh(changes) {
    super.refresh(changes);
    this.element.disabled = this.props.interactive === false;
  }

  click() {
    if (this.element.getAttribute("aria-disabled")) return;
    const { link, link_target: target } = this.props;
    if (link && /^(https?:|\/|\.|#)/i.test(link)) window.open(link, target ?? "_self", "noopener");
    this.emit("click");
  }

  /** Refuse clicks while `busy`; the button keeps the focus, which `disabled` would take away. */
  block(busy) {
    set(this.element, "aria-disabled", busy ? "true" : null);
  }
}

/** What a text field and a number field share. */
class Field extends Component {
  /** Edits come in bursts: listeners that only want the last one wait for a pause. */
  static typed = true;

  listen(field) {
    field.addEventListener("input", () => this.edited());
    field.addEventListener("focus", () => this.emit("focus"));
    field.addEventListener("blur", () => this.emit("blur"));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !this.submits(event)) return;
      event.preventDefault();
      this.emit("submit");
    });
    return field;
  }

  submits() {
    return true;
  }

  refresh(changes) {
    super.refresh(changes);
    this.control.readOnly = !this.interactive;
    set(this.control, "placeholder", this.props.placeholder);
  }
}

class Textbox extends Field {
  get value() {
    return this.control.value;
  }

  set value(value) {
    this.control.value = value ?? "";
    this.fit();
    if (this.props.autoscroll !== false && !this.interactive) this.control.scrollTop = this.control.scrollHeight;
  }

  get lines() {
    return this.props.lines ?? 1;
  }

  body() {
    const plain = !this.props.type || this.props.type === "text";
    const field = this.listen(h(plain ? "textarea" : "input"));
    if (!plain) field.type = this.props.type;
    this.slot.append(field);
    field.addEventListener("input", () => this.fit());
    if (this.props.submit_btn) this.addSubmit(this.props.submit_btn);
    this.addCopy(() => this.value);
    return field;
  }

  addSubmit(label) {
    const name = typeof label === "string" ? label : text.send;
    this.slot.append(h("button", { type: "button", class: "button primary sm", onclick: () => this.emit("submit") }, name));
  }

  submits(event) {
    return this.interactive && (this.lines > 1 ? event.shiftKey : !event.shiftKey);
  }

  refresh(changes) {
    super.refresh(changes);
    const { max_length: longest, rtl, text_align: align, max_lines: most } = this.props;
    set(this.control, "maxlength", longest);
    this.control.dir = rtl ? "rtl" : "auto";
    if (align) this.control.style.textAlign = align;
    if (this.control.type !== "textarea") return;
    this.control.rows = this.lines;
    this.control.style.setProperty("--lines", this.lines);
    this.control.style.setProperty("--most", Math.max(most ?? 20, this.lines));
    this.fit();
  }

  /** Grow with the text where the style sheet's field-sizing is not known. */
  fit() {
    if (this.control.type !== "textarea" || CSS.supports("field-sizing", "content")) return;
    this.control.style.height = "auto";
    if (this.control.scrollHeight) this.control.style.height = `${this.control.scrollHeight + 2}px`;
  }
}

class NumberField extends Field {
  get value() {
    return this.control.value === "" ? null : Number(this.control.value);
  }

  set value(value) {
    this.control.value = value ?? "";
  }

  body() {
    const field = this.listen(h("input", { type: "number" }));
    this.slot.append(field);
    return field;
  }

  refresh(changes) {
    const { minimum, maximum, step } = this.props;
    set(this.control, "min", minimum);
    set(this.control, "max", maximum);
    set(this.control, "step", step ?? "any");
    super.refresh(changes);
  }
}

export const components = {
  row: Row,
  column: Column,
  group: Group,
  form: Form,
  state: State,
  button: Button,
  textbox: Textbox,
  number: NumberField,
};
