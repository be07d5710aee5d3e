// Messages that stand over the page for a while: errors, warnings, information.

import { text } from "./strings.js";
import { h } from "./tree.js";

const MOST = 5;
let region = null;

function place() {
  if (region) return region;
  region = h("div", { class: "toasts", role: "region", "aria-label": text.messages, "aria-live": "polite" });
  document.body.append(region);
  return region;
}

/** Show `message` for `duration` seconds (null: until it is closed); `retry` adds a button that tries again. */
export function show(level, message, { title, duration = 10, visible = true, retry = null } = {}) {
  if (visible === false) return;
  const kind = ["error", "warning", "success"].includes(level) ? level : "info";
  const close = () => toast.remove();
  const act = () => {
    close();
    retry();
  };
  const toast = h(
    "div",
    { class: `toast ${kind}`, onkeydown: (event) => event.key === "Escape" && close() },
    h("div", {}, h("strong", {}, title ?? text[kind] ?? text.info), h("p", {}, String(message))),
    h("button", { type: "button", class: "close", "aria-label": text.close, onclick: close }, "×"),
  );
  if (retry) toast.append(h("button", { type: "button", class: "small", onclick: act }, text.tryAgain));
  const all = place();
  all.append(toast);
  while (all.children.length > MOST) all.firstChild.remove();
  if (duration) expire(toast, duration, close);
}

/** Close after `duration` seconds in which nobody points at the toast or has the focus in it. */
function expire(toast, duration, close) {
  let timer = null;
  const start = () => (timer = setTimeout(close, duration * 1000));
  const stop = () => clearTimeout(timer);
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, stop);
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, start);
  start();
}
