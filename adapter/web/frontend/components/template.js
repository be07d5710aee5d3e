// Components that an app's author makes of templates and a script, as with Gradio's HTML.

import { read } from "../answers.js";
import { add, load } from "../scripts.js";
import { text } from "../strings.js";
import { h, same } from "../dom.js";
import { dress } from "./dress.js";
import { elements, morph } from "./elements.js";
import { fill } from "./fill.js";

const VALUE = { html: [({ value }) => `${value}`], css: [] };
const TOLD = ["value", "label", "visible"]; // what a script may change of the component itself
const CHILDREN = "@children";

/** Where the component's HTML stands: one place, or two around the blocks in it. */
class Drawing {
  #drawn = [];

  constructor(node, templates) {
    Object.assign(this, { node, templates });
    this.root = h("div", { id: `${node.key}-own` });
    const around = node.inner && node.props.html_template?.includes(CHILDREN);
    this.places = around ? [h("div"), h("div")] : [this.root];
    if (around) this.root.append(this.places[0], node.inner, this.places[1]);
  }

  draw(props) {
    const { node, places, templates } = this;
    const source = fill(templates.html, props);
    const cut = places.length > 1 ? source.indexOf(CHILDREN) : -1;
    const parts = cut < 0 ? [source] : [source.slice(0, cut), source.slice(cut + CHILDREN.length)];
    const found = parts.map((part) => elements(part, node.page));
    found.forEach(({ fragment }, index) => this.#drawn[index] !== parts[index] && morph(places[index], fragment));
    this.#drawn = parts;
    dress(this.root, [fill(templates.css, props), ...found.map(({ styles }) => styles)].join("\n"));
  }
}

const given = ({ value, props }) => ({ value: value ?? "", label: props.label, visible: props.visible, ...props.props });

/** Draw `node` by its templates, and run its script. */
export async function enliven(node, entry) {
  const templates = entry.script ? (await load(entry.script)).value : VALUE;
  const drawing = new Drawing(node, templates);
  const props = structuredClone(given(node));
  const watched = [];
  let waiting = false;

  const draw = () => {
    waiting = false;
    try {
      drawing.draw(props);
      node.failed(null);
    } catch (error) {
      node.failed(text.scriptFailed(error));
    }
  };
  const later = () => {
    if (!waiting) queueMicrotask(draw);
    waiting = true;
  };

  /** Show what calls have set, and tell who watches it. */
  node.live = () => {
    const now = given(node);
    const names = Object.keys(now).filter((name) => !same(now[name], last[name]));
    if (!names.length) return;
    last = structuredClone(now);
    Object.assign(props, structuredClone(Object.fromEntries(names.map((name) => [name, now[name]]))));
    later();
    const called = watched.filter((one) => one.names.some((name) => names.includes(name)));
    queueMicrotask(() => called.forEach(({ callback }) => guarded(node, callback)));
  };
  let last = structuredClone(given(node));

  /** Take over what the script has set: the component has it from now on, and its listeners hear of it. */
  const set = (target, name, value) => {
    const before = target[name];
    target[name] = value;
    if (before === value) return true;
    later();
    if (!TOLD.includes(name)) return true;
    const changed = name === "value" && !same(value, last.value);
    node.props[name] = value;
    last = structuredClone({ ...last, [name]: value });
    if (name !== "value") node.refresh({ [name]: value });
    if (changed) node.emit("change");
    return true;
  };

  draw();
  node.slot.replaceChildren(drawing.root);
  for (const part of entry.head ?? []) await add(part);
  if (!entry.on_load) return;
  const { value: begin } = await load(entry.on_load);
  const trigger = (event, data = {}) => node.emit(event, data);
  const watch = (names, callback) => watched.push({ names: [names].flat(), callback });
  guarded(node, () => begin(drawing.root, trigger, new Proxy(props, { set }), server(node), (file) => upload(file, node.page), watch));
}

function guarded(node, run) {
  try {
    run();
  } catch (error) {
    node.page.notify("error", text.scriptFailed(error));
  }
}

/** The functions of the app that the script may call. */
function server({ id, page, props }) {
  const ask = async (name, given) => {
    const body = JSON.stringify({ component_id: id, fn_name: name, data: given.length === 1 ? given[0] : given });
    return read(await page.request("component_server", { method: "POST", headers: { "content-type": "application/json" }, body }));
  };
  return Object.fromEntries((props.server_fns ?? []).map((name) => [name, (...given) => ask(name, given)]));
}

async function upload(file, page) {
  const body = new FormData();
  body.append("files", file, file.name || "file");
  const [path] = await read(await page.request("upload", { method: "POST", body }));
  return { path, url: page.url(`file=${path.split("/").map(encodeURIComponent).join("/")}`) };
}
