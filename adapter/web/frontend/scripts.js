// Runs what the app's author wrote: each script is a file among the page's own, since the policy lets no other code run.

import { text } from "./strings.js";
import { h } from "./dom.js";

const loads = new Map(); // names → promises of what the files declare
const OWN = /^scripts\/[0-9a-f]+(-body)?\.js$/; // what a config may name: files of the page, and no others of this origin
const CONSTANT = /^\s*\(\s*\)\s*=>\s*(\[[\s\S]*\])\s*;?\s*$/; // `() => [null, …]`
let seals = {};

/** Return the address of the script `name`. */
function address(name) {
  if (!OWN.test(name)) throw new Error(name);
  return new URL(name, import.meta.url).href;
}

/** Put the script at `href` into the page; wait until it has run, and return the error that it met. `quietly` keeps that from the console. */
function put(href, attributes, quietly) {
  return new Promise((resolve, reject) => {
    let failure = null;
    const heard = (event) => {
      if (event.filename !== href) return;
      failure = event.error ?? new Error(event.message);
      if (quietly) event.preventDefault();
    };
    const done = (tell, said) => {
      removeEventListener("error", heard);
      tell(said);
    };
    addEventListener("error", heard);
    const script = h("script", { ...attributes, src: href });
    script.onload = () => done(resolve, failure);
    script.onerror = () => done(reject, new Error(text.unreachable));
    document.head.append(script);
  });
}

/** Return what the file `name` declares: a `value`, and whether it was read as an expression. */
export function load(name) {
  if (!loads.has(name)) {
    const loading = put(address(name), { integrity: seals[name] }, true).then((failure) => {
      if (failure) throw failure;
      return self.ownScripts[name];
    });
    loads.set(name, loading);
    loading.catch((error) => error instanceof SyntaxError || loads.delete(name));
  }
  return loads.get(name);
}

/** Return a script as it can be read: as an expression, else as statements. */
async function readable(name) {
  try {
    return await load(name);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return load(name.replace(/\.js$/, "-body.js")).catch(() => {
      throw error;
    });
  }
}

/** Run the script `name` with `values`; as in Gradio, what it is may be the function or statements that return something. */
async function call(name, values) {
  const { value, expression } = await readable(name);
  const found = await value();
  return typeof found === "function" ? found(...values) : expression ? undefined : found;
}

/** Return the values of a `() => [constants]` function, read as JSON and never run; null for any other script. */
function constants(js) {
  const found = CONSTANT.exec(js);
  try {
    return found ? JSON.parse(found[1]) : null;
  } catch {
    return null;
  }
}

/** Run the script of a listener with its inputs; return what it gives as a list. One that is no file of the page does not run. */
export async function run({ js, script, backend_fn: calls }, values, notify) {
  if (!script) {
    const set = calls ? null : constants(js); // as clear buttons do
    if (!set) notify("info", text.scriptNotRun);
    return set ?? (calls ? values : []);
  }
  const result = await call(script, structuredClone(values));
  if (result === undefined) return [];
  return Array.isArray(result) ? result : [result];
}

/**
 * Put into the page's head what the app's author wants there, and look whether the listeners' scripts can be read;
 * return what runs the script that the page has for its opening.
 */
export async function prepare({ scripts, dependencies }, notify) {
  const failed = (error) => notify("error", text.scriptFailed(error));
  seals = scripts.sealed ?? {};
  darken();
  for (const part of scripts.head ?? []) await add(part);
  const used = new Set(dependencies.map(({ script }) => script).filter(Boolean));
  for (const name of used) readable(name).catch(failed);
  return () => scripts.load && call(scripts.load, []).catch(failed);
}

/** Let the class `dark` of the body, which Gradio's scripts know, and the page's theme follow each other. */
function darken() {
  const { documentElement: root, body } = document;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const follow = () => body.classList.toggle("dark", dark());
  const lead = () => {
    const wanted = body.classList.contains("dark");
    if (wanted !== dark()) root.dataset.theme = wanted ? "dark" : "light";
  };
  follow();
  system.addEventListener("change", follow);
  new MutationObserver(follow).observe(root, { attributeFilter: ["data-theme"] });
  new MutationObserver(lead).observe(body, { attributeFilter: ["class"] });
}

const added = new Set(); // what stands in the head already, for parts that several components want

/** Add an element to the page's head; scripts have run when it is there, but for those that say `async`. */
export async function add({ tag, attributes, text: inside = "", script }) {
  const said = JSON.stringify([tag, attributes, inside, script]);
  if (added.has(said)) return;
  added.add(said);
  if (tag === "style") {
    const sheet = new CSSStyleSheet({ media: attributes.media ?? "" });
    sheet.replaceSync(inside);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } else if (tag === "script" && (script || attributes.src)) {
    const { src, ...others } = attributes;
    const href = script ? address(script) : new URL(src, document.baseURI).href;
    const ran = put(href, { ...others, integrity: seals[script] }, false).catch((error) => console.error(error));
    const apart = "async" in attributes && (attributes.src || attributes.type === "module"); // elsewhere the word means nothing
    if (!apart) await ran;
  } else {
    if (tag === "meta") replace((one) => ["name", "property"].some((key) => attributes[key] && one.getAttribute(key) === attributes[key]));
    if (/\bicon\b/.test(attributes.rel)) replace((one) => one.relList?.contains("icon"));
    document.head.append(h(tag, attributes, inside));
  }
}

/** Take away what the page has of its own where the app has another. */
function replace(like) {
  [...document.head.children].find(like)?.remove();
}
