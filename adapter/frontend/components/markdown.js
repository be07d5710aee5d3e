// Markdown becomes DOM nodes: the browser never parses it as HTML, so there is nothing to sanitise.
// One file, although long: a page with a title needs all of it, and each file is a request.

import { text } from "../strings.js";
import { Component, h, set } from "../tree.js";

const DEEPEST = 20; // levels of quotes, lists and emphasis
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})(?:\s+|$)/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(?:\s+|$)/;
const TASK = /^\[([ xX])\]\s/;
const UNDERLINE = /^ {0,3}(=+|-+)\s*$/;
const BLOCK_TAG =
  /^ {0,3}<\/?(h[1-6]|p|div|center|blockquote|details|summary|[uod]l|li|table|t[rhd]|thead|tbody|hr|pre|section)\b/i;
const URL_START = /https?:\/\/[^\s<>"'`]+/y;
const AUTOLINK = /<((?:https?:\/\/|mailto:)[^\s<>]+)>/y;
const TARGET = /\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))*))(?:\s+"([^"]*)"|\s+'([^']*)')?\s*\)/y;
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/iy;
const ATTRIBUTE = /([a-z][a-z-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gi;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/iy;

const TAGS = new Set(
  ("a abbr b blockquote br caption center code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img " +
    "ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead tr u ul var")
    .split(" "),
);
const VOID = new Set(["br", "hr", "img"]);
const ATTRIBUTES = new Set("align alt colspan dir height lang open rowspan start title width".split(" "));
const STYLE =
  /^(color|background(-color)?|text-(align|decoration|transform)|font(-\w+)?|line-height|(margin|padding|border)(-[\w-]+)?|(max-|min-)?(width|height)|display|gap|flex(-\w+)?|opacity|white-space|vertical-align|list-style)$/;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", copy: "©", reg: "®", deg: "°" };
Object.assign(ENTITIES, { hellip: "…", mdash: "—", ndash: "–", times: "×", rarr: "→", larr: "←", middot: "·", bull: "•" });

/** A link with a scheme that runs nothing; else its label. */
function link(address, label, title = null) {
  if (!/^(https?:|mailto:|tel:|[#/.?]|[\w-]+([/?#.]|$))/i.test(address.trim())) return h("span", {}, label);
  const outside = /^https?:/i.test(address.trim());
  return h("a", { href: address, title, target: outside && "_blank", rel: outside && "noopener noreferrer" }, label);
}

/** An image of this site or in the text; those of other sites the page may not load, so they become links. */
function picture(address, alt, title = null) {
  const own = /^data:image\//i.test(address) || !/^(\w+:|\/\/)/.test(address.trim());
  return own ? h("img", { src: address, alt, title, loading: "lazy" }) : link(address, text.image(alt), title);
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
  place.append(made);
  return VOID.has(name) ? place : made;
}

export function entityAt(source, at) {
  ENTITY.lastIndex = at;
  const [all, decimal, hex, name] = ENTITY.exec(source) ?? [];
  const point = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : null;
  const character = point === null ? ENTITIES[name] : point > 0 && point < 0x110000 ? String.fromCodePoint(point) : "\ufffd";
  return all && character ? { character, length: all.length } : null;
}

function decode(value) {
  return value.replace(/&[#\w]+;/g, (found) => entityAt(found, 0)?.character ?? found);
}

const MODULES = { code: ["code[data-language]", "highlight"], math: [".math", "math"] };
const painters = {}; // what draws code in colours, and formulas; until a page needs it they stand as they are written

/** Load what draws the code and the formulas of `place`; true if they should be drawn again with it. */
export async function improve(place) {
  const wanted = Object.entries(MODULES).filter(([kind, [selector]]) => !painters[kind] && place.querySelector(selector));
  const load = async ([kind, [, module]]) => (painters[kind] = (await import(`./${module}.js`)).paint);
  return Promise.all(wanted.map(load)).then(({ length }) => length > 0, () => false); // not loaded: it stays as it is
}

function formula({ source, display }) {
  return h("span", { class: display ? "math display" : "math" }, painters.math?.(source, display) ?? source);
}

/** Return `source` as a fragment of nodes; `breaks` makes every line end a line break, `math` says what stands around formulas. */
export function markdown(source, breaks = false, math = null) {
  const lines = String(source).replace(/\r\n?/g, "\n").replaceAll("\t", "    ").split("\n");
  return new Blocks(lines, { breaks, math: math ?? [] }, 0).parse();
}

/** The formula that starts at `at` of `source`: what it says, its length, and whether it has its own line. */
function formulaAt(source, at, math, absent = new Set()) {
  for (const { left, right, display } of math) {
    if (!left || !source.startsWith(left, at) || absent.has(right)) continue;
    const end = source.indexOf(right, at + left.length);
    if (end < 0) absent.add(right);
    const inside = end < 0 ? "" : source.slice(at + left.length, end);
    // A price is no formula: one in the line has no space inside its marks, no code in it, and no digit after it.
    const price = left === "$" && (/^\s|\s$|[\n`]/.test(inside) || /\d/.test(source[end + 1] ?? ""));
    if (inside.trim() && !price) return { source: inside.trim(), display, length: end + right.length - at };
  }
  return null;
}

/** The lines of one container, read block by block. */
class Blocks {
  constructor(lines, options, depth) {
    Object.assign(this, { lines, options, depth, at: 0, out: document.createDocumentFragment() });
    this.place = this.out; // known tags that are open nest it
  }

  get line() {
    return this.lines[this.at];
  }

  get ended() {
    return this.at >= this.lines.length || !this.line.trim();
  }

  parse() {
    while (this.at < this.lines.length) {
      if (this.ended) this.at += 1;
      else this.place.append(this.block());
    }
    return this.out;
  }

  block() {
    if (FENCE.test(this.line)) return this.fence();
    const found = this.options.math.length && this.formula();
    if (found) return found;
    if (HEADING.test(this.line)) return this.heading();
    if (RULE.test(this.line)) return (this.at += 1), h("hr");
    if (BLOCK_TAG.test(this.line)) return this.tags();
    if (this.depth < DEEPEST && QUOTE.test(this.line)) return this.quote();
    if (this.depth < DEEPEST && ITEM.test(this.line)) return this.list();
    if (this.sides()) return this.table();
    return this.paragraph();
  }

  inside(lines) {
    return new Blocks(lines, this.options, this.depth + 1).parse();
  }

  inline(source) {
    return new Inline(source, this.options, this.depth).parse();
  }

  fence() {
    const [, mark, language] = FENCE.exec(this.line);
    const indent = this.line.search(/\S/);
    const found = [];
    for (this.at += 1; this.at < this.lines.length; this.at += 1) {
      const line = this.line.trim();
      if (line.startsWith(mark) && !line.replaceAll(mark[0], "")) break;
      found.push(this.line.replace(new RegExp(`^ {0,${indent}}`), ""));
    }
    this.at += 1;
    const source = found.join("\n");
    const code = h("code", { "data-language": language || null }, (language && painters.code?.(source, language)) || source);
    return h("pre", { tabindex: "0" }, code);
  }

  /** A displayed formula may go over lines that would mean something else, empty ones among them. */
  formula() {
    const start = this.line.trimStart();
    const shown = this.options.math.filter(({ left, display }) => display && left && start.startsWith(left));
    if (!shown.length) return null;
    const rest = this.lines.slice(this.at).join("\n").trimStart();
    const found = formulaAt(rest, 0, shown);
    const after = found ? rest.slice(found.length).split("\n") : [];
    if (!found || after[0].trim()) return null; // more in its line: it is part of a paragraph
    this.at = this.lines.length - after.length + 1;
    return h("p", {}, formula(found));
  }

  heading() {
    const [start, { length }] = HEADING.exec(this.line);
    const title = this.line.slice(start.length).trim();
    this.at += 1;
    return h(`h${length}`, {}, this.inline(title.replace(/(^|\s)#+$/, "")));
  }

  /** Known HTML at a line's start goes on until an empty line; what it leaves open holds the next blocks. */
  tags() {
    const found = [];
    for (; !this.ended; this.at += 1) found.push(this.line);
    const inline = new Inline(found.join("\n"), this.options, this.depth, true);
    inline.parse(this.place, this.out);
    this.place = inline.place;
    return "";
  }

  quote() {
    const found = [];
    for (; !this.ended && (QUOTE.test(this.line) || !this.startsBlock()); this.at += 1) {
      found.push(this.line.replace(QUOTE, ""));
    }
    return h("blockquote", {}, this.inside(found));
  }

  list() {
    const first = ITEM.exec(this.line)[2];
    const ordered = /\d/.test(first);
    const items = [];
    let loose = false;
    while (this.at < this.lines.length && !RULE.test(this.line)) {
      const found = ITEM.exec(this.line);
      if (!found || /\d/.test(found[2]) !== ordered) break;
      const { lines, gap } = this.item(found);
      loose ||= gap && this.at < this.lines.length && ITEM.test(this.line);
      items.push(lines);
    }
    const start = ordered && parseInt(first) !== 1 ? parseInt(first) : null;
    return h(ordered ? "ol" : "ul", { start }, ...items.map((lines) => this.listItem(lines, loose)));
  }

  /** Take the lines of one item, without their indent; `gap` tells whether an empty line ends it. */
  item([{ length: width }, indent]) {
    const lines = [this.line.slice(width)];
    let gap = false;
    for (this.at += 1; this.at < this.lines.length; this.at += 1) {
      const depth = this.line.search(/\S/);
      if (depth < 0) gap = true;
      else if (depth >= Math.min(width, indent.length + 2)) gap = false;
      else if (gap || this.startsBlock()) break;
      lines.push(depth < 0 ? "" : this.line.slice(Math.min(depth, width)));
    }
    return { lines, gap };
  }

  listItem(lines, loose) {
    const task = TASK.exec(lines[0]);
    const item = h("li");
    if (task) {
      lines[0] = lines[0].slice(task[0].length);
      const done = task[1] !== " ";
      item.append(h("input", { type: "checkbox", disabled: true, checked: done, "aria-label": lines[0] }), " ");
    }
    for (const node of [...this.inside(lines).childNodes]) {
      if (!loose && node.nodeName === "P") item.append(...node.childNodes);
      else item.append(node);
    }
    return item;
  }

  startsBlock() {
    const line = this.line.trim();
    if (this.options.math.some(({ left, display }) => display && line === left)) return true;
    return [FENCE, HEADING, RULE, QUOTE, BLOCK_TAG, ITEM].some((start) => start.test(this.line));
  }

  /** The alignments of the columns of the table that starts here, or null. */
  sides() {
    if (!this.line.includes("|")) return null;
    const rules = row(this.lines[this.at + 1] ?? "");
    if (!rules.length || !rules.every((rule) => /^:?-+:?$/.test(rule)) || row(this.line).length !== rules.length) return null;
    return rules.map((rule) => (rule.endsWith(":") ? (rule.startsWith(":") ? "center" : "right") : "left"));
  }

  table() {
    const sides = this.sides();
    const cells = (tag) => {
      const texts = row(this.line);
      return h("tr", {}, ...sides.map((align, index) => h(tag, { align }, this.inline(texts[index] ?? ""))));
    };
    const head = h("thead", {}, cells("th"));
    const body = h("tbody");
    for (this.at += 2; !this.ended && this.line.includes("|"); this.at += 1) body.append(cells("td"));
    return h("table", {}, head, body);
  }

  paragraph() {
    const found = [];
    for (; !this.ended; this.at += 1) {
      const title = found.length && UNDERLINE.exec(this.line);
      if (title) return (this.at += 1), h(title[1][0] === "=" ? "h1" : "h2", {}, this.inline(found.join("\n")));
      if (found.length && this.startsBlock()) break;
      found.push(this.line.trimStart());
    }
    return h("p", {}, this.inline(found.join("\n").trimEnd()));
  }
}

function row(line) {
  const inner = line.trim().replace(/^\|/, "").replace(/(^|[^\\])\|$/, "$1");
  return inner ? inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|")) : [];
}

/** The text inside one block: emphasis, code, links, images, known tags; with `raw` only the tags. */
class Inline {
  constructor(source, options, depth, raw = false) {
    Object.assign(this, { source, options, depth, raw, at: 0, plain: "" });
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
    return root;
  }

  add(node) {
    this.place.append(this.plain, node);
    this.plain = "";
  }

  inside(source) {
    return this.depth < DEEPEST ? new Inline(source, this.options, this.depth + 1).parse() : source;
  }

  /** Take what starts here; return a node, null when it is placed already, undefined for a plain character. */
  node(first) {
    if (first === "<") return this.tag() === null ? null : this.autolink();
    if (first === "&") return this.character();
    if (this.raw) return undefined;
    const found = this.options.math.length && formulaAt(this.source, this.at, this.options.math, this.absent);
    if (found) return (this.at += found.length), formula(found);
    if (first === "\\") return this.escape();
    if (first === "`") return this.code();
    if (first === "\n") return this.lineEnd();
    if (first === "!" && this.source[this.at + 1] === "[") return this.link(1, picture);
    if (first === "[") return this.link(0, (address, label, title) => link(address, this.inside(label), title));
    if (first === "*" || first === "_" || first === "~") return this.emphasis(first);
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
    const [mark] = /^`+/.exec(this.source.slice(this.at, this.at + 100));
    const end = this.absent.has(mark) ? -1 : this.ticks(mark);
    if (end < 0) {
      this.absent.add(mark);
      return this.take(mark.length, mark);
    }
    const content = this.source.slice(this.at + mark.length, end).replaceAll("\n", " ");
    this.at = end + mark.length;
    return h("code", {}, /^ .*\S.* $/.test(content) ? content.slice(1, -1) : content);
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

  emphasis(mark) {
    let run = 1;
    while (this.source[this.at + run] === mark && run < 3) run += 1;
    const end = mark !== "~" || run === 2 ? this.closing(mark.repeat(run)) : -1;
    if (end < 0) return this.take(run, mark.repeat(run));
    const content = this.inside(this.source.slice(this.at + run, end));
    this.at = end + run;
    if (mark === "~") return h("del", {}, content);
    if (run === 1) return h("em", {}, content);
    return h("strong", {}, run === 2 ? content : h("em", {}, content));
  }

  /** Where `mark` closes: after no space, and as a run of just its length. */
  closing(mark) {
    const { source } = this;
    const word = /[\p{L}\p{N}]/u;
    const start = this.at + mark.length;
    if (this.absent.has(mark) || !/\S/.test(source[start] ?? "")) return -1;
    if (mark[0] === "_" && word.test(source[this.at - 1] ?? "")) return -1;
    let end = start;
    while ((end = source.indexOf(mark, end)) >= 0) {
      let after = end + mark.length;
      while (source[after] === mark[0]) after += 1;
      const exact = after - end === mark.length || (after - end === 3 && mark.length < 3);
      const inWord = mark[0] === "_" && word.test(source[after] ?? "");
      if (exact && !inWord && end > start && !/[\s\\]/.test(source[end - 1])) return after - mark.length;
      end = after;
    }
    this.absent.add(mark);
    return -1;
  }

  link(skip, make) {
    const { source } = this;
    if (this.absent.has("]")) return undefined;
    const from = this.at + skip + 1;
    let open = 1;
    let end = from;
    for (; end < source.length && open; end += 1) {
      if (source[end] === "\\") end += 1;
      else if (source[end] === "[") open += 1;
      else if (source[end] === "]") open -= 1;
    }
    if (open) this.absent.add("]");
    TARGET.lastIndex = end;
    const found = !open && TARGET.exec(source);
    if (!found) return undefined;
    this.at = TARGET.lastIndex;
    return make((found[1] ?? found[2]).replace(/\\(.)/g, "$1"), source.slice(from, end - 1), found[3] ?? found[4]);
  }

  autolink() {
    AUTOLINK.lastIndex = this.at;
    const found = AUTOLINK.exec(this.source);
    if (!found) return undefined;
    this.at += found[0].length;
    return link(found[1], found[1].replace(/^mailto:/, ""));
  }

  address() {
    URL_START.lastIndex = this.at;
    const found = URL_START.exec(this.source);
    if (!found) return undefined;
    const url = found[0].replace(/[.,;:!?*_~)\]]+$/, "");
    this.at += url.length;
    return link(url, url);
  }

  /** A known tag opens or closes a place for what follows; any other is text. */
  tag() {
    const tag = tagAt(this.source, this.at);
    if (!tag?.known) return undefined;
    this.add("");
    this.place = enter(tag, this.place, this.root);
    this.at += tag.length;
    return null;
  }

  character() {
    const found = entityAt(this.source, this.at);
    return found ? this.take(found.length, found.character) : undefined;
  }
}

class Markdown extends Component {
  static single = false;

  show() {
    const { value, line_breaks: breaks, latex_delimiters: math } = this.props;
    this.slot.replaceChildren(markdown(value ?? "", breaks, math));
    improve(this.slot).then((better) => better && this.show());
  }

  get classes() {
    return `block markdown prose ${this.props.container ? "" : "open"}`;
  }

  body() {
    this.addCopy(() => this.value ?? "");
  }

  refresh(changes) {
    super.refresh(changes);
    set(this.element, "role", this.props.label && "group");
    set(this.element, "aria-labelledby", this.props.label && this.name.id);
    if (this.props.rtl) this.slot.dir = "rtl";
    if (this.props.max_height) this.slot.style.maxHeight = `${parseInt(this.props.max_height)}px`;
  }
}

export const components = { markdown: Markdown };
