// The blocks of Markdown: lines become a tree of quotes, lists, items, and what stands in them, line by line as CommonMark has it.

import { formulaAt } from "./formulas.js";
import { define } from "./inline.js";

const DEEPEST_BLOCK = 20; // levels of quotes and lists
const FENCE = /^(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const HEADING = /^(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/;
const RULE = /^([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const ITEM = /^(?:[-*+]|(\d{1,9})[.)])(?=[ \t]|$)/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
const BLOCK_TAG =
  /^<\/?(h[1-6]|p|div|center|blockquote|details|summary|[uod]l|li|table|t[rhd]|thead|tbody|hr|pre|section)\b/i;

export function row(line) {
  const inner = line.trim().replace(/^\|/, "").replace(/(^|[^\\])\|$/, "$1");
  return inner ? inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|")) : [];
}

/** The alignments of the columns of a table with this first line and this rule below it, or null. */
function sides(line, below) {
  if (!line.includes("|")) return null;
  const rules = row(below);
  if (!rules.length || !rules.every((rule) => /^:?-+:?$/.test(rule)) || row(line).length !== rules.length) return null;
  return rules.map((rule) => (rule.endsWith(":") ? (rule.startsWith(":") ? "center" : "right") : "left"));
}

/** A block: its `type`, the numbers of its first and last line, and its `children`, or `lines` of text. */
const block = (type, at, more) => ({ type, start: at, end: at, children: [], lines: [], ...more });

/** Reads lines; `root` is the tree, `definitions` say where links by name lead. */
export class Blocks {
  constructor(lines, math) {
    this.math = math.filter(({ left, display }) => display && left);
    this.absent = new Set(); // marks of formulas that no later line has
    this.definitions = new Map();
    this.root = block("root", 0);
    this.open = [this.root]; // and the last child of each that may still grow
    this.source = lines;
    for (this.at = 0; this.at < lines.length; this.at += 1) this.read(lines[this.at]);
    while (this.open.length > 1) this.close();
  }

  get tip() {
    return this.open.at(-1);
  }

  close() {
    const closed = this.open.pop();
    if (closed.type === "paragraph") closed.text = define(closed.lines.join("\n"), this.definitions).trimEnd();
  }

  /** Take `count` characters off the line; what is indented by tabs is by spaces after that. */
  skip(count) {
    this.column += count;
    let { column } = this;
    const spaces = (tab) => ((tab = tab === "\t" ? 4 - (column % 4) : 1), (column += tab), " ".repeat(tab));
    this.rest = this.rest.slice(count).replace(/^[ \t]+/, (all) => [...all].map(spaces).join(""));
    this.indent = this.rest.search(/[^ ]|$/);
    this.blank = this.indent === this.rest.length;
  }

  read(line) {
    Object.assign(this, { rest: line, column: 0 });
    this.skip(0);
    let kept = 1;
    while (kept < this.open.length && this.continues(this.open[kept])) kept += 1;
    if (this.done) return void (this.done = false);
    this.kept = kept; // blocks after it end here, unless the line goes on with a paragraph that stands in them
    while (this.starts());
    if (this.done) return void (this.done = false);
    this.text();
  }

  /** Whether the line belongs to an open block; takes off what says so. */
  continues(open) {
    const { indent, blank } = this;
    if (open.type === "list") return true;
    if (open.type === "item") {
      if (blank) return open.children.length > 0;
      if (indent < open.width) return false;
      this.skip(open.width);
      return true;
    }
    if (open.type === "quote") return this.quoted();
    if (open.type === "fence") return this.fenced(open);
    if (open.type === "code") {
      if (indent < 4 && !blank) return false;
      this.skip(Math.min(indent, 4));
      return true;
    }
    if (open.type === "formula") return this.formula(open);
    if (open.type === "comment") return (this.done = this.ended(open, "-->"));
    return !blank; // a paragraph, tags, or a table
  }

  quoted() {
    if (this.indent > 3 || this.rest[this.indent] !== ">") return false;
    this.skip(this.indent + 1);
    if (this.indent) this.skip(1);
    return true;
  }

  fenced(open) {
    const line = this.rest.trim();
    if (this.indent < 4 && line.startsWith(open.mark) && !line.replaceAll(open.mark[0], "")) {
      this.touch();
      while (this.tip !== open) this.close();
      this.close();
      return (this.done = true);
    }
    this.skip(Math.min(this.indent, open.indent));
    return true;
  }

  /** Put the line into a block that goes on until `mark`, and close it there. */
  ended(open, mark) {
    open.lines.push(this.rest);
    this.touch();
    if (this.rest.includes(mark)) this.close();
    return true;
  }

  /** Remember that all open blocks reach to this line. */
  touch() {
    for (const one of this.open) one.end = this.at;
  }

  /** Begin the block that starts here, if one does; true if another may start inside it. */
  starts() {
    const { indent, blank, kept } = this;
    const inside = this.open[kept - 1];
    if (["fence", "code", "tags"].includes(inside.type)) return false;
    const words = this.rest.slice(indent);
    const paragraph = inside.type === "paragraph" ? inside : null;
    if (indent > 3) {
      if (!blank && this.tip.type !== "paragraph") this.push("code") && this.skip(4);
      return false;
    }
    const deep = this.open.length > DEEPEST_BLOCK * 2;
    if (words[0] === ">" && !deep) {
      this.push("quote");
      return this.quoted();
    }
    const fence = FENCE.exec(words);
    if (fence) return this.push("fence", { mark: fence[1], indent, info: fence[2].trim() }), this.finish();
    if (this.math.length && this.beginsFormula(words, paragraph)) return false;
    const heading = HEADING.exec(words);
    if (heading) return this.push("heading", { level: heading[1].length, text: heading[2]?.replace(/^#+$/, "") ?? "" }), this.finish(true);
    if (words.startsWith("<!--")) return this.ended(this.push("comment"), "-->"), (this.done = true), false;
    if (BLOCK_TAG.test(words)) return this.push("tags"), false;
    if (paragraph && this.underlined(words, paragraph)) return false;
    if (RULE.test(words)) return this.push("rule"), this.finish(true);
    return !deep && this.item(words, paragraph);
  }

  /** The line is used up; with `whole` its block is too. */
  finish(whole = false) {
    if (whole) this.close();
    this.done = true;
    return false;
  }

  /** Open a block inside the blocks that the line belongs to. */
  push(type, more) {
    while (this.open.length > this.kept) this.close();
    while (/paragraph|table/.test(this.tip.type) || (this.tip.type === "list" && type !== "item")) this.close();
    const made = block(type, this.at, more);
    this.tip.children.push(made);
    this.open.push(made);
    this.kept = this.open.length;
    this.touch();
    return made;
  }

  /** A line below a paragraph makes a heading of it, or a table of its last line. */
  underlined(words, paragraph) {
    const columns = sides(paragraph.lines.at(-1), words);
    if (columns) {
      const head = paragraph.lines.pop();
      const { start } = paragraph;
      if (!paragraph.lines.length) this.open.at(-2).children.pop();
      this.push("table", { columns, lines: [head], start });
      this.finish();
      return true;
    }
    if (!UNDERLINE.test(words)) return false;
    const title = define(paragraph.lines.join("\n"), this.definitions);
    paragraph.lines = title ? [title] : [];
    if (!title) return false;
    Object.assign(paragraph, { type: "heading", level: words[0] === "=" ? 1 : 2, text: title.trim() });
    this.touch();
    this.finish(true);
    return true;
  }

  item(words, paragraph) {
    const found = ITEM.exec(words);
    if (!found) return false;
    const [{ length }, number] = found;
    const kind = found[0].at(-1);
    if (paragraph && (words.length === length || !words.slice(length).trim() || (number && Number(number) !== 1))) return false;
    while (this.open.length > this.kept) this.close();
    if (this.tip.type === "paragraph") this.close();
    if (this.tip.type !== "list" || this.tip.kind !== kind) {
      if (this.tip.type === "list") this.close();
      this.kept = this.open.length;
      this.push("list", { kind, number: number && Number(number) });
    }
    this.kept = this.open.length;
    const { indent } = this;
    this.push("item");
    this.skip(indent + length);
    const gap = this.blank || this.indent > 4 ? 1 : this.indent;
    this.tip.width = indent + length + gap;
    this.skip(Math.min(gap, this.indent));
    return true;
  }

  /** A displayed formula may go over lines that would mean something else, empty ones among them. */
  beginsFormula(words, paragraph) {
    const [found] = this.math.filter(({ left }) => (paragraph ? words.trimEnd() === left : words.startsWith(left)));
    if (!found || this.absent.has(found.right)) return false;
    const { left, right } = found;
    const end = words.indexOf(right, left.length);
    if (end >= 0 && words.slice(end + right.length).trim()) return false; // more in its line: it is part of a paragraph
    if (end < 0 && !this.source.slice(this.at + 1).some((line) => line.includes(right))) {
      this.absent.add(right);
      return false;
    }
    const made = this.push("formula", { right, lines: [words] });
    this.done = true;
    if (end >= 0) this.close();
    return Boolean(made);
  }

  formula(open) {
    return (this.done = this.ended(open, open.right));
  }

  /** Put the line's text where it belongs. */
  text() {
    const { tip, kept, blank } = this;
    const lazy = this.open.length > kept && tip.type === "paragraph" && !blank;
    if (!lazy) while (this.open.length > this.kept) this.close();
    const place = this.tip;
    if (place.type === "table" && !this.rest.includes("|")) this.close();
    if (/paragraph|table/.test(this.tip.type)) this.tip.lines.push(this.rest.trimStart());
    else if (/fence|code|tags/.test(place.type)) place.lines.push(this.rest);
    else if (!blank) this.push("paragraph").lines.push(this.rest.trimStart());
    if (!blank || place.type === "fence") this.touch();
    else if (place.type === "quote") this.touch();
  }
}

/** Whether a blank line stands between two blocks of `list`'s items: they are shown with space between them. */
export function isLoose({ children }) {
  const apart = (blocks) => blocks.some(({ start }, at) => at && blocks[at - 1].end + 1 < start);
  return apart(children) || children.some((item) => apart(item.children));
}
