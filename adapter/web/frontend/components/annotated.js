// A picture with regions on it. A region is seen alone while its label, or it itself, is pointed at.

import { h, styled } from "../dom.js";
import { Component } from "../nodes.js";
import { picture } from "./addresses.js";
import { enlarge, length, tool } from "./image.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

await styled(new URL("annotated.css", import.meta.url));

class AnnotatedImage extends Component {
  static single = false;

  body() {
    this.frame = h("div", { class: "sf-frame sf-annotated" });
    this.labels = h("div", { class: "sf-legend sf-options" });
    this.slot.append(this.frame, this.labels);
    this.whole = tool(viewTexts.fullscreen, () => enlarge(this.frame), `${viewTexts.fullscreen} ${this.called}`);
    this.tools.append(this.whole);
  }

  refresh(changes) {
    super.refresh(changes);
    this.slot.style.width = length(this.props.width);
    this.frame.style.height = length(this.props.height);
    this.labels.hidden = this.props.show_legend === false;
    if (!("value" in changes)) this.show();
  }

  show() {
    const value = this.props.value ?? null;
    this.whole.hidden = !value || this.props.buttons?.includes("fullscreen") === false;
    if (!value) {
      this.labels.replaceChildren();
      return this.frame.replaceChildren(h("p", { class: "sf-soft" }, viewTexts.noPicture));
    }
    const turn = (label, index) => (this.props.color_map?.[label] ? 0 : Math.round((index * 360) / value.annotations.length));
    this.masks = value.annotations.map(({ image, label }, index) => {
      const mask = picture(image, this.page, label);
      mask.classList.add("sf-mask");
      mask.style.filter = `hue-rotate(${turn(label, index)}deg)`;
      return mask;
    });
    this.frame.replaceChildren(picture(value.image, this.page, this.called), ...this.masks);
    this.labels.replaceChildren(...value.annotations.map(({ label }, index) => this.region(label, index, turn(label, index))));
  }

  region(label, index, turn) {
    const alone = (is) => this.masks.forEach((mask, at) => mask.classList.toggle("sf-faint", is && at !== index));
    const on = { onmouseenter: () => alone(true), onmouseleave: () => alone(false), onfocus: () => alone(true), onblur: () => alone(false) };
    const shown = h("button", { type: "button", class: "sf-region", ...on, onclick: () => this.emit("select", { value: label, index }) }, label);
    shown.style.setProperty("--tone", this.props.color_map?.[label] ?? `hsl(${turn} 100% 50%)`);
    return shown;
  }
}

export const components = { annotatedimage: AnnotatedImage };
