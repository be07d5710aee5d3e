// Things to tick and to choose from.

import { h, set } from "../../dom.js";
import { Component } from "../../nodes.js";
import { text } from "../../strings.js";

export class Checkbox extends Component {
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
    this.slot.classList.add("sf-options");
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
    const labels = this.choices.map(([name], index) => h("label", { class: "sf-option" }, this.inputs[index], h("span", {}, String(name))));
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

export class Radio extends Options {
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

export class CheckboxGroup extends Options {
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
    this.tools.append(h("button", { type: "button", class: "sf-small", onclick: () => this.toggleAll() }, text.selectAll));
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
