// Where the content of a file is, and whether the page may show it.

import { text } from "../strings.js";
import { h } from "../dom.js";

const OUTSIDE = /^(https?:|data:|blob:)/i;
const SERVED = /^(app|files|uploads)\//; // by the API: a copy of what its `url` shows elsewhere
const own = new Map(); // path on the server → address of what the visitor has just sent from here

/** Show `content` wherever the file at `path` is shown: what was just sent need not be fetched again. */
export function keep(path, content) {
  own.set(path, URL.createObjectURL(content));
}

/** Return what `file` is called. */
export function nameOf(file) {
  return file.orig_name || String(file.path || file.url || "").split(/[?#]/)[0].split(/[\\/]/).at(-1) || text.names.file;
}

/** Return the address of the content of `file`; null where it has none that a page may open. */
export function address(file, page) {
  const kept = own.get(file.path);
  if (kept) return kept;
  const path = String(file.path ?? "");
  const local = path && !OUTSIDE.test(path);
  const served = local && (!file.url || file.url.includes("/file=") || SERVED.test(path)); // by the API, wherever this page reaches it
  const given = served ? page.url(`file=${path.split("/").map(encodeURIComponent).join("/")}`) : OUTSIDE.test(path) ? path : file.url;
  const found = given && URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI).href : "";
  return /^(https?:|data:(image|audio|video)\/|blob:)/i.test(found) ? found : null;
}

/** Return whether the page may load `found` into itself: what comes from other sites is linked to instead. */
export function loads(found, page) {
  if (!/^https?:/i.test(found ?? "")) return Boolean(found);
  return [location.origin, new URL(page.url("")).origin].includes(new URL(found).origin);
}

/** Return a link that saves `file`, labelled with its name. */
export function fileLink(file, page, label = nameOf(file)) {
  const found = address(file, page);
  if (!found) return h("span", {}, label);
  return h("a", { href: found, download: nameOf(file), target: "_blank", rel: "noopener noreferrer" }, label);
}

/** Return what shows the picture `file`: itself, or a link where the page may not load it. */
export function picture(file, page, alt = "") {
  const found = address(file, page);
  const link = () => fileLink(file, page, text.image(alt || nameOf(file)));
  if (!loads(found, page)) return link();
  const shown = h("img", { src: found, alt: alt || nameOf(file) });
  shown.addEventListener("error", () => shown.replaceWith(link())); // no picture after all, or one that is led on to another site
  return shown;
}
