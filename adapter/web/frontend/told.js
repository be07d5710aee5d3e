// What tells the visitor something that may have HTML in it, as Gradio's messages may.

import { h } from "./dom.js";

const HTML = /<(a|b|br|code|em|h\d|i|li|p|span|strong)\b[^<]*>/i; // what is more often meant than written of

/** Return a `tag` that tells `message`: with its HTML, which Gradio's messages may have, once what makes nodes of that has come. */
export function told(tag, message) {
  const place = h(tag, {}, message);
  const rich = ({ markup }) => place.replaceChildren(markup(message));
  if (HTML.test(message)) import("./components/markup.js").then(rich, () => {}); // else it stays as it is written
  return place;
}
