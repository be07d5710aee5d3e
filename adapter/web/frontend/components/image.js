// A picture: given from a file, the clipboard or the camera; shown, enlarged, saved, pointed at.

import { text } from "../strings.js";
import { h, set } from "../dom.js";
import { Component } from "../nodes.js";
import { picture } from "./addresses.js";
import { door, Intake, save } from "./upload.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

const SOURCES = ["upload", "webcam", "clipboard"];

/** Return a button of a component's head. */
export function tool(name, run, label = name) {
  return h("button", { type: "button", class: "sf-small", "aria-label": label, onclick: run }, name);
}

export const length = (size) => (typeof size === "number" ? `${size}px` : (size ?? ""));

export function enlarge(element) {
  if (document.fullscreenElement) return document.exitFullscreen();
  return element.requestFullscreen?.().catch(() => {}); // refused in some frames: the picture stays as it is
}

/** A component whose value is one file, which the visitor gives and takes away; it has a `clear`, a `door` and `more` ways. */
export class Given extends Component {
  static single = false;

  took(sent, event = "upload") {
    this.value = sent;
    this.edited();
    this.emit(event);
    this.clear.focus();
  }

  emptied() {
    this.value = null;
    this.edited();
    this.emit("clear");
    (this.door.hidden ? this.more : this.door).querySelector("button")?.focus();
  }
}

class Image extends Given {
  body() {
    this.intake = new Intake(this, ([sent]) => this.took(sent), { types: () => ["image"] });
    this.intake.receive(this.element);
    this.frame = h("div", { class: "sf-frame" });
    this.door = door(this.intake, texts.giveFiles);
    this.more = h("div", { class: "sf-options" });
    this.slot.append(this.frame, this.door, this.more);
    this.shown = {
      download: tool(text.download, () => save(this.value, this.page), `${text.download} ${this.called}`),
      fullscreen: tool(viewTexts.fullscreen, () => enlarge(this.frame), `${viewTexts.fullscreen} ${this.called}`),
    };
    this.clear = tool(text.clearAll, () => this.emptied(), `${text.clearAll} ${this.called}`);
    this.tools.append(...Object.values(this.shown), this.clear);
  }

  refresh(changes) {
    super.refresh(changes);
    const { sources = SOURCES, placeholder } = this.props;
    this.slot.style.width = length(this.props.width);
    this.frame.style.height = length(this.props.height);
    this.door.firstChild.replaceChildren(placeholder || texts.giveFiles);
    const others = { webcam: () => this.film(), clipboard: () => this.paste() };
    const names = { webcam: texts.camera.open, clipboard: viewTexts.paste.action };
    const called = { clipboard: viewTexts.paste.name };
    const offered = Object.keys(others).filter((source) => (sources ?? SOURCES).includes(source));
    this.more.replaceChildren(...offered.map((source) => h("button", { type: "button", class: "sf-button sf-sm", "aria-label": called[source], onclick: others[source] }, names[source])));
    this.show();
  }

  show() {
    const { value, interactive } = this;
    const { sources, buttons } = this.props;
    const key = value && `${value.path} ${value.url} ${this.props.alt_text ?? this.label}`;
    if (key !== this.drawn) this.paint(value);
    this.drawn = key;
    this.frame.hidden = !value && interactive;
    this.door.hidden = Boolean(value) || !interactive || !(sources ?? SOURCES).includes("upload");
    this.more.hidden = Boolean(value) || !interactive || Boolean(this.camera) || !this.more.children.length;
    for (const [name, button] of Object.entries(this.shown)) button.hidden = !value || buttons?.includes(name) === false;
    this.clear.hidden = !value || !interactive;
    this.element.classList.toggle("sf-pointed", Boolean(value) && this.page.listens(this, "select"));
  }

  paint(value) {
    if (!value) return this.frame.replaceChildren(this.interactive ? "" : h("p", { class: "sf-soft" }, viewTexts.noPicture));
    const shown = picture(value, this.page, this.props.alt_text || this.label);
    shown.addEventListener("click", (event) => shown.naturalWidth && this.point(event, shown));
    this.frame.replaceChildren(shown);
  }

  /** Say at which pixel of the picture itself the visitor pointed. */
  point({ offsetX, offsetY }, { naturalWidth: width, naturalHeight: height, clientWidth, clientHeight }) {
    const scale = Math.min(clientWidth / width, clientHeight / height); // the picture lies centred in its box
    const at = (offset, box, own) => Math.round((offset - (box - own * scale) / 2) / scale);
    const [x, y] = [at(offsetX, clientWidth, width), at(offsetY, clientHeight, height)];
    if (x >= 0 && y >= 0 && x < width && y < height) this.emit("select", { index: [x, y], value: null });
  }

  async film() {
    const { film } = await import("./camera.js");
    this.failed(null);
    this.camera = true;
    this.show();
    const file = await film(this.slot, this.props.webcam_options).catch((error) => this.failed(texts.camera.failed(error.message)));
    this.camera = false;
    this.show();
    this.more.querySelector("button")?.focus();
    if (file) await this.intake.give([file]);
  }

  async paste() {
    this.failed(null);
    const items = await navigator.clipboard?.read().catch(() => []);
    for (const item of items ?? []) {
      const type = item.types.find((one) => one.startsWith("image/"));
      if (!type) continue;
      const blob = await item.getType(type);
      return this.intake.give([new File([blob], `pasted.${type.split("/")[1]}`, { type })]);
    }
    this.failed(viewTexts.paste.none);
  }
}

export const components = { image: Image };
