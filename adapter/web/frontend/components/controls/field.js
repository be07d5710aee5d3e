// What fields to write in share, and the one for numbers.

import { h, set } from "../../dom.js";
import { Component } from "../../nodes.js";

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

export class NumberField extends Field {
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
