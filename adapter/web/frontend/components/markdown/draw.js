// The tree of Markdown's blocks as nodes.

import { h } from "../../dom.js";
import { isLoose, row } from "./blocks.js";
import { formula, formulaAt, painters } from "./formulas.js";
import { Inline, plain } from "./inline.js";

const TASK = /^\[([ xX])\]\s/;

/** Return the children of `parent` as a fragment; known tags that are left open hold what follows them. */
export function draw(parent, options) {
  const root = document.createDocumentFragment();
  let place = root;
  for (const block of parent.children) {
    if (block.type === "tags") {
      const inline = new Inline(block.lines.join("\n"), options, true);
      inline.parse(place, root);
      place = inline.place;
    } else place.append(drawn[block.type](block, options));
  }
  return root;
}

const inline = (source, options) => new Inline(source, options).parse();

const drawn = {
  paragraph: ({ text }, options) => (text ? h("p", {}, inline(text, options)) : ""),
  heading: ({ level, text }, options) => h(`h${level}`, {}, inline(text, options)),
  rule: () => h("hr"),
  comment: () => "",
  quote: (block, options) => h("blockquote", {}, draw(block, options)),
  list: (block, options) => {
    const { number } = block;
    const loose = isLoose(block);
    const items = block.children.map((item) => listItem(item, loose, options));
    return h(number === undefined ? "ul" : "ol", { start: number === undefined || number === 1 ? null : number }, ...items);
  },
  fence: ({ lines, info }) => code(lines.join("\n"), plain(info.split(/\s/)[0])),
  code: ({ lines }) => code(lines.join("\n").replace(/\n\s*$/, "")),
  formula: ({ lines }, options) => {
    const found = formulaAt(lines.join("\n"), 0, options.math.filter(({ display }) => display));
    const whole = found && !lines.join("\n").slice(found.length).trim();
    return h("p", {}, whole ? formula(found) : inline(lines.join("\n"), options));
  },
  table: ({ lines: [head, ...others], columns }, options) => {
    const cells = (tag, line) => {
      const texts = row(line);
      return h("tr", {}, ...columns.map((align, index) => h(tag, { align }, inline(texts[index] ?? "", options))));
    };
    return h("table", {}, h("thead", {}, cells("th", head)), h("tbody", {}, ...others.map((line) => cells("td", line))));
  },
};

function code(source, language = null) {
  const inside = h("code", { "data-language": language || null }, (language && painters.code?.(source, language)) || source);
  return h("pre", { tabindex: "0" }, inside);
}

function listItem(block, loose, options) {
  const [first] = block.children;
  const item = h("li");
  const task = TASK.exec(first?.text ?? "");
  if (task) {
    first.text = first.text.slice(task[0].length);
    item.append(h("input", { type: "checkbox", disabled: true, checked: task[1] !== " ", "aria-label": first.text }), " ");
  }
  for (const node of [...draw(block, options).childNodes]) {
    if (!loose && node.nodeName === "P") item.append(...node.childNodes);
    else item.append(node);
  }
  return item;
}
