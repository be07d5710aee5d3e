// HTML of the app, as nodes: known tags and attributes only, and nothing in it runs.

import { Component, set } from "../tree.js";
import { entityAt, enter, tagAt } from "./markdown.js";

const UNSEEN = /<(script|style|template|iframe|object|svg|math|noscript|textarea|title)\b[\s\S]*?(<\/\1\s*>|$)/gi;
const COMMENT = /<!--[\s\S]*?(-->|$)|<[!?][^>]*(>|$)/g;

/** Return `source` as a fragment of nodes; tags that are not known are left out, their text stays. */
export function markup(source) {
  const plain = String(source).replace(COMMENT, "").replace(UNSEEN, "");
  const root = document.createDocumentFragment();
  let place = root;
  let said = "";
  for (let at = 0; at < plain.length; ) {
    const tag = plain[at] === "<" ? tagAt(plain, at) : null;
    const entity = plain[at] === "&" ? entityAt(plain, at) : null;
    if (tag) {
      place.append(said);
      said = "";
      if (tag.known) place = enter(tag, place, root);
    } else said += entity?.character ?? plain[at];
    at += (tag ?? entity)?.length ?? 1;
  }
  place.append(said);
  return root;
}

class Html extends Component {
  static single = false;

  show() {
    this.slot.replaceChildren(markup(this.value ?? ""));
  }

  get classes() {
    return `block html prose ${this.props.container ? "" : "open"}`;
  }

  refresh(changes) {
    super.refresh(changes);
    set(this.element, "role", this.props.label && "group");
    set(this.element, "aria-labelledby", this.props.label && this.name.id);
  }

  body() {
    this.slot.addEventListener("click", () => this.emit("click"));
    this.addCopy(() => this.value ?? "");
  }
}

export const components = { html: Html };
