// The parts of a message as nodes.

import { copyButton, h, image } from "../../dom.js";
import { text } from "../../strings.js";
import { address, fileLink, loads, nameOf } from "../addresses.js";
import { markdown } from "../markdown.js";
import { kindOf } from "./messages.js";

/** Return the nodes of one part of a message, as the `chat` shows it. */
export function drawPart(part, { props, page }) {
  if (part.component) return Object.assign(h("div", { class: "sf-held" }), { shows: part });
  if (typeof part.text !== "string") return media(part, props, page);
  if (props.render_markdown === false) return h("p", { class: "sf-plain" }, part.text);
  const nodes = markdown(part.text, props.line_breaks !== false, props.latex_delimiters);
  for (const pre of nodes.querySelectorAll("pre")) {
    const holder = h("div", { class: "sf-snippet" });
    pre.replaceWith(holder);
    const button = copyButton(() => button.previousSibling.textContent, text.copy);
    holder.append(pre, button);
  }
  return nodes;
}

/** An image, audio, a video, or a link to a file. */
function media({ file, alt_text: alt }, props, page) {
  const found = address(file, page);
  const name = alt || nameOf(file);
  const kind = loads(found, page) ? kindOf(file) : "";
  const saves = props.allow_file_downloads !== false && found;
  if (kind === "audio" || kind === "video") return h(kind, { src: found, controls: true, "aria-label": name });
  const shown = kind === "image" ? image({ src: found, alt: name }) : h("span", { class: "sf-file" }, name);
  if (!saves) return shown;
  const link = fileLink(file, page);
  link.title = `${text.download} ${nameOf(file)}`;
  link.replaceChildren(shown);
  return link;
}

/** A file as small as an example has room for it: its picture, or its name. */
export function thumb(file, page) {
  const found = address(file, page);
  const drawn = kindOf(file) === "image" && loads(found, page);
  return drawn ? image({ src: found, alt: nameOf(file) }) : h("span", { class: "sf-soft" }, nameOf(file));
}
