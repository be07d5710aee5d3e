// The text inside one block of Markdown: emphasis, code, links, images, known tags, formulas.

import { h } from "../../dom.js";
import { formula, formulaAt } from "./formulas.js";
import { decode, entityAt, enter, link, picture, tagAt } from "./tags.js";

const DEEPEST_EMPHASIS = 20; // levels of emphasis
const SPACE = /\s/;
const MARK = /[\p{P}\p{S}]/u;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;
const URL_START = /https?:\/\/[^\s<>"'`]+/y;
const AUTOLINK = /<([a-z][a-z\d+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d][a-z\d-]*(?:\.[a-z\d][a-z\d-]*)*)>/iy;
const TITLE = String.raw`"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\((?:[^()\\]|\\[\s\S])*\)`;
const PLACE = String.raw`<((?:[^<>\n\\]|\\.)*)>`;
const WORD = String.raw`[^ \t\n()\\]|\\.|\\`;
const TARGET = new RegExp(
  String.raw`\([ \t\n]*(?:${PLACE}|((?!<)(?:${WORD}|\((?:${WORD}|\((?:${WORD})*\))*\))*))(?:[ \t\n]+(${TITLE}))?[ \t\n]*\)`,
  "y",
);
const LABEL = /\[((?:[^\\[\]]|\\[\s\S]){0,999})\]/y;
const DEFINITION = new RegExp(
  String.raw`^\[((?:[^\\[\]]|\\[\s\S]){1,999})\]:[ \t]*\n?[ \t]*(?:${PLACE}|([^\s<]\S*))(?:(?:[ \t]+|[ \t]*\n[ \t]*)(${TITLE}))?[ \t]*(?:\n|$)`,
);

/** Return `value` without the marks of its escapes and entities. */
export const plain = (value) => decode(value.replace(ESCAPED, (_, mark) => `&#${mark.charCodeAt(0)};`));

/** The name of a label: labels that differ in case and spaces are one. */
const named = (label) => label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();

/** Put what the start of `source` defines into `definitions`, by name; return the rest. */
export function define(source, definitions) {
  for (;;) {
    const [all, label, place, address, title] = DEFINITION.exec(source) ?? [];
    if (!label?.trim()) return source;
    const name = named(label);
    if (!definitions.has(name)) definitions.set(name, [plain(place ?? address), title ? plain(title.slice(1, -1)) : null]);
    source = source.slice(all.length);
  }
}

/** What an image says instead of its nodes. */
const said = (node) => node.alt ?? (node.childNodes.length ? [...node.childNodes].map(said).join("") : node.textContent);

export class Inline {
  /** With `raw` only tags and entities mean something. `options` have `breaks`, `math` and `definitions`. */
  constructor(source, options, raw = false) {
    Object.assign(this, { source, options, raw, at: 0, plain: "", marks: [], open: [] });
    this.absent = new Set(); // marks of which no closing one follows: looked for once
  }

  parse(place = document.createDocumentFragment(), root = place) {
    Object.assign(this, { place, root });
    while (this.at < this.source.length) {
      const node = this.node(this.source[this.at]);
      if (node === undefined) this.plain += this.source[this.at++];
      else if (node) this.add(node);
    }
    this.add("");
    this.emphasize(0);
    root.normalize(); // equal texts have equal nodes
    return root;
  }

  add(node) {
    this.place.append(this.plain, node);
    this.plain = "";
  }

  /** Take what starts here; return a node, null when it is placed already, undefined for a plain character. */
  node(first) {
    if (first === "<") return this.autolink() ?? this.tag();
    if (first === "&") return this.entity();
    if (this.raw) return undefined;
    const { math } = this.options;
    const found = math.length && formulaAt(this.source, this.at, math, this.absent);
    if (found) return (this.at += found.length), formula(found);
    if (first === "\\") return this.escape();
    if (first === "`") return this.code();
    if (first === "\n") return this.lineEnd();
    if (first === "*" || first === "_" || first === "~") return this.mark(first);
    if (first === "[") return this.bracket("[");
    if (first === "!" && this.source[this.at + 1] === "[") return this.bracket("![");
    if (first === "]") return this.close();
    if (first === "h" && !/\w/.test(this.source[this.at - 1] ?? "")) return this.address();
    return undefined;
  }

  /** Take `length` characters as the plain text `characters`. */
  take(length, characters) {
    this.plain += characters;
    this.at += length;
    return null;
  }

  escape() {
    const next = this.source[this.at + 1];
    if (next === "\n") return (this.at += 2), h("br");
    return next && /[!-/:-@[-`{-~]/.test(next) ? this.take(2, next) : undefined;
  }

  lineEnd() {
    const hard = this.options.breaks || this.plain.endsWith("  ");
    this.plain = this.plain.trimEnd();
    return hard ? ((this.at += 1), h("br")) : this.take(1, "\n");
  }

  code() {
    const [mark] = /^`+/.exec(this.source.slice(this.at));
    const end = this.absent.has(mark) ? -1 : this.ticks(mark);
    if (end < 0) {
      this.absent.add(mark);
      return this.take(mark.length, mark);
    }
    const content = this.source.slice(this.at + mark.length, end).replaceAll("\n", " ");
    this.at = end + mark.length;
    return h("code", {}, /^ .*[^ ].* $/.test(content) ? content.slice(1, -1) : content);
  }

  /** Where the backticks that close `mark` are. */
  ticks(mark) {
    let from = this.at + mark.length;
    for (;;) {
      const end = this.source.indexOf(mark, from);
      if (end < 0 || (this.source[end - 1] !== "`" && this.source[end + mark.length] !== "`")) return end;
      for (from = end; this.source[from] === "`"; ) from += 1;
    }
  }

  /** A run of marks that may open or close emphasis, by what stands beside it. */
  mark(sign) {
    const { source, at } = this;
    let end = at;
    while (source[end] === sign) end += 1;
    const count = end - at;
    if (sign === "~" && count !== 2) return this.take(count, source.slice(at, end));
    const before = [...source.slice(Math.max(0, at - 2), at)].at(-1) ?? " ";
    const after = String.fromCodePoint(source.codePointAt(end) ?? 32);
    const left = !SPACE.test(after) && (!MARK.test(after) || SPACE.test(before) || MARK.test(before));
    const right = !SPACE.test(before) && (!MARK.test(before) || SPACE.test(after) || MARK.test(after));
    const opens = left && (sign !== "_" || !right || MARK.test(before));
    const closes = right && (sign !== "_" || !left || MARK.test(after));
    const node = document.createTextNode(source.slice(at, end));
    if (opens || closes) this.marks.push({ node, sign, count, whole: count, opens, closes });
    this.at = end;
    return node;
  }

  /** Make emphasis of the marks from number `from` on. */
  emphasize(from) {
    const marks = this.marks.splice(from);
    const lowest = {}; // per kind of closing mark: below which there is none that opens
    for (let at = 0; at < marks.length; at += 1) {
      const closer = marks[at];
      while (closer.closes && closer.count) {
        const kind = `${closer.sign}${closer.opens}${closer.whole % 3}${closer.node.parentNode.level}`;
        let found = at - 1;
        while (found >= (lowest[kind] ?? 0) && !matches(marks[found], closer)) found -= 1;
        if (found < (lowest[kind] ?? 0)) {
          lowest[kind] = at;
          break;
        }
        wrap(marks[found], closer);
        marks.fill({ count: 0 }, found + 1, at); // what stands between them is only text
      }
    }
  }

  bracket(sign) {
    const node = document.createTextNode(sign);
    this.at += sign.length;
    this.open.push({ node, image: sign === "![", from: this.at, marks: this.marks.length, active: true });
    return node;
  }

  /** A bracket that closes makes a link or an image of what stands before it, or is text. */
  close() {
    const opener = this.open.pop();
    this.at += 1;
    const found = opener?.active && this.target(opener);
    this.add("");
    if (!found || opener.node.parentNode !== this.place) return this.take(0, "]");
    this.emphasize(opener.marks);
    const inside = document.createDocumentFragment();
    while (opener.node.nextSibling) inside.append(opener.node.nextSibling);
    opener.node.remove();
    this.at += found.length;
    if (opener.image) return picture(found.address, said(inside), found.title);
    for (const one of this.open) if (!one.image) one.active = false; // no link stands in a link
    return link(found.address, inside, found.title);
  }

  /** Where the link that `opener` opened leads, and how long what says so is. */
  target({ from }) {
    const { source, at } = this;
    const { definitions } = this.options;
    const match = (pattern) => ((pattern.lastIndex = at), pattern.exec(source));
    const direct = match(TARGET);
    if (direct) {
      const [all, place, address = "", title] = direct;
      return { address: plain(place ?? address), title: title ? plain(title.slice(1, -1)) : null, length: all.length };
    }
    const [all = "", label = ""] = match(LABEL) ?? [];
    const own = at - from > 1000 ? "" : source.slice(from, at - 1);
    if (!label && /(^|[^\\])\[/.test(own)) return null;
    const [address, title] = definitions.get(named(label || own)) ?? [];
    return address === undefined ? null : { address, title, length: all.length };
  }

  autolink() {
    AUTOLINK.lastIndex = this.at;
    const found = AUTOLINK.exec(this.source);
    if (!found) return undefined;
    this.at += found[0].length;
    return link(/^[^:]*@/.test(found[1]) ? `mailto:${found[1]}` : found[1], found[1]);
  }

  address() {
    URL_START.lastIndex = this.at;
    const found = URL_START.exec(this.source);
    if (!found) return undefined;
    const url = found[0].replace(/[.,;:!?*_~)\]]+$/, "");
    this.at += url.length;
    return link(url, url);
  }

  /** A known tag opens or closes a place for what follows; a comment is left out; any other is text. */
  tag() {
    if (this.source.startsWith("<!--", this.at) && !this.absent.has("-->")) {
      const end = this.source.indexOf("-->", this.at + 4);
      if (end >= 0) return this.take(end + 3 - this.at, "");
      this.absent.add("-->");
    }
    const tag = tagAt(this.source, this.at);
    if (!tag?.known) return undefined;
    this.add("");
    this.place = enter(tag, this.place, this.root);
    this.at += tag.length;
    return null;
  }

  entity() {
    const found = entityAt(this.source, this.at);
    return found ? this.take(found.length, found.character) : undefined;
  }
}

/** Whether `opener` opens what `closer` closes. */
function matches(opener, closer) {
  if (!opener.opens || !opener.count || opener.sign !== closer.sign || opener.node.parentNode !== closer.node.parentNode) return false;
  const both = closer.opens || opener.closes;
  return !both || (opener.whole + closer.whole) % 3 !== 0 || (opener.whole % 3 === 0 && closer.whole % 3 === 0);
}

/** Put what stands between two marks into an element of emphasis. */
function wrap(opener, closer) {
  const used = opener.count > 1 && closer.count > 1 ? 2 : 1;
  const made = h(opener.sign === "~" ? "del" : used === 2 ? "strong" : "em");
  const inside = [];
  for (let node = opener.node.nextSibling; node !== closer.node; node = node.nextSibling) inside.push(node);
  for (const one of [opener, closer]) one.count -= used;
  made.levels = 1 + Math.max(0, ...inside.map(({ levels = 0 }) => levels));
  if (made.levels > DEEPEST_EMPHASIS) return;
  for (const one of [opener, closer]) one.node.data = one.sign.repeat(one.count);
  made.append(...inside);
  closer.node.before(made);
}
