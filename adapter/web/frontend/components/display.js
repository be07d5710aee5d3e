// What functions give back: JSON, labels with their confidence, code; and the examples to start from.

import { text } from "../strings.js";
import { h, set, styled } from "../dom.js";
import { Component } from "../nodes.js";

await styled(new URL("display.css", import.meta.url));

const OPEN_DEPTH = 3; // levels of a JSON tree that stand open where the app does not open them all
const AT_ONCE = 100; // entries of one level that are drawn before "Show more"

class Json extends Component {
  static single = false;

  show() {
    this.slot.replaceChildren(...(this.value === null ? [] : [this.node(this.value, 0)]));
  }

  body() {
    set(this.slot, "tabindex", "0"); // a long tree scrolls: the keyboard must reach it
    this.addCopy(() => JSON.stringify(this.value, null, 2));
  }

  refresh(changes) {
    super.refresh(changes);
    const { max_height: height } = this.props;
    if (height) this.slot.style.maxHeight = typeof height === "number" ? `${height}px` : height;
  }

  node(value, depth, key = null) {
    const name = key === null ? [] : [h("span", { class: "sf-key" }, typeof key === "number" ? key : JSON.stringify(key)), ": "];
    const entries = value && typeof value === "object" ? Object.entries(value) : [];
    if (!entries.length) return h("div", {}, ...name, leaf(value));
    const list = Array.isArray(value);
    const head = h("summary", {}, ...name, h("span", { class: "sf-sum" }, (list ? text.array : text.object)(entries.length)));
    const branch = h("details", {}, head);
    const fill = () => branch.children.length > 1 || branch.append(this.level(entries, list, depth));
    branch.addEventListener("toggle", fill); // what is closed is not drawn
    branch.open = this.props.open === true || depth < OPEN_DEPTH;
    if (branch.open) fill();
    return branch;
  }

  level(entries, list, depth) {
    const place = h("ul");
    const draw = (from) => {
      const part = entries.slice(from, from + AT_ONCE);
      const key = (name) => (list ? (this.props.show_indices ? Number(name) : null) : name);
      place.append(...part.map(([name, value]) => h("li", {}, this.node(value, depth + 1, key(name)))));
      const left = entries.length - from - AT_ONCE;
      if (left <= 0) return;
      const more = h("button", { type: "button", class: "sf-small" }, text.showMore(Math.min(left, AT_ONCE)));
      const item = h("li", {}, more);
      more.addEventListener("click", () => {
        item.remove();
        draw(from + AT_ONCE);
      });
      place.append(item);
    };
    draw(0);
    return place;
  }
}

function leaf(value) {
  const kind = value === null ? "null" : typeof value;
  return h("span", { class: `sf-leaf sf-${kind}` }, kind === "object" && !Array.isArray(value) ? "{}" : JSON.stringify(value));
}

class Label extends Component {
  static single = false;

  show() {
    const { label, confidences } = this.value ?? {};
    const shown = [];
    if (label !== undefined && label !== null && this.props.show_heading !== false) {
      shown.push(h("p", { class: "sf-verdict" }, String(label)));
    }
    if (confidences?.length) shown.push(h("ul", { class: "sf-meters" }, ...confidences.map(meter)));
    this.slot.replaceChildren(...shown);
  }
}

function meter({ label, confidence }) {
  const percent = Math.round((confidence ?? 0) * 100);
  const fill = h("div");
  fill.style.width = `${Math.min(Math.max(percent, 0), 100)}%`;
  return h("li", {}, h("span", {}, String(label)), h("span", {}, `${percent} %`), h("div", { class: "sf-bar" }, fill));
}

class Code extends Component {
  get value() {
    return this.control.value ?? this.control.textContent;
  }

  set value(value) {
    if (this.interactive) this.control.value = value ?? "";
    else this.colour(value ?? "");
  }

  async colour(source) {
    this.control.textContent = source;
    const { language } = this.props;
    const loaded = language && (await import("./colours.js").catch(() => null)); // without it, it is only less pretty
    const painted = this.value === source && loaded?.paint(source, language);
    if (painted) this.control.replaceChildren(painted);
  }

  body() {
    this.addCopy(() => this.value);
    const plain = this.interactive
      ? h("textarea", { class: "sf-code", spellcheck: "false", rows: this.props.lines ?? 5, oninput: () => this.edited() })
      : h("pre", { class: "sf-code", tabindex: "0", role: "group", "aria-labelledby": this.name.id });
    if (!this.interactive) set(this.name, "for", null);
    this.slot.append(plain);
    return plain;
  }
}

/** Examples: a click puts one into the inputs, through the listener that the app has for it. */
class Dataset extends Component {
  static single = false;

  get value() {
    return this.index ?? null;
  }

  set value(value) {
    this.index = value;
  }

  get perPage() {
    return this.props.samples_per_page || 10;
  }

  body() {
    this.first = 0;
  }

  refresh(changes) {
    super.refresh(changes);
    this.drawPage(Math.min(this.first, Math.max(0, this.samples.length - 1)));
  }

  get samples() {
    return this.props.samples ?? [];
  }

  drawPage(first) {
    this.first = first;
    const rows = this.samples.slice(first, first + this.perPage).map((sample, place) => [sample, first + place]);
    const names = this.props.sample_labels;
    const narrow = names || (this.props.components?.length ?? 1) === 1;
    this.slot.replaceChildren(narrow ? this.pills(rows, names) : this.table(rows));
    if (this.samples.length > this.perPage) this.slot.append(this.pager());
  }

  pills(rows, names) {
    const pill = ([sample, index]) =>
      h("button", { type: "button", onclick: () => this.choose(index) }, names?.[index] ?? this.shown(sample[0]));
    return h("div", { class: "sf-options" }, ...rows.map(pill));
  }

  table(rows) {
    const heads = (this.props.headers ?? []).map((name) => h("th", { scope: "col" }, name));
    const row = ([sample, index]) => {
      const [first, ...others] = sample.map((value) => this.shown(value));
      const button = h("button", { type: "button", title: text.loadExample(index + 1) }, first || text.loadExample(index + 1));
      const cells = [h("td", {}, button), ...others.map((value) => h("td", {}, value))];
      return h("tr", { onclick: () => this.choose(index) }, ...cells);
    };
    return h("table", {}, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows.map(row)));
  }

  /** What stands for a value of an example: its first words, or a small picture. */
  shown(value) {
    const name = shorten(value);
    const pictured = value?.path && (/^image\//.test(value.mime_type ?? "") || /\.(png|jpe?g|gif|webp|svg|avif)$/i.test(name));
    if (!pictured) return name;
    const place = h("span", { class: "sf-thumb" }, name);
    const draw = ({ picture }) => place.replaceChildren(picture(value, this.page));
    import("./addresses.js").then(draw, () => {}); // without it there is its name
    return place;
  }

  pager() {
    const count = Math.ceil(this.samples.length / this.perPage);
    const now = Math.floor(this.first / this.perPage);
    const turn = (name, to) => {
      const button = h("button", { type: "button", class: "sf-small", onclick: () => this.drawPage(to * this.perPage) }, name);
      button.disabled = to < 0 || to >= count;
      return button;
    };
    return h("div", { class: "sf-pager" }, turn(text.previous, now - 1), text.page(now + 1, count), turn(text.next, now + 1));
  }

  choose(index) {
    this.index = index;
    this.emit("click");
    this.emit("select", { index, value: this.samples[index] });
  }
}

function shorten(value) {
  const plain = typeof value === "string" ? value : (value?.text || value?.orig_name || JSON.stringify(value ?? ""));
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}

export const components = { json: Json, label: Label, code: Code, dataset: Dataset };
