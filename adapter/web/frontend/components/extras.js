// What few pages have: colours, moments, marked text, clocks, values of the browser's own.

import { text } from "../strings.js";
import { h, same, set, styled } from "../dom.js";
import { Block, Component } from "../nodes.js";
import { Field } from "./controls/field.js";

await styled(new URL("extras.css", import.meta.url));

const GOLDEN_ANGLE = 137.5; // degrees between the hues of categories: neighbours differ well, however many there are

class ColorPicker extends Component {
  get value() {
    return this.chosen ?? null;
  }

  set value(value) {
    this.chosen = value;
    if (this.written.value.trim() !== value) this.written.value = value ?? ""; // else it would move under the visitor's hands
    const { fillStyle: known } = painted(value ?? "#000000");
    if (/^#[\da-f]{6}$/.test(known)) this.control.value = known;
  }

  body() {
    const field = h("input", { type: "color", oninput: () => this.pick(field.value) });
    this.written = h("input", { type: "text", autocomplete: "off", spellcheck: "false", oninput: () => this.pick(this.written.value.trim()) });
    for (const input of [field, this.written]) {
      for (const event of ["focus", "blur"]) input.addEventListener(event, () => this.emit(event));
    }
    field.addEventListener("change", () => this.emit("release"));
    this.written.addEventListener("change", () => (this.value = this.chosen)); // what is no colour goes away again
    this.written.addEventListener("keydown", (event) => event.key === "Enter" && this.emit("submit"));
    this.slot.classList.add("sf-options");
    this.slot.append(field, this.written);
    return field;
  }

  refresh(changes) {
    super.refresh(changes);
    set(this.written, "aria-label", text.valueOf(this.called));
    this.control.disabled = !this.interactive;
    this.written.readOnly = !this.interactive;
  }

  /** Take `colour`, in any of CSS's notations; what is not one yet waits for more letters. */
  pick(colour) {
    if (!CSS.supports("color", colour)) return;
    this.value = colour;
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

  show() {
    const value = this.value ?? [];
    const marks = value.map(({ class_or_confidence: mark }) => mark);
    this.categories = [...new Set(marks.filter((mark) => typeof mark === "string"))];
    const legend = this.props.show_legend ? this.categories.map((name) => this.mark(name, name, [])) : [];
    const parts = value.map((part, index) => this.part(part, index));
    this.slot.replaceChildren(h("p", { class: "sf-legend" }, ...legend), h("p", { dir: this.props.rtl ? "rtl" : "auto" }, ...parts));
  }

  part({ token, class_or_confidence: mark }, index) {
    if (mark === null || mark === undefined) return token;
    const shown = typeof mark === "string" && this.props.show_inline_category !== false && !this.props.show_legend;
    const marked = this.mark(mark, token, shown ? [h("small", {}, mark)] : []);
    marked.addEventListener("click", () => this.emit("select", { index, value: [token, mark] }));
    return marked;
  }

  mark(mark, words, more) {
    const element = h("mark", {}, words, ...more);
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

/** Return a canvas's pen of this colour, which the browser writes as `#rrggbb` where it has no transparency. */
function painted(colour) {
  const pen = h("canvas").getContext("2d");
  pen.fillStyle = colour;
  return pen;
}

/** Not seen: it ticks while it is active. */
class Timer extends Block {
  get classes() {
    return "sf-timer";
  }

  refresh() {
    const { value, active } = this.props;
    this.element.hidden = true;
    clearInterval(this.clock);
    if (active !== false && value > 0) this.clock = setInterval(() => this.emit("tick"), value * 1000);
  }
}

/** Not seen: a value in the browser's local storage; the default where that has none. */
class BrowserState extends Block {
  get classes() {
    return "sf-browserstate";
  }

  refresh(changes) {
    this.element.hidden = true;
    if ("value" in changes) this.value = changes.value;
  }

  get value() {
    try {
      const kept = localStorage.getItem(this.props.storage_key);
      if (kept !== null) return JSON.parse(kept);
    } catch {
      // somebody else's, broken, or a window that keeps nothing
    }
    return structuredClone(this.props.default_value ?? null);
  }

  set value(value) {
    if (same(this.value, value)) return;
    localStorage.setItem(this.props.storage_key, JSON.stringify(value));
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
