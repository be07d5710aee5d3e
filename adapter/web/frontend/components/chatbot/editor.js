// A field in a message's place.

import { h } from "../../dom.js";
import { text } from "../../strings.js";

/** Put a field with the text `previous` in the place of `row`, until it is sent to `submit` or given up. */
export function editor(row, previous, { close, submit }) {
  const field = h("textarea", { "aria-label": text.chat.edit, rows: Math.min(previous.split("\n").length + 1, 10) });
  field.value = previous;
  const end = () => {
    form.remove();
    row.content.hidden = row.more.hidden = false;
    close();
  };
  const send = () => (end(), submit(field.value));
  const form = h(
    "div",
    { class: "sf-editor" },
    field,
    h("button", { type: "button", class: "sf-button sf-primary sf-sm", onclick: send }, text.send),
    h("button", { type: "button", class: "sf-button sf-sm", onclick: end }, text.cancel),
  );
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
    if (event.key === "Enter" && !event.shiftKey && event.target === field && !event.isComposing) (event.preventDefault(), send());
  });
  row.content.hidden = row.more.hidden = true;
  row.body.append(form);
  field.focus();
}
