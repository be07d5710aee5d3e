// A text with files: what a visitor says to a model that can look and listen.

import { text } from "../strings.js";
import { h } from "../dom.js";
import { address, loads, nameOf, picture } from "./addresses.js";
import { Textbox } from "./controls/textbox.js";
import { Intake } from "./upload.js";
import { texts } from "./upload/texts.js";

class MultimodalTextbox extends Textbox {
  get classes() {
    return "sf-block sf-textbox sf-multimodal";
  }

  get value() {
    return { text: this.control.value, files: [...(this.files ?? [])] };
  }

  set value(value) {
    const given = typeof value === "string" ? { text: value } : (value ?? {});
    this.files = [...(given.files ?? [])];
    super.value = given.text ?? "";
    this.drawFiles();
  }

  body() {
    this.files = [];
    this.intake = new Intake(this, (sent) => this.took(sent), {
      many: () => this.props.file_count === "multiple",
      directory: () => this.props.file_count === "directory",
      types: () => this.props.file_types,
    });
    this.chips = h("ul", { class: "sf-attached", "aria-label": texts.attached, hidden: true });
    this.attach = h("button", { type: "button", class: "sf-button sf-sm sf-attach", "aria-label": texts.attach, onclick: () => this.intake.open() }, "+");
    this.record = h("button", { type: "button", class: "sf-button sf-sm" }, texts.record.start);
    this.record.addEventListener("click", async () => (await import("./recorder.js")).speak(this)); // the sound goes with the text
    this.slot.append(this.attach, this.intake.input);
    const field = super.body();
    this.slot.append(this.record);
    this.slot.before(this.chips);
    this.intake.receive(this.element);
    return field;
  }

  addCopy() {} // the buttons of a text with files are others

  refresh(changes) {
    super.refresh(changes);
    this.attach.hidden = !this.interactive || this.props.sources?.includes("upload") === false;
    this.record.hidden = !this.interactive || !this.props.sources?.includes("microphone");
    this.drawFiles();
  }

  took(sent) {
    this.files = this.intake.many() || this.intake.directory() ? [...this.files, ...sent] : sent;
    this.drawFiles();
    this.edited();
    this.emit("upload");
    this.control.focus();
  }

  drawFiles() {
    this.chips.hidden = !this.files.length;
    this.chips.replaceChildren(...this.files.map((file, index) => this.chip(file, index)));
  }

  chip(file, index) {
    const name = nameOf(file);
    const seen = /^image\//.test(file.mime_type ?? "") && loads(address(file, this.page), this.page);
    const chip = h("li", { class: "sf-chip" }, ...(seen ? [picture(file, this.page)] : []), h("span", {}, name));
    if (!this.interactive) return chip;
    const drop = () => {
      this.files = this.files.filter((_, place) => place !== index);
      this.drawFiles();
      this.edited();
      this.control.focus();
    };
    chip.append(h("button", { type: "button", "aria-label": text.remove(name), onclick: drop }, "×"));
    return chip;
  }

  /** What is still on its way belongs to what is said: it is sent with it, not after it. */
  uploading(busy) {
    for (const button of this.buttons ?? []) button.disabled = busy;
  }

  emit(event, data) {
    if (event === "submit" && this.intake.busy) return;
    super.emit(event, data);
  }
}

export const components = { multimodaltextbox: MultimodalTextbox };
