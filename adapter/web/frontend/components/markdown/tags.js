// The tags that visitors' and models' texts may have, and what links and images they make: nothing in them runs.

import { text } from "../../strings.js";
import { h, image, set } from "../../dom.js";

const TAG = /<(\/?)([a-z][a-z0-9]*)(?=[\s/>])((?:"[^"]*"|'[^']*'|[^"'<>])*)>/iy;
const ATTRIBUTE = /([a-z][a-z-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gi;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/giy;
const ENTITIES = new RegExp(ENTITY.source, "gi");
const MOST_TAGS = 100; // levels of tags: what is deeper stands side by side
const SCHEMES = ["http:", "https:", "mailto:", "tel:", "ftp:"];
const UNSEEN = /[\p{C}\p{Z}\p{DI}\ufffd]|%(?:[01][\da-f]|20|7f)/giu; // controls and blanks: browsers pass over some, and people over all

const TAGS = new Set(
  ("a abbr b blockquote br caption center code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img " +
    "ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead tr u ul var")
    .split(" "),
);
const VOID = new Set(["br", "hr", "img"]);
const ATTRIBUTES = new Set("align alt colspan dir height lang open rowspan start title width".split(" "));
const STYLE =
  /^(color|background(-color)?|text-(align|decoration|transform)|font(-\w+)?|line-height|(margin|padding|border)(-[\w-]+)?|(max-|min-)?(width|height)|display|gap|flex(-\w+)?|opacity|white-space|vertical-align|list-style)$/;

/** The address as a browser takes it; null if it might run something: as it is written, encoded, or without what is not seen. */
function safe(address) {
  try {
    const href = encodeURI(address.trim()).replace(/%25(?=[\da-f]{2})/gi, "%");
    const forms = [address, href, address.replace(UNSEEN, "")];
    return forms.every((one) => SCHEMES.includes(new URL(one, document.baseURI).protocol)) ? href : null;
  } catch {
    return null; // no address, or half a character
  }
}

/** A link with a scheme that runs nothing; else its label. */
export function link(address, label, title = null) {
  const href = safe(address);
  if (href === null) return h("span", {}, label);
  const outside = /^https?:/i.test(href);
  return h("a", { href, title, target: outside && "_blank", rel: outside && "noopener noreferrer" }, label);
}

/** An image of this site or in the text; those of other sites the page may not load, so they become links. */
export function picture(address, alt, title = null) {
  const source = /^data:image\//i.test(address) ? address : /^(\w+:|\/\/)/.test(address.trim()) ? null : safe(address);
  return source === null ? link(address, text.image(alt), title) : image({ src: source, alt, title, loading: "lazy" });
}

/** Return the tag at `at` of `source`: its length, name, whether it closes, and its attributes; null if none is there. */
export function tagAt(source, at) {
  TAG.lastIndex = at;
  const found = TAG.exec(source);
  if (!found) return null;
  const attributes = {};
  for (const [, name, ...values] of found[3].matchAll(ATTRIBUTE)) {
    attributes[name.toLowerCase()] = decode(values.find((value) => value !== undefined) ?? "");
  }
  const name = found[2].toLowerCase();
  return { length: found[0].length, closing: found[1] === "/", name, attributes, known: TAGS.has(name) };
}

/** Put a known tag into `place`, below `root`; return where what follows it goes. `also` are attributes that it may have. */
export function enter({ name, closing, attributes }, place, root, also = []) {
  if (closing) {
    let open = place;
    while (open !== root && open.localName !== name) open = open.parentNode;
    return open === root ? place : open.parentNode;
  }
  const { src = "", alt = "", href, style } = attributes;
  const made = name === "img" ? picture(src, alt) : name === "a" && href ? link(href, "") : h(name);
  for (const [key, value] of Object.entries(attributes)) if (ATTRIBUTES.has(key) || also.includes(key)) set(made, key, value);
  for (const rule of style?.split(";") ?? []) {
    const [key, value] = rule.split(/:(.*)/s).map((part) => part?.trim());
    if (value && STYLE.test(key) && !/url|expression|image/i.test(value)) made.style.setProperty(key, value);
  }
  made.level = (place.level ?? 0) + 1;
  if (made.level > MOST_TAGS) return place;
  place.append(made);
  return VOID.has(name) ? place : made;
}

const characters = new Map(); // entities that were looked up
const lookup = document.createElement("textarea"); // text is all that becomes of anything in it

/** Return the character of the entity `source`, which browsers know more than two thousand of; null if there is none. */
function character(source) {
  if (!characters.has(source)) {
    lookup.innerHTML = source;
    characters.set(source, lookup.value === source ? null : lookup.value);
  }
  return characters.get(source);
}

export function entityAt(source, at) {
  ENTITY.lastIndex = at;
  const [found] = ENTITY.exec(source) ?? [];
  const said = found && character(found);
  return said ? { character: said, length: found.length } : null;
}

/** Return `value` with the characters that its entities stand for. */
export const decode = (value) => value.replace(ENTITIES, (found) => character(found) ?? found);
