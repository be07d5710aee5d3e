// The nodes of the page: what each of them is, and how the config becomes them.

import { text } from "./strings.js";

const MODULES = {
  controls: ["button", "textbox", "number", "checkbox", "checkboxgroup", "radio", "slider"],
  dropdown: ["dropdown"],
  display: ["json", "label", "code", "dataset"],
  markdown: ["markdown"],
  html: ["html"],
  chatbot: ["chatbot"],
  extras: ["browserstate", "colorpicker", "datetime", "highlightedtext", "timer"],
  files: ["file", "uploadbutton", "downloadbutton"],
  image: ["image"],
  media: ["audio", "video"],
  multimodal: ["multimodaltextbox"],
  gallery: ["gallery"],
  dataframe: ["dataframe"],
  plot: ["plot"],
  nativeplot: ["nativeplot"],
  annotated: ["annotatedimage"],
};
const MODULE_OF = Object.fromEntries(
  Object.entries(MODULES).flatMap(([module, types]) => types.map((type) => [type, module])),
);

const HTML = /<(a|b|br|code|em|h\d|i|li|p|span|strong)\b[^<]*>/i; // what is more often meant than written of

/** Return a new element; `on…` attributes are listeners, `true` sets an attribute, `false` and null leave it out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else set(element, name, value);
  }
  element.append(...children);
  return element;
}

export function set(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** What every node is: an element, its props, and a place for children. */
export class Block {
  static tag = "div";

  constructor({ id, type, props }, page) {
    Object.assign(this, { id, type, page, props: { ...props } });
    this.element = h(this.constructor.tag);
    this.slot = this.element;
    this.draw();
    this.refresh(this.props);
  }

  get value() {
    return this.props.value ?? null;
  }

  set value(value) {
    this.props.value = value;
    this.show();
  }

  get classes() {
    return `block ${this.type}`;
  }

  /** Build what is inside the element, once. */
  draw() {}

  /** Show the value, which is in `this.props` already. */
  show() {}

  /** Show `changes`, which are in `this.props` already. */
  refresh(changes) {
    const { element, props } = this;
    if (props.elem_id) element.id = props.elem_id;
    element.className = [this.classes, ...(props.elem_classes ?? [])].join(" ");
    element.hidden = props.visible === false || props.visible === "hidden";
    if (props.scale > 0) element.style.flexGrow = props.scale;
    if (props.min_width > 0) element.style.minWidth = `min(${props.min_width}px, 100%)`;
    if ("value" in changes) this.value = changes.value;
  }

  update(changes) {
    Object.assign(this.props, changes);
    this.refresh(changes);
  }

  append(child) {
    this.slot.append(child.element);
  }

  emit(event, data = null) {
    this.page.emit(this, event, data);
  }

  // What a call shows on its outputs; nodes without a face for it ignore it.
  pending() {}
  status() {}
  settled() {}
  failed() {}
}

/** A node with a label, an info text, a value, and a face for pending calls and errors. */
export class Component extends Block {
  /** Whether the label belongs to one control; else it names the whole group. */
  static single = true;

  constructor(entry, page) {
    super(entry, page);
    if (this.props.autofocus) queueMicrotask(() => this.control?.focus());
  }

  get key() {
    return `component-${this.id}`;
  }

  get label() {
    return this.props.label ?? text.names[this.type] ?? "";
  }

  /** What it is called by buttons and screen readers, which need a name also where the app gives it an empty one. */
  get called() {
    return this.label || text.names[this.type];
  }

  get interactive() {
    return this.props.interactive !== false;
  }

  draw() {
    const single = this.constructor.single;
    this.name = h(single ? "label" : "span", { class: "name", id: `${this.key}-label`, for: single ? this.key : null });
    this.clock = h("span", { class: "clock", "aria-hidden": "true" });
    this.tools = h("span", { class: "tools" });
    this.note = h("p", { class: "note", id: `${this.key}-info`, hidden: true });
    this.slot = h("div", { class: "body" });
    this.bar = h("div", { class: "bar", hidden: true }, h("div"));
    this.alert = h("div", { class: "alert", role: "alert", hidden: true });
    this.element.append(h("div", { class: "head" }, this.name, this.clock, this.tools));
    this.element.append(this.note, this.slot, this.bar, this.alert);
    if (!single) {
      set(this.element, "role", "group");
      set(this.element, "aria-labelledby", this.name.id);
    }
    this.control = this.body() ?? null;
    if (this.control && single) this.control.id = this.key;
    if (this.control) set(this.control, "aria-describedby", this.note.id);
  }

  /** Put the component's own elements into `this.slot`; return its control. */
  body() {}

  refresh(changes) {
    const { props } = this;
    this.name.textContent = this.label;
    this.name.classList.toggle("unseen", props.show_label === false || !this.label);
    this.note.textContent = props.info ?? "";
    this.note.hidden = !props.info;
    super.refresh(changes);
    this.element.classList.toggle("bare", props.container === false);
  }

  /** Tell the listeners that the visitor has changed the value. */
  edited() {
    this.failed(null);
    this.emit("input");
    this.emit("change");
  }

  addCopy(content) {
    if (!this.props.buttons?.includes("copy")) return;
    this.tools.append(copyButton(content, `${text.copy} ${this.label}`));
  }

  pending(mode) {
    set(this.element, "aria-busy", "true");
    this.element.dataset.pending = mode;
  }

  status(message, fraction = null) {
    this.clock.textContent = message;
    this.bar.hidden = fraction === null;
    if (fraction === null) return;
    const percent = Math.round(Math.min(Math.max(fraction, 0), 1) * 100);
    this.bar.firstChild.style.width = `${percent}%`;
    set(this.bar, "role", "progressbar");
    set(this.bar, "aria-valuenow", percent);
    set(this.bar, "aria-label", text.progress);
  }

  settled() {
    set(this.element, "aria-busy", null);
    delete this.element.dataset.pending;
    this.status("");
  }

  failed(message, retry = null) {
    this.alert.hidden = !message;
    this.alert.replaceChildren(...(message ? [told("span", message)] : []));
    if (message && retry) this.alert.append(h("button", { type: "button", class: "small", onclick: retry }, text.tryAgain));
  }
}

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

/** A group, or a form: what stands in it shares one frame. */
class Frame extends Block {
  get classes() {
    return this.type;
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

/** A type that this page has no class for: says so, and keeps its value for the calls that send it. */
export class Unknown extends Block {
  get classes() {
    return "block unknown";
  }

  draw() {
    this.element.append(h("p", {}, text.unknownType(this.type)));
    this.slot = this.element.appendChild(h("div", { class: "column" }));
  }
}

/** The classes that every page has. */
export const always = { row: Row, column: Column, group: Frame, form: Frame, state: State };

/** Return a `tag` that tells `message`: with its HTML, which Gradio's messages may have, once what makes nodes of that has come. */
export function told(tag, message) {
  const place = h(tag, {}, message);
  const rich = ({ markup }) => place.replaceChildren(markup(message));
  if (HTML.test(message)) import("./components/markup.js").then(rich, () => {}); // else it stays as it is written
  return place;
}

export function copyButton(content, name) {
  const button = h("button", { type: "button", class: "small", "aria-label": name }, text.copy);
  button.addEventListener("click", async () => {
    await copy(content());
    button.textContent = text.copied;
    setTimeout(() => (button.textContent = text.copy), 2000);
  });
  return button;
}

export async function copy(content) {
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    // there is no such API on plain http from another machine, and it is refused in some frames
    const area = h("textarea", { class: "unseen" });
    area.value = content;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

/** Return the classes that `entries` are drawn by, by their types. */
export async function classes(entries) {
  const own = ({ type }) => MODULE_OF[type] && `components/${MODULE_OF[type]}.js`;
  const modules = [...new Set(entries.map((entry) => entry.module ?? own(entry)).filter(Boolean))];
  const loaded = await Promise.all(modules.map((module) => import(`./${module}`)));
  return Object.assign({}, always, ...loaded.map((module) => module.components));
}

/** Return a node that stands in no layout, such as a component in a message. */
export async function make(entry, page) {
  const known = await classes([entry]);
  return new (known[entry.type] ?? Unknown)(entry, page);
}

/** Load the style sheet at `address`, which few pages need; a module waits for it before it draws. */
export function styled(address) {
  const link = h("link", { rel: "stylesheet", href: address });
  document.head.append(link);
  return new Promise((resolve) => (link.onload = link.onerror = resolve));
}

/** What the visitor can see, now or after some event: hidden parts that only the API uses need no class. */
function seen({ components, dependencies }) {
  const used = dependencies.filter(({ targets }) => targets?.length);
  const ids = new Set(used.flatMap(({ targets, inputs, outputs }) => [...targets.map(([id]) => id), ...inputs, ...outputs]));
  return components.filter(({ id, props }) => props?.visible !== false || ids.has(id));
}

/** Gradio's rule for what the visitor may edit where the app does not say it. */
export function interactivity(config) {
  const inputs = new Set(config.dependencies.flatMap((dependency) => dependency.inputs));
  const outputs = new Set(config.dependencies.flatMap((dependency) => dependency.outputs));
  return (entry) => entry.props?.interactive ?? (inputs.has(entry.id) || !outputs.has(entry.id));
}

const OUT_OF_SIGHT = new Set(["browserstate", "timer"]); // what does its work wherever it stands

/** The page's nodes by id. What stands in a tab that was not opened yet is made when it is, or when a call reads or changes it. */
export class Nodes extends Map {
  #make;
  #expected = new Set();

  constructor(make) {
    super();
    this.#make = make;
  }

  /** Let the node `id` be made when it is asked for. */
  expect(id) {
    if (!super.has(id)) this.#expected.add(id);
  }

  has(id) {
    return super.has(id) || this.#expected.has(id);
  }

  get(id) {
    if (this.#expected.has(id)) this.set(id, this.#make(id));
    return super.get(id);
  }

  set(id, node) {
    this.#expected.delete(id);
    return super.set(id, node);
  }

  /** Return the node `id` if it was made already. */
  made(id) {
    return super.get(id);
  }

  delete(id) {
    return this.#expected.delete(id) || super.delete(id);
  }
}

/** Build the nodes of `config` into `root`; return them by id. */
export async function build(config, root, page) {
  const known = await classes(seen(config));
  const entries = new Map(config.components.map((entry) => [entry.id, entry]));
  const interactive = interactivity(config);
  const nodes = new Nodes((id) => {
    const entry = entries.get(id);
    const props = { ...entry.props, interactive: interactive(entry) };
    return new (known[entry.type] ?? Unknown)({ ...entry, props }, page);
  });
  const grow = (branch, parent) => {
    if (!entries.has(branch.id)) return;
    nodes.expect(branch.id);
    const fill = () => {
      const node = nodes.get(branch.id);
      if (node.drawn) return; // a function has drawn it anew
      for (const child of branch.children ?? []) grow(child, node);
    };
    if (entries.get(branch.id).type === "tabitem") {
      nodes.get(branch.id).unfilled = () => (fill(), page.drew?.());
      expectAll(branch.children);
    } else fill();
    parent.append(nodes.get(branch.id));
  };
  const expectAll = (branches) => {
    for (const { id, children } of branches ?? []) {
      if (entries.has(id)) nodes.expect(id);
      if (OUT_OF_SIGHT.has(entries.get(id)?.type)) nodes.get(id);
      expectAll(children);
    }
  };
  const top = { append: (node) => root.append(node.element) };
  for (const branch of config.layout?.children ?? []) grow(branch, top);
  return nodes;
}
