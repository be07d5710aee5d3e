// HTML of the app, as nodes: known tags and attributes only, and nothing in it runs.

import { text } from "../strings.js";
import { Component, h, set } from "../tree.js";
import { entityAt, enter, tagAt } from "./markdown.js";

const UNSEEN = /<(script|style|template|iframe|object|svg|math|noscript|textarea|title)\b[\s\S]*?(<\/\1\s*>|$)/gi;
const COMMENT = /<!--[\s\S]*?(-->|$)|<[!?][^>]*(>|$)/g;

/** Return `source` as a fragment of nodes; tags that are not known are left out, their text stays. */
export function markup(source) {
  const plain = String(source).replace(COMMENT, "").replace(UNSEEN, "");
  const root = document.createDocumentFragment();
  let place = root;
  let said = "";
  for (let at = 0; at < plain.length; ) {
    const tag = plain[at] === "<" ? tagAt(plain, at) : null;
    const entity = plain[at] === "&" ? entityAt(plain, at) : null;
    if (tag) {
      place.append(said);
      said = "";
      if (tag.known) place = enter(tag, place, root);
    } else said += entity?.character ?? plain[at];
    at += (tag ?? entity)?.length ?? 1;
  }
  place.append(said);
  return root;
}

const PLAIN = "${value}";
const CLICKS = "element.addEventListener('click', function() { trigger('click') });"; // Gradio's default: it tells of clicks
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
    this.inner ??= h("div", { class: "column" });
    this.inner.append(child.element);
  }

  show() {
    if (this.live) this.live();
    else this.slot.replaceChildren(markup(typeof this.value === "object" ? "" : this.value));
  }

  get classes() {
    return `block html ${this.props.apply_default_css === false ? "" : "prose"} ${this.props.container ? "" : "open"}`;
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
