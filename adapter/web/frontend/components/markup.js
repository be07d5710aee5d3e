// HTML in what visitors and models write, as nodes: few tags and attributes, and nothing in it runs.

import { entityAt, enter, tagAt } from "./markdown/tags.js";

const UNSEEN = /<(script|style|template|iframe|object|svg|math|noscript|textarea|title)\b[\s\S]*?(<\/\1\s*>|$)/gi;
const COMMENT = /<!--[\s\S]*?(-->|$)|<[!?][^>]*(>|$)/g;

/** Return `source` as a fragment of nodes; tags that are not known are left out, their text stays. `also` are attributes. */
export function markup(source, also = []) {
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
      if (tag.known) place = enter(tag, place, root, also);
    } else said += entity?.character ?? plain[at];
    at += (tag ?? entity)?.length ?? 1;
  }
  place.append(said);
  return root;
}
