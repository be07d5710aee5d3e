// A number to drag.

import { h, set } from "../../dom.js";
import { Component } from "../../nodes.js";
import { text } from "../../strings.js";

export class Slider extends Component {
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
