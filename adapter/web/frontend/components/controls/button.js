// A button.

import { set } from "../../dom.js";
import { Block } from "../../nodes.js";

export class Button extends Block {
  static tag = "button";

  get classes() {
    return `sf-button sf-${this.props.variant ?? "sf-secondary"} sf-${this.props.size ?? "sf-lg"}`;
  }

  show() {
    this.element.textContent = this.value ?? "";
  }

  draw() {
    this.element.type = "button";
    this.element.addEventListener("click", () => this.click());
  }

  refresh(changes) {
    super.refresh(changes);
    this.element.disabled = this.props.interactive === false;
  }

  click() {
    if (this.element.getAttribute("aria-disabled")) return;
    const { link, link_target: target } = this.props;
    if (link && /^(https?:|\/|\.|#)/i.test(link)) window.open(link, target ?? "_self", "noopener");
    this.emit("click");
  }

  /** Refuse clicks while `busy`; the button keeps the focus, which `disabled` would take away. */
  block(busy) {
    set(this.element, "aria-disabled", busy ? "true" : null);
  }
}
