// Pictures side by side; one of them large, to go through by the arrow keys.

import { text } from "../strings.js";
import { h, set } from "../dom.js";
import { Component } from "../nodes.js";
import { address, loads, nameOf, picture } from "./addresses.js";
import { enlarge, length, tool } from "./image.js";
import { door, Intake, save } from "./upload.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

const FITS = ["contain", "cover", "fill", "none", "scale-down"];
const FIRST = { ArrowRight: 1, ArrowLeft: -1 };

class Gallery extends Component {
  static single = false;

  get items() {
    return this.props.value ?? [];
  }

  body() {
    this.at = this.props.selected_index ?? null; // of the picture that is shown large
    const types = () => this.props.file_types ?? ["image", "video"];
    this.intake = new Intake(this, (sent) => this.took(sent), { many: () => true, types });
    this.intake.receive(this.element);
    this.grid = h("ul", { class: "sf-grid" });
    this.preview = h("div", { class: "sf-preview", role: "group", hidden: true, onkeydown: (event) => this.press(event) });
    this.door = door(this.intake, texts.giveFiles);
    this.blank = h("p", { class: "sf-soft" }, viewTexts.noPicture);
    this.slot.append(this.preview, this.grid, this.door, this.blank);
    this.all = tool(viewTexts.downloadAll, () => this.items.forEach((item) => save(file(item), this.page)));
    this.clear = tool(text.clearAll, () => this.emptied(), `${text.clearAll} ${this.label}`);
    this.tools.append(this.all, this.clear);
  }

  refresh(changes) {
    if (this.at >= this.items.length) this.at = null;
    if ("value" in changes && this.props.preview && this.items.length) this.at ??= this.props.selected_index ?? 0;
    super.refresh(changes);
    if ("selected_index" in changes && changes.selected_index !== undefined) this.at = changes.selected_index;
    const { columns, rows, height, object_fit: fit } = this.props;
    const count = typeof columns === "object" ? Math.max(...Object.values(columns ?? { md: 2 })) : columns;
    this.grid.style.setProperty("--columns", count ?? 2);
    this.grid.style.setProperty("--fit", FITS.includes(fit) ? fit : "cover");
    if (rows) this.grid.dataset.rows = rows;
    this.slot.style.maxHeight = length(height);
    this.show();
  }

  show() {
    const { items, interactive } = this;
    const large = this.at !== null && this.at < items.length;
    this.grid.replaceChildren(...items.map((item, index) => this.tile(item, index, large)));
    this.grid.classList.toggle("sf-strip", large);
    this.grid.hidden = !items.length;
    this.preview.hidden = !large;
    this.preview.replaceChildren(...(large ? this.large(items[this.at]) : []));
    this.door.hidden = !interactive || this.props.sources?.includes("upload") === false;
    this.door.classList.toggle("sf-low", items.length > 0);
    this.blank.hidden = items.length > 0 || interactive;
    this.clear.hidden = !interactive || !items.length;
    this.all.hidden = items.length < 2 || this.props.buttons?.includes("download_all") === false;
  }

  tile(item, index, large) {
    const name = item.caption || nameOf(file(item));
    const open = h("button", { type: "button", class: "sf-tile", "aria-label": viewTexts.openPicture(name, index + 1), "aria-current": large && index === this.at ? "true" : null }, medium(item, this.page));
    open.addEventListener("click", () => this.choose(index));
    open.addEventListener("keydown", (event) => event.key in FIRST && this.step(index + FIRST[event.key], event));
    const tile = h("li", {}, open);
    if (item.caption && !large) tile.append(h("span", { class: "sf-caption" }, item.caption));
    if (this.interactive && !large) tile.append(h("button", { type: "button", class: "sf-small sf-drop", "aria-label": text.remove(name), onclick: () => this.drop(index) }, "×"));
    return tile;
  }

  large(item) {
    const { buttons } = this.props;
    const name = item.caption || nameOf(file(item));
    const figure = h("figure", { tabindex: "0", "aria-label": viewTexts.openPicture(name, this.at + 1) }, medium(item, this.page, true));
    if (item.caption) figure.append(h("figcaption", {}, item.caption));
    const bar = h("div", { class: "sf-options" }, tool("‹", () => this.go(this.at - 1), text.previous), tool("›", () => this.go(this.at + 1), text.next));
    bar.append(h("span", { class: "sf-soft" }, text.page(this.at + 1, this.items.length)));
    if (buttons?.includes("download") !== false) bar.append(tool(text.download, () => save(file(item), this.page)));
    if (buttons?.includes("fullscreen") !== false) bar.append(tool(viewTexts.fullscreen, () => enlarge(figure)));
    bar.append(tool("×", () => this.close(), text.close));
    set(this.preview, "aria-label", name);
    return [bar, figure];
  }

  choose(index) {
    this.tell(index);
    if (this.props.allow_preview === false) return;
    const closed = this.at === null;
    this.at = index;
    this.show();
    this.preview.querySelector("figure").focus();
    if (closed) this.emit("preview_open");
  }

  tell(index) {
    this.emit("select", { index, value: this.items[index] });
  }

  /** Move the focus among the small pictures. */
  step(index, event) {
    event.preventDefault();
    this.grid.children[(index + this.items.length) % this.items.length].querySelector(".sf-tile").focus();
  }

  /** Show the picture at `index` large; after the last comes the first. */
  go(index) {
    this.at = (index + this.items.length) % this.items.length;
    this.show();
    this.preview.querySelector("figure").focus();
    this.tell(this.at);
  }

  press(event) {
    if (event.key in FIRST) this.go(this.at + FIRST[event.key]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  close() {
    const { at } = this;
    this.at = null;
    this.show();
    this.grid.children[at]?.querySelector(".sf-tile").focus();
    this.emit("preview_close");
  }

  took(sent) {
    const kind = (data) => (data.mime_type?.startsWith("video/") ? "video" : "image");
    this.value = [...this.items, ...sent.map((data) => ({ [kind(data)]: data, caption: null }))];
    this.edited();
    this.emit("upload");
    this.door.firstChild.focus();
  }

  drop(index) {
    const gone = this.items[index];
    const left = this.items.filter((_, place) => place !== index);
    this.value = left.length ? left : null;
    this.edited();
    this.emit("delete", file(gone));
    (this.grid.querySelector(".sf-drop") ?? this.door.firstChild).focus();
  }

  emptied() {
    this.at = null;
    this.value = null;
    this.edited();
    this.door.firstChild.focus();
  }
}

const file = (item) => item.image ?? item.video ?? item;

/** An image or a video; the large one of these is described by its caption. */
function medium(item, page, large = false) {
  const found = address(file(item), page);
  if (!item.video) return picture(file(item), page, large ? item.caption || "" : "");
  return loads(found, page) ? h("video", { src: found, controls: large, preload: "metadata" }) : h("span", {}, nameOf(item.video));
}

export const components = { gallery: Gallery };
