// Puts a part of the page that a function has drawn in the place of what stood there.

import { classes, interactivity } from "./build.js";
import { same } from "./dom.js";
import { Unknown } from "./nodes.js";

/** Return what a block of the same key keeps of what it shows: what the visitor has changed, above all its value. */
function kept(entry, old) {
  if (entry.key === null || entry.key === undefined || old?.type !== entry.type) return {};
  const names = entry.props.preserved_by_key ?? [];
  return Object.fromEntries(names.map((name) => [name, name === "value" ? old.value : old.props[name]]));
}

/** Draw the part `config` into its container; `dependencies` are those of the whole page from now on. */
export async function redraw(config, dependencies, nodes, page) {
  const known = await classes(config.components); // before anything is taken away
  const entries = new Map(config.components.map((entry) => [entry.id, entry]));
  const interactive = interactivity({ dependencies });
  const container = nodes.get(config.layout.id);
  const before = new Map();
  for (const id of container.drawn ?? []) {
    const node = nodes.get(id);
    before.set(id, node);
    if (node.type === "timer") node.update({ active: false });
    nodes.delete(id);
  }
  const focused = document.activeElement;
  const place = container.slot.contains(focused) ? { id: focused.id, at: focused.selectionStart } : null;
  container.slot.replaceChildren();
  container.drawn = [];
  const grow = (branch, parent) => {
    const entry = entries.get(branch.id);
    const props = { ...entry.props, interactive: interactive(entry), ...kept(entry, before.get(entry.id)) };
    const node = new (known[entry.type] ?? Unknown)({ ...entry, props }, page);
    nodes.set(entry.id, node);
    container.drawn.push(entry.id);
    for (const child of branch.children ?? []) grow(child, node);
    parent.append(node);
    if ("value" in props && !same(props.value, entry.props.value)) node.value = props.value;
  };
  for (const branch of config.layout.children ?? []) grow(branch, container);
  const again = place?.id ? document.getElementById(place.id) : null;
  again?.focus();
  if (again && typeof place.at === "number") again.setSelectionRange?.(place.at, place.at);
}
