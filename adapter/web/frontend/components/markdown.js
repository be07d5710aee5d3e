// Markdown becomes DOM nodes: the browser never parses it as HTML, so there is nothing to sanitise.

import { set } from "../dom.js";
import { Component } from "../nodes.js";
import { Blocks } from "./markdown/blocks.js";
import { draw } from "./markdown/draw.js";
import { painters } from "./markdown/formulas.js";

const MODULES = { code: ["code[data-language]", "colours"], math: [".sf-math", "math"] };

/** Return `source` as a fragment of nodes; `breaks` makes every line end a line break, `math` says what stands around formulas. */
export function markdown(source, breaks = false, math = null) {
  const lines = String(source).replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd").replace(/\n$/, "").split("\n");
  const blocks = new Blocks(lines, math ?? []);
  return draw(blocks.root, { breaks, math: math ?? [], definitions: blocks.definitions });
}

/** Load what draws the code and the formulas of `place`; true if they should be drawn again with it. */
export async function improve(place) {
  const wanted = Object.entries(MODULES).filter(([kind, [selector]]) => !painters[kind] && place.querySelector(selector));
  const load = async ([kind, [, module]]) => (painters[kind] = (await import(`./${module}.js`)).paint);
  return Promise.all(wanted.map(load)).then(({ length }) => length > 0, () => false); // not loaded: it stays as it is
}

class Markdown extends Component {
  static single = false;

  show() {
    const { value, line_breaks: breaks, latex_delimiters: math } = this.props;
    this.slot.replaceChildren(markdown(value ?? "", breaks, math));
    improve(this.slot).then((better) => better && this.show());
  }

  get classes() {
    return `sf-block sf-markdown sf-prose ${this.props.container ? "" : "sf-open"}`;
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
