// The HTML of templates as nodes of the page. It is parsed in a document where nothing runs, and made anew of what is known here.

import { text } from "../strings.js";
import { loads } from "./addresses.js";
import { STYLE } from "./dress.js";

const SVG = "http://www.w3.org/2000/svg";
const DROPPED = new Set("base embed frame frameset head iframe link meta noscript object script style template title".split(" "));
const TAGS = new Set(
  ("a abbr address article aside audio b bdi bdo blockquote br button canvas caption center cite code col colgroup data datalist dd " +
    "del details dfn dialog div dl dt em fieldset figcaption figure footer font form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins " +
    "kbd label legend li main mark menu meter nav ol optgroup option output p picture pre progress q rp rt ruby s samp search section " +
    "select small source span strike strong sub summary sup table tbody td textarea tfoot th thead time tr track tt u ul var video wbr").split(" "),
);
const DRAWN = new Set(
  ("circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG " +
    "feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset feTurbulence filter g line linearGradient marker mask path pattern " +
    "polygon polyline radialGradient rect stop svg symbol text textPath title tspan use").split(" "),
);
const ATTRIBUTES = new Set(
  ("accept align alt autocomplete autofocus autoplay bgcolor border cellpadding cellspacing checked cite class color cols colspan " +
    "contenteditable controls datetime dir disabled download draggable enterkeyhint face for headers height hidden high id inputmode " +
    "kind label lang list loop low max maxlength min minlength multiple muted name open optimum pattern placeholder playsinline preload " +
    "readonly rel required reversed role rows rowspan scope selected size span spellcheck start step summary tabindex target title type " +
    "valign value width wrap").split(" "),
);
const PLACES = new Set(["href", "src", "poster"]);
const FRAME =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' width='48' height='48'%3E%3Crect x='1' y='1' width='14' " +
  "height='14' rx='2' fill='none' stroke='%23888'/%3E%3Cpath d='M2 13l4-5 3 3 2-2 3 4' fill='none' stroke='%23888'/%3E%3C/svg%3E";
const SCHEMES = ["http:", "https:", "mailto:", "tel:", "blob:"];

const TAG = /<[a-z][^\s/>]*(?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const INLINE = /("[^"]*"|'[^']*')|([\s/])(style|on[a-z]+)(?=\s*=)/gi;
const RENAMED = "data-own-";

/** Rename attributes that the policy forbids: a browser complains of them even where they do nothing. */
const quieted = (tag) => tag.replace(INLINE, (all, quoted, before, name) => quoted ?? `${before}${RENAMED}${name}`);

/** Return `source` as a fragment, and what its style elements say. */
export function elements(source, page) {
  const styles = [];
  const quiet = source.replace(STYLE, (_, style) => (styles.push(style), "")).replace(TAG, quieted);
  const parsed = new DOMParser().parseFromString(`<!doctype html><body>${quiet}`, "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...copies(parsed.body, page));
  return { fragment, styles: styles.join("\n") };
}

const copies = (place, page) => [...place.childNodes].flatMap((node) => copy(node, page));

function copy(node, page) {
  if (node.nodeType === Node.TEXT_NODE) return [node.data];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const drawn = node.namespaceURI === SVG;
  const name = node.localName;
  if (drawn ? !DRAWN.has(name) : DROPPED.has(name)) return [];
  if (!drawn && !TAGS.has(name)) return copies(node, page);
  const made = drawn ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const { name: key, value } of node.attributes) attribute(made, key, value, drawn);
  made.append(...copies(node, page));
  return [name === "img" ? picture(made, page) : made];
}

function attribute(made, key, value, drawn) {
  if (key === `${RENAMED}style`) made.style.cssText = value;
  else if (key.startsWith(RENAMED)) return;
  else if (/^(data|aria)-[\w.-]+$/.test(key)) made.setAttribute(key, value);
  else if (drawn && /^(xlink:)?href$/.test(key)) value.trim().startsWith("#") && made.setAttribute("href", value.trim());
  else if (PLACES.has(key)) safe(value, made) && made.setAttribute(key, value);
  else if (drawn ? /^(?!on)[a-z][\w-]*$/i.test(key) : ATTRIBUTES.has(key)) made.setAttribute(key, value);
  if (key === "target") made.setAttribute("rel", "noopener noreferrer");
}

/** Whether an address leads to something that runs nothing. */
function safe(address, made) {
  try {
    const { protocol } = new URL(address, document.baseURI);
    return SCHEMES.includes(protocol) || (made.localName !== "a" && /^data:(image|audio|video)\//i.test(address.trim()));
  } catch {
    return false;
  }
}

/** A picture of another site the page may not load: a frame stands there, so that scripts and styles find their element. */
function picture(made, page) {
  if (!made.src || loads(made.src, page)) return made;
  made.title ||= text.image(made.alt);
  made.src = FRAME;
  return made;
}

/** Make of what stands in `place` what stands in `fresh`; nodes that stay keep their listeners. */
export function morph(place, fresh) {
  const before = [...place.childNodes];
  const after = [...fresh.childNodes];
  for (const node of before.slice(after.length)) node.remove();
  after.forEach((node, index) => {
    const old = before[index];
    if (!old) place.append(node);
    else if (old.nodeType === Node.TEXT_NODE && node.nodeType === Node.TEXT_NODE) old.data !== node.data && (old.data = node.data);
    else if (old.nodeName !== node.nodeName) old.replaceWith(node);
    else patch(old, node);
  });
}

function patch(old, fresh) {
  for (const { name } of [...old.attributes]) if (name !== "style" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) {
    if (name === "style" || old.getAttribute(name) === value) continue;
    old.setAttribute(name, value);
    if (name === "value" && /^(input|textarea|select)$/.test(old.localName)) old.value = value;
  }
  if (old.style.cssText !== fresh.style.cssText) old.style.cssText = fresh.style.cssText;
  morph(old, fresh);
}
