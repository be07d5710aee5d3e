// Files that the visitor gives: chosen, dropped or pasted; checked, sent one by one, and shown with their progress.

import { text } from "../strings.js";
import { h, set, styled } from "../dom.js";
import { fileLink, nameOf } from "./addresses.js";
import { texts } from "./upload/texts.js";

await styled(new URL("files.css", import.meta.url));

const KINDS = ["image", "video", "audio", "text"];
const UNITS = ["B", "kB", "MB", "GB"];

/** Return `bytes` in words: "1.2 MB". */
export function size(bytes) {
  let power = 0;
  for (let left = bytes; left >= 1000 && power < UNITS.length - 1; left /= 1000) power += 1;
  return `${(bytes / 1000 ** power).toFixed(power && bytes / 1000 ** power < 10 ? 1 : 0)} ${UNITS[power]}`;
}

/** Let the browser save `file`. */
export function save(file, page) {
  const link = fileLink(file, page);
  document.body.append(link);
  link.click();
  link.remove();
}

/** The value of an input's `accept` for Gradio's `file_types`; null for any file. */
function accepted(types) {
  const known = (types ?? []).map((type) => (KINDS.includes(type) ? `${type}/*` : type));
  return !known.length || known.includes("file") ? null : known.join(",");
}

function fits({ name, type }, types) {
  return (accepted(types) ?? "*").split(",").some((rule) => {
    if (rule.startsWith(".")) return name.toLowerCase().endsWith(rule.toLowerCase());
    return rule === "*" || (rule.endsWith("/*") ? type.startsWith(rule.slice(0, -1)) : type === rule);
  });
}

/** Takes the visitor's files for a component: `took` gets the data of those that were sent. */
export class Intake {
  #owner;
  #took;
  #abort = null;

  /** The files may be `many`, a whole `directory`, and of `types`, as Gradio names them; each is sent as what it is to `become`. */
  constructor(owner, took, { many = () => false, directory = () => false, types = () => null, become = (file) => file } = {}) {
    this.#owner = owner;
    this.#took = took;
    Object.assign(this, { many, directory, types, become });
    this.input = h("input", { type: "file", class: "sf-unseen", tabindex: "-1", "aria-hidden": "true", hidden: true });
    this.input.addEventListener("change", () => {
      this.give([...this.input.files]);
      this.input.value = ""; // so that the same file can be chosen again
    });
    this.prepare();
  }

  get busy() {
    return this.#abort !== null;
  }

  /** Let the visitor choose among the machine's files. */
  open() {
    this.prepare();
    this.input.click();
  }

  prepare() {
    const many = this.many() || this.directory();
    set(this.input, "multiple", many);
    set(this.input, "webkitdirectory", this.directory());
    set(this.input, "accept", accepted(this.types()));
  }

  /** Take what is dropped on `element`, or pasted while the focus is in it. */
  receive(element) {
    let depth = 0; // of the elements inside that are dragged over
    const mark = (step) => element.classList.toggle("sf-over", (depth = step && Math.max(depth + step, 0)) > 0);
    const files = (event) => this.#owner.interactive && [...(event.dataTransfer?.types ?? [])].includes("Files");
    element.addEventListener("dragenter", (event) => files(event) && mark(1));
    element.addEventListener("dragleave", (event) => files(event) && mark(-1));
    element.addEventListener("dragover", (event) => files(event) && event.preventDefault());
    element.addEventListener("drop", async (event) => {
      if (!files(event)) return;
      event.preventDefault();
      mark(0);
      this.give(await dropped(event.dataTransfer, this.directory()));
    });
    element.addEventListener("paste", (event) => {
      const found = [...(event.clipboardData?.files ?? [])];
      if (!found.length || !this.#owner.interactive) return;
      event.preventDefault();
      this.give(found);
    });
  }

  /** Send `files`, those that may be sent; say of the others why not. */
  async give(files) {
    if (this.busy || !files.length || !this.#owner.interactive) return;
    const owner = this.#owner;
    owner.failed(null);
    const chosen = this.many() || this.directory() ? files : files.slice(0, 1);
    const refused = chosen.map((file) => this.#refusal(file));
    const fine = chosen.filter((_, index) => !refused[index]);
    const reasons = refused.filter(Boolean);
    const sent = fine.length ? await this.#send(fine, reasons) : [];
    if (sent.length) {
      owner.page.announce(texts.uploaded(sent.map(nameOf).join(", ")));
      this.#took(sent);
    }
    if (reasons.length) owner.failed(reasons.join("\n"));
  }

  #refusal(file) {
    const { largest } = this.#owner.page;
    if (!fits(file, this.types())) return texts.wrongKind(file.name, (this.types() ?? []).join(", "));
    return file.size > largest ? texts.tooLarge(file.name, size(file.size), size(largest)) : null;
  }

  async #send(files, reasons) {
    const { page } = this.#owner;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const whole = files.reduce((sum, file) => sum + file.size, 0) || 1;
    const sent = [];
    let before = 0;
    for (const file of files) {
      const progress = (part) => this.#show(texts.uploading(file.name), (before + part * file.size) / whole);
      progress(0);
      try {
        const { upload } = await import("./sending.js"); // which most visits do not need
        sent.push(await upload(await this.become(file), page, { progress, signal }));
      } catch (error) {
        if (!signal.aborted) reasons.push(texts.notUploaded(file.name, error.message));
      }
      before += file.size;
    }
    this.#abort = null;
    this.#show("", null);
    return sent;
  }

  /** Give up what is being sent. */
  stop() {
    this.#abort?.abort();
  }

  #show(message, fraction) {
    this.#owner.status(message, fraction);
    this.#owner.uploading?.(fraction !== null);
  }
}

/** The files of a drop; where folders are wanted, all that is in them. */
async function dropped(transfer, deep) {
  const entries = deep ? [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean) : [];
  return entries.length ? (await Promise.all(entries.map(filesOf))).flat() : [...transfer.files];
}

async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // at most a hundred
    if (!some.length) return (await Promise.all(found.map(filesOf))).flat();
    found.push(...some);
  }
}

/** A button to choose files by, and to drop them on. */
export function door(intake, label) {
  const button = h("button", { type: "button", class: "sf-door", onclick: () => intake.open() }, label);
  return h("div", {}, button, intake.input);
}
