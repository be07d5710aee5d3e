// The steps on the way to an answer.

import { h } from "../../dom.js";
import { text } from "../../strings.js";

/** A step on the way to an answer; open while it is under way. */
export function thought({ title, status, duration, log }, parts) {
  const summary = h("summary", {}, title);
  const notes = [log, typeof duration === "number" && text.seconds(duration)].filter(Boolean).join(" · ");
  if (notes) summary.append(h("span", { class: "sf-soft" }, ` ${notes}`));
  const details = h("details", { class: "sf-thought", "data-status": status }, summary, h("div", {}, ...parts));
  details.open = status === "pending";
  return details;
}

/** Put thoughts where they stand: those that belong to another one stand inside it. */
export function nest(messages, rows, list) {
  const holders = new Map();
  messages.forEach(({ metadata }, index) => {
    const { element, content } = rows[index];
    const parent = holders.get(metadata?.parent_id);
    const place = parent ?? list;
    if (element.parentNode !== place) place.append(element);
    if (metadata?.title && metadata.id !== undefined && metadata.id !== null) {
      const details = content.querySelector(":scope > .sf-thought");
      const held = details.querySelector(":scope > .sf-nested") ?? details.appendChild(h("div", { class: "sf-nested" }));
      holders.set(metadata.id, held);
    }
  });
}
