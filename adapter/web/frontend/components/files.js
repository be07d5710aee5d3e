// Files as such: a list to give and to get, and the two buttons that do one of it.

import { text } from "../strings.js";
import { h, set } from "../dom.js";
import { Component } from "../nodes.js";
import { fileLink, nameOf } from "./addresses.js";
import { Button } from "./controls/button.js";
import { door, Intake, save, size } from "./upload.js";
import { texts } from "./upload/texts.js";

class File extends Component {
  static single = false;

  get many() {
    return this.props.file_count === "multiple" || this.props.file_count === "directory";
  }

  get files() {
    return [this.props.value ?? []].flat();
  }

  body() {
    this.intake = new Intake(this, (sent) => this.took(sent), {
      many: () => this.many,
      directory: () => this.props.file_count === "directory",
      types: () => this.props.file_types,
    });
    this.list = h("ul", { class: "sf-files", tabindex: "0" });
    this.door = door(this.intake, "");
    this.slot.append(this.list, this.door);
    this.intake.receive(this.element);
    this.clear = h("button", { type: "button", class: "sf-small", onclick: () => this.emptied() }, text.clearAll);
    this.tools.append(this.clear);
  }

  refresh(changes) {
    super.refresh(changes);
    const { height } = this.props;
    this.list.style.maxHeight = typeof height === "number" ? `${height}px` : (height ?? "");
    this.show();
  }

  show() {
    const { files, interactive } = this;
    this.list.replaceChildren(...files.map((file, index) => this.item(file, index)));
    this.list.hidden = !files.length;
    set(this.list, "tabindex", this.props.height ? "0" : null); // what scrolls can be reached by the keyboard
    this.clear.hidden = !files.length || !interactive;
    this.door.hidden = !interactive || (files.length > 0 && !this.many);
    const { file_count: count, file_types: types } = this.props;
    const wanted = types?.length ? types.join(", ") : count === "directory" ? texts.aFolder : null;
    set(this.door.firstChild, "aria-description", wanted);
    this.door.firstChild.replaceChildren(texts.giveFiles, wanted ? h("small", { "aria-hidden": "true" }, wanted) : "");
    if (!files.length && !interactive) this.list.before(this.nothing());
    else this.blank?.remove();
  }

  nothing() {
    this.blank ??= h("p", { class: "sf-soft" }, texts.noFile);
    return this.blank;
  }

  item(file, index) {
    const name = nameOf(file);
    const link = fileLink(file, this.page);
    link.addEventListener("click", () => {
      this.emit("select", { value: name, index });
      this.emit("download", file);
    });
    const item = h("li", {}, link, h("span", { class: "sf-soft" }, file.size ? size(file.size) : ""));
    if (!this.interactive) return item;
    const act = (label, name, run) => item.append(h("button", { type: "button", class: "sf-small", "aria-label": name, onclick: run }, label));
    if (this.props.allow_reordering && this.many) {
      if (index) act("↑", texts.earlier(name), () => this.move(index, index - 1));
      if (index < this.files.length - 1) act("↓", texts.later(name), () => this.move(index, index + 1));
    }
    act("×", text.remove(name), () => this.drop(index));
    return item;
  }

  took(sent) {
    this.value = this.many ? [...this.files, ...sent] : sent[0];
    this.edited();
    this.emit("upload");
    (this.door.hidden ? this.clear : this.door.firstChild).focus();
  }

  move(from, to) {
    const files = [...this.files];
    files.splice(to, 0, ...files.splice(from, 1));
    this.value = files;
    this.edited();
    this.list.children[to].querySelector("button")?.focus();
  }

  drop(index) {
    const file = this.files[index];
    const left = this.files.filter((_, place) => place !== index);
    this.value = this.many && left.length ? left : null;
    this.edited();
    this.emit("delete", file);
    if (!left.length) this.emit("clear");
    (this.list.querySelector("button") ?? this.door.firstChild).focus();
  }

  emptied() {
    this.intake.stop();
    this.value = null;
    this.edited();
    this.emit("clear");
    this.door.firstChild.focus();
  }
}

/** What both buttons share: their text is their label, their value a file. */
class FileButton extends Button {
  get interactive() {
    return this.props.interactive !== false;
  }

  refresh(changes) {
    super.refresh(changes);
    this.show();
  }

  show() {
    this.element.textContent = this.props.label ?? "";
  }
}

class UploadButton extends FileButton {
  draw() {
    super.draw();
    const many = () => this.props.file_count === "multiple";
    const directory = () => this.props.file_count === "directory";
    this.intake = new Intake(this, (sent) => this.took(sent), { many, directory, types: () => this.props.file_types });
    this.intake.receive(this.element);
  }

  click() {
    if (this.element.getAttribute("aria-disabled") || this.intake.busy) return;
    this.emit("click");
    this.intake.open();
  }

  took(sent) {
    this.value = this.intake.many() || this.intake.directory() ? sent : sent[0];
    this.emit("upload");
    this.emit("change");
  }

  status(message, fraction = null) {
    if (!this.intake.busy && fraction !== null) return;
    if (fraction === null) this.show();
    else this.element.textContent = `${message} ${Math.round(fraction * 100)} %`;
  }

  failed(message) {
    if (message) this.page.notify("error", message);
  }
}

class DownloadButton extends FileButton {
  click() {
    if (this.element.getAttribute("aria-disabled")) return;
    if (this.value) save(this.value, this.page);
    this.emit("click");
  }
}

export const components = {
  file: File,
  uploadbutton: UploadButton,
  downloadbutton: DownloadButton,
};
