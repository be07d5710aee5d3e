// What the visitor uses: buttons, fields to write in, things to tick, choose and drag.

import { text } from "../strings.js";
import { Block, Component, h, set } from "../tree.js";

export class Button extends Block {
  static tag = "button";

  get classes() {
    return `button ${this.props.variant ?? "secondary"} ${this.props.size ?? "lg"}`;
  }

  show() {
    this.element.textContent = this.value ?? "";
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
export class Field extends Component {
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
    set(this.control, "aria-label", this.label ? null : this.props.placeholder); // a label without a text names nothing
  }
}

export class Textbox extends Field {
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
    this.slot.append(field.type === "password" ? secret(field) : field);
    field.addEventListener("input", () => this.fit());
    this.stopping = false; // whether a call is under way that the visitor can stop from here
    this.addCopy(() => this.value);
    return field;
  }

  /** Show the buttons beside the field: one that sends, or while a call can be stopped, one that stops it. */
  drawButtons() {
    const { submit_btn: send, stop_btn: stop } = this.props;
    const had = this.buttons?.some((button) => button === document.activeElement);
    for (const button of this.buttons ?? []) button.remove();
    const make = (label, otherwise, event, look) => {
      const name = typeof label === "string" ? label : otherwise;
      return h("button", { type: "button", class: `button ${look} sm`, onclick: () => this.emit(event) }, name);
    };
    const stops = stop || this.stopping;
    this.buttons = [];
    if (send && !this.stopping) this.buttons.push(make(send, text.send, "submit", "primary"));
    if (stops) this.buttons.push(make(stop, text.stop, "stop", "stop"));
    this.slot.append(...this.buttons);
    if (had) (this.buttons[0] ?? this.control).focus();
  }

  /** Offer to stop, while there is something to stop. */
  stoppable(running) {
    if (running === this.stopping) return;
    this.stopping = running;
    this.drawButtons();
  }

  submits(event) {
    return this.interactive && (this.lines > 1 ? event.shiftKey : !event.shiftKey);
  }

  refresh(changes) {
    super.refresh(changes);
    if ("submit_btn" in changes || "stop_btn" in changes) this.drawButtons();
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

/** Return `field` in a form of its own, as browsers and their password managers want it; nothing is ever submitted by it. */
function secret(field) {
  const name = h("input", { autocomplete: "username", hidden: true });
  set(field, "autocomplete", "current-password");
  return h("form", { class: "secret", onsubmit: (event) => event.preventDefault() }, name, field);
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

class Checkbox extends Component {
  get value() {
    return this.control.checked;
  }

  set value(value) {
    this.control.checked = Boolean(value);
  }

  body() {
    const box = h("input", { type: "checkbox", onchange: () => this.edited() });
    box.addEventListener("change", () => this.emit("select", { value: box.checked, selected: box.checked }));
    this.name.before(box);
    return box;
  }

  refresh(changes) {
    super.refresh(changes);
    this.control.disabled = !this.interactive;
  }
}

/** Options that stand side by side, each with a native input. */
class Options extends Component {
  static single = false;

  get choices() {
    return (this.props.choices ?? []).map((choice) => (Array.isArray(choice) ? choice : [String(choice), choice]));
  }

  body() {
    this.inputs = [];
    this.slot.classList.add("options");
  }

  refresh(changes) {
    if ("choices" in changes) this.drawChoices();
    super.refresh(changes);
    for (const input of this.inputs) input.disabled = !this.interactive;
  }

  drawChoices() {
    const kept = this.inputs.length ? this.value : this.props.value;
    const group = `${this.key}-option`;
    this.inputs = this.choices.map(() => h("input", { type: this.constructor.input, name: group }));
    const labels = this.choices.map(([name], index) => h("label", { class: "option" }, this.inputs[index], h("span", {}, String(name))));
    this.inputs.forEach((input, index) => input.addEventListener("change", () => this.choose(index)));
    this.slot.replaceChildren(...labels);
    this.value = kept;
  }

  choose(index) {
    this.edited();
    const [, value] = this.choices[index];
    this.emit("select", { index, value, selected: this.inputs[index].checked });
  }
}

class Radio extends Options {
  static input = "radio";

  get value() {
    const chosen = this.inputs.findIndex((input) => input.checked);
    return chosen < 0 ? null : this.choices[chosen][1];
  }

  set value(value) {
    this.choices.forEach(([, own], index) => (this.inputs[index].checked = own === value));
  }

  body() {
    super.body();
    set(this.element, "role", "radiogroup");
  }
}

class CheckboxGroup extends Options {
  static input = "checkbox";

  get value() {
    return [...this.ticked];
  }

  set value(value) {
    this.ticked = Array.isArray(value) ? [...value] : [];
    this.choices.forEach(([, own], index) => (this.inputs[index].checked = this.ticked.includes(own)));
  }

  body() {
    super.body();
    this.ticked = [];
    if (!this.props.show_select_all) return;
    this.tools.append(h("button", { type: "button", class: "small", onclick: () => this.toggleAll() }, text.selectAll));
  }

  toggleAll() {
    if (!this.interactive) return;
    const all = this.choices.map(([, value]) => value);
    this.value = this.ticked.length === all.length ? [] : all;
    this.edited();
  }

  choose(index) {
    const [, value] = this.choices[index];
    this.ticked = this.ticked.filter((other) => other !== value);
    if (this.inputs[index].checked) this.ticked.push(value); // in the order of ticking, as Gradio sends it
    super.choose(index);
  }
}

class Slider extends Component {
  static typed = true;

  get value() {
    return Number(this.number.value === "" ? this.control.value : this.number.value);
  }

  set value(value) {
    this.control.value = value ?? this.props.minimum ?? 0;
    this.number.value = value ?? this.control.value;
    this.fill();
  }

  body() {
    const range = h("input", { type: "range", oninput: () => this.take(range, this.number) });
    this.number = h("input", { type: "number", oninput: () => this.take(this.number, range) });
    range.addEventListener("change", () => this.emit("release", this.value));
    for (const event of ["change", "blur"]) this.number.addEventListener(event, () => this.clamp());
    this.tools.append(this.number);
    this.least = h("span", { "aria-hidden": "true" });
    this.most = h("span", { "aria-hidden": "true" });
    this.slot.append(this.least, range, this.most);
    return range;
  }

  take(from, to) {
    to.value = from.value;
    this.fill();
    this.edited();
  }

  /** Bring a typed number back between the ends. */
  clamp() {
    const { minimum = 0, maximum = 100 } = this.props;
    const value = Math.min(Math.max(this.value, minimum), maximum);
    if (value === this.value && this.number.value !== "") return;
    this.value = value;
    this.edited();
  }

  fill() {
    const { min, max, value } = this.control;
    const percent = max > min || Number(max) > Number(min) ? ((value - min) / (max - min)) * 100 : 0;
    this.control.style.setProperty("--fill", `${percent}%`);
  }

  refresh(changes) {
    const { minimum = 0, maximum = 100, step } = this.props;
    for (const field of [this.control, this.number]) {
      set(field, "min", minimum);
      set(field, "max", maximum);
      set(field, "step", step ?? "any");
      field.disabled = !this.interactive;
    }
    this.least.textContent = minimum;
    this.most.textContent = maximum;
    set(this.number, "aria-label", text.valueOf(this.label));
    super.refresh(changes);
    this.fill();
  }
}

export const components = {
  button: Button,
  textbox: Textbox,
  number: NumberField,
  checkbox: Checkbox,
  checkboxgroup: CheckboxGroup,
  radio: Radio,
  slider: Slider,
};
