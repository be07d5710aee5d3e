// What few pages have: colours, moments, marked text, clocks, values of the browser's own.

import { Block, Component, h } from "../tree.js";
import { Field } from "./controls.js";

const GOLDEN_ANGLE = 137.5; // degrees between the hues of categories: neighbours differ well, however many there are

class ColorPicker extends Component {
  get value() {
    return this.chosen ?? null;
  }

  set value(value) {
    this.chosen = value;
    if (/^#[\da-f]{6}$/i.test(value ?? "")) this.control.value = value;
  }

  body() {
    const field = h("input", { type: "color", oninput: () => this.pick() });
    for (const event of ["focus", "blur"]) field.addEventListener(event, () => this.emit(event));
    field.addEventListener("change", () => this.emit("release"));
    this.slot.append(field);
    return field;
  }

  refresh(changes) {
    super.refresh(changes);
    this.control.disabled = !this.interactive;
  }

  pick() {
    this.chosen = this.control.value;
    this.edited();
  }
}

class DateTime extends Field {
  get value() {
    return this.control.value || null;
  }

  set value(value) {
    this.control.value = value ?? "";
  }

  body() {
    const form = this.props.include_time === false ? "YYYY-MM-DD" : "YYYY-MM-DD HH:MM:SS";
    const field = this.listen(h("input", { type: "text", autocomplete: "off" }));
    this.props.placeholder ??= form;
    this.slot.append(field);
    return field;
  }
}

class HighlightedText extends Component {
  static single = false;

  get value() {
    return this.props.value ?? null;
  }

  set value(value) {
    this.props.value = value;
    const marks = (value ?? []).map(({ class_or_confidence: mark }) => mark);
    this.categories = [...new Set(marks.filter((mark) => typeof mark === "string"))];
    const legend = this.props.show_legend ? this.categories.map((name) => this.mark(name, name, [])) : [];
    const parts = (value ?? []).map((part, index) => this.part(part, index));
    this.slot.replaceChildren(h("p", { class: "legend" }, ...legend), h("p", { dir: this.props.rtl ? "rtl" : "auto" }, ...parts));
  }

  part({ token, class_or_confidence: mark }, index) {
    if (mark === null || mark === undefined) return token;
    const shown = typeof mark === "string" && this.props.show_inline_category !== false && !this.props.show_legend;
    const marked = this.mark(mark, token, shown ? [h("small", {}, mark)] : []);
    marked.addEventListener("click", () => this.emit("select", { index, value: [token, mark] }));
    return marked;
  }

  mark(mark, text, more) {
    const element = h("mark", {}, text, ...more);
    if (typeof mark === "number") {
      element.style.setProperty("--hue", mark < 0 ? 0 : 220);
      element.style.setProperty("--strength", `${Math.round(Math.min(Math.abs(mark), 1) * 100)}%`);
      element.title = mark;
      return element;
    }
    element.style.setProperty("--hue", this.categories.indexOf(mark) * GOLDEN_ANGLE);
    const own = this.props.color_map?.[mark];
    if (own && !/url/i.test(own)) element.style.borderBottomColor = own;
    return element;
  }
}

/** Not seen: it ticks while it is active. */
class Timer extends Block {
  get classes() {
    return "timer";
  }

  refresh() {
    const { value, active } = this.props;
    this.element.hidden = true;
    clearInterval(this.clock);
    if (active !== false && value > 0) this.clock = setInterval(() => this.emit("tick"), value * 1000);
  }
}

/** Not seen: a value in the browser's local storage; without one the server takes the default. */
class BrowserState extends Block {
  get classes() {
    return "browserstate";
  }

  refresh(changes) {
    this.element.hidden = true;
    if ("value" in changes) this.value = changes.value;
  }

  get value() {
    try {
      return JSON.parse(localStorage.getItem(this.props.storage_key));
    } catch {
      return null; // somebody else's, or broken
    }
  }

  set value(value) {
    const text = JSON.stringify(value);
    if (localStorage.getItem(this.props.storage_key) === text) return;
    localStorage.setItem(this.props.storage_key, text);
    this.emit("change");
  }
}

export const components = {
  browserstate: BrowserState,
  colorpicker: ColorPicker,
  datetime: DateTime,
  highlightedtext: HighlightedText,
  timer: Timer,
};
