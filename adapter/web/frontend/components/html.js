// HTML of the app: as it is, or by the templates of its author. Nothing in it runs but what the author declared.

import { text } from "../strings.js";
import { h, set } from "../dom.js";
import { Component } from "../nodes.js";
import { dress, STYLE } from "./dress.js";
import { markup } from "./markup.js";

const PLAIN = "${value}";
const CLICKS = "element.addEventListener('click', function() { trigger('click') });"; // Gradio's default: it tells of clicks
const NAMES = ["class", "id"]; // what styles of the app know its elements by
const FIXED = ["html_template", "css_template", "js_on_load"];

const length = (value) => (typeof value === "number" ? `${value}px` : (value ?? ""));

class Html extends Component {
  static single = false;

  constructor(entry, page) {
    super(entry, page);
    const { html_template: template = PLAIN, css_template: style, js_on_load: script = CLICKS } = this.props;
    const missing = ((template !== PLAIN || style) && !entry.script) || (script !== CLICKS && !entry.on_load);
    if (missing) page.notify("info", text.scriptNotRun);
    if (!entry.script && !entry.on_load && !entry.head) return;
    const failed = (error) => this.failed(text.scriptFailed(error));
    import("./template.js").then(({ enliven }) => enliven(this, entry)).catch(failed);
  }

  /** Blocks that stand in it: they are shown where its template has a place for them. */
  append(child) {
    this.inner ??= h("div", { class: "sf-column" });
    this.inner.append(child.element);
  }

  show() {
    if (this.live) return this.live();
    const source = typeof this.value === "object" ? "" : String(this.value);
    this.slot.replaceChildren(markup(source, NAMES));
    this.slot.id = `${this.key}-own`;
    dress(this.slot, Array.from(source.matchAll(STYLE), ([, style]) => style).join("\n"));
  }

  get classes() {
    return `sf-block sf-html ${this.props.apply_default_css === false ? "" : "sf-prose"} ${this.props.container ? "" : "sf-open"}`;
  }

  update({ props, ...changes }) {
    if (props) changes.props = { ...this.props.props, ...props };
    if (FIXED.some((name) => name in changes && changes[name] !== this.props[name])) this.page.notify("info", text.scriptNotRun);
    for (const name of FIXED) delete changes[name];
    super.update(changes);
    this.live?.();
  }

  refresh(changes) {
    super.refresh(changes);
    const { min_height: least, max_height: most } = this.props;
    Object.assign(this.slot.style, { minHeight: length(least), maxHeight: length(most), overflowY: most ? "auto" : "" });
    set(this.element, "role", this.props.label && "group");
    set(this.element, "aria-labelledby", this.props.label && this.name.id);
  }

  body() {
    if ((this.props.js_on_load ?? CLICKS) === CLICKS) this.slot.addEventListener("click", () => this.emit("click"));
    this.addCopy(() => this.value ?? "");
  }
}

export const components = { html: Html };
