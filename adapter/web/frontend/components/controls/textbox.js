// A field for text, with the buttons beside it.

import { h, set } from "../../dom.js";
import { text } from "../../strings.js";
import { Field } from "./field.js";

export class Textbox extends Field {
  get value() {
    return this.control.value;
  }

  set value(value) {
    this.control.value = value ?? "";
    this.fit();
    if (this.props.autoscroll !== false && !this.interactive) this.control.scrollTop = this.control.scrollHeight;
  }

  get lines() {
    return this.props.lines ?? 1;
  }

  body() {
    const plain = !this.props.type || this.props.type === "text";
    const field = this.listen(h(plain ? "textarea" : "input"));
    if (!plain) field.type = this.props.type;
    this.slot.append(field.type === "password" ? secret(field) : field);
    field.addEventListener("input", () => this.fit());
    this.stopping = false; // whether a call is under way that the visitor can stop from here
    this.addCopy(() => this.value);
    return field;
  }

  /** Show the buttons beside the field: one that sends, or while a call can be stopped, one that stops it. */
  drawButtons() {
    const { submit_btn: send, stop_btn: stop } = this.props;
    const had = this.buttons?.some((button) => button === document.activeElement);
    for (const button of this.buttons ?? []) button.remove();
    const make = (label, otherwise, event, look) => {
      const name = typeof label === "string" ? label : otherwise;
      return h("button", { type: "button", class: `sf-button sf-${look} sf-sm`, onclick: () => this.emit(event) }, name);
    };
    const stops = stop || this.stopping;
    this.buttons = [];
    if (send && !this.stopping) this.buttons.push(make(send, text.send, "submit", "primary"));
    if (stops) this.buttons.push(make(stop, text.stop, "stop", "stop"));
    this.slot.append(...this.buttons);
    if (had) (this.buttons[0] ?? this.control).focus();
  }

  /** Offer to stop, while there is something to stop. */
  stoppable(running) {
    if (running === this.stopping) return;
    this.stopping = running;
    this.drawButtons();
  }

  submits(event) {
    return this.interactive && (this.lines > 1 ? event.shiftKey : !event.shiftKey);
  }

  refresh(changes) {
    super.refresh(changes);
    if ("submit_btn" in changes || "stop_btn" in changes) this.drawButtons();
    const { max_length: longest, rtl, text_align: align, max_lines: most } = this.props;
    set(this.control, "maxlength", longest);
    this.control.dir = rtl ? "rtl" : "auto";
    if (align) this.control.style.textAlign = align;
    if (this.control.type !== "textarea") return;
    this.control.rows = this.lines;
    this.control.style.setProperty("--lines", this.lines);
    this.control.style.setProperty("--most", Math.max(most ?? 20, this.lines));
    this.fit();
  }

  /** Grow with the text where the style sheet's field-sizing is not known. */
  fit() {
    if (this.control.type !== "textarea" || CSS.supports("field-sizing", "content")) return;
    this.control.style.height = "auto";
    if (this.control.scrollHeight) this.control.style.height = `${this.control.scrollHeight + 2}px`;
  }
}

/** Return `field` in a form of its own, as browsers and their password managers want it; nothing is ever submitted by it. */
function secret(field) {
  const name = h("input", { autocomplete: "username", hidden: true });
  set(field, "autocomplete", "current-password");
  return h("form", { class: "sf-secret", onsubmit: (event) => event.preventDefault() }, name, field);
}
