// How the config becomes nodes: which module draws a component, and when.

import { Unknown, always } from "./nodes.js";

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
const OUT_OF_SIGHT = new Set(["browserstate", "timer"]); // what does its work wherever it stands

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
