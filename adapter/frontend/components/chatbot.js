// A conversation: messages as they grow, and what the visitor can do with them.
// One file, although long: a page with a chat needs all of it, and each file is a request.

import { text } from "../strings.js";
import { Component, copy, copyButton, h, make, same, set } from "../tree.js";
import { address, fileLink, loads, nameOf } from "./addresses.js";
import { improve, markdown } from "./markdown.js";

const NEAR_END_PX = 60; // from the end at which one still reads along
const DONE_MS = 1500;
const KINDS = { image: "png jpg jpeg gif webp svg avif", audio: "mp3 wav ogg flac m4a", video: "mp4 webm mov" };
const MIME = Object.fromEntries(Object.entries(KINDS).flatMap(([kind, all]) => all.split(" ").map((end) => [end, kind])));

class Chatbot extends Component {
  static single = false;

  get value() {
    return this.props.value ?? [];
  }

  set value(value) {
    const messages = value ?? [];
    if (!messages.length) this.rated.clear();
    this.came?.(messages);
    this.came = null; // what to do once an answer has come
    this.props.value = messages;
    this.expected = null;
    this.show();
  }

  body() {
    this.rows = []; // one per message: what it shows, and its elements
    this.rated = new Map(); // index → what the visitor said of it
    this.expected = null; // the messages to show until the server has answered
    this.typing = h("div", { class: "typing", hidden: true }, h("span", { class: "unseen" }, text.chat.typing), h("i"), h("i"), h("i"));
    this.empty = h("div", { class: "empty prose" });
    this.list = h("div", { class: "messages" });
    this.log = h("div", { class: "log", role: "log", tabindex: "0" }, this.empty, this.list, this.typing);
    this.log.addEventListener("scroll", () => (this.follows = this.atEnd));
    this.follows = true;
    this.slot.append(this.log);
    // An image that arrives late makes the log longer without a new value.
    this.log.addEventListener("load", () => this.follow(), true);
    this.copyAll = copyButton(() => this.transcript(), text.chat.copyAll);
    this.clear = h("button", { type: "button", class: "small", onclick: () => this.emptied() }, text.clearAll);
    this.tools.append(this.copyAll, this.clear);
  }

  refresh(changes) {
    const { props } = this;
    set(this.log, "aria-label", this.called);
    for (const [prop, style] of [["height", "height"], ["max_height", "maxHeight"], ["min_height", "minHeight"]]) {
      this.log.style[style] = size(props[prop]);
    }
    this.log.dir = props.rtl ? "rtl" : "ltr";
    this.element.classList.toggle("resizable", Boolean(props.resizable));
    if ("placeholder" in changes || "examples" in changes) this.drawEmpty();
    if ("feedback_value" in changes) this.readFeedback();
    super.refresh(changes);
    this.show();
  }

  get classes() {
    const { layout, group_consecutive_messages: grouped } = this.props;
    return `block chatbot ${layout === "panel" ? "panels" : "bubbles"} ${grouped === false ? "" : "grouped"}`;
  }

  get atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END_PX;
  }

  follow() {
    if (this.follows && this.props.autoscroll !== false) this.log.scrollTop = this.log.scrollHeight;
  }

  /** Show `messages` until the server answers: what the visitor did is seen at once. */
  expect(messages) {
    this.expected = messages;
    this.follows = true;
    this.show();
  }

  /** What the visitor says: seen before the server has heard it. */
  said(message) {
    this.expect([...this.value, { role: "user", content: message }]);
  }

  drawEmpty() {
    const { placeholder, examples } = this.props;
    const pick = ({ display_text: shown, text: full = "", icon, files }, index) => {
      const choose = () => this.emit("example_select", { index, value: { text: full ?? "", files: files ?? [] } });
      const seen = [icon, ...(files ?? [])].filter((file) => file?.path || file?.url).map((file) => this.thumb(file));
      return h("button", { type: "button", class: "option", onclick: choose }, ...seen, shown || full || "");
    };
    const buttons = (examples ?? []).map(pick);
    const options = buttons.length ? [h("div", { class: "options" }, ...buttons)] : [];
    this.empty.replaceChildren(placeholder ? h("div", {}, markdown(placeholder, false, this.props.latex_delimiters)) : "", ...options);
    improve(this.empty).then((better) => better && this.drawEmpty());
  }

  /** A file as small as an example has room for it: its picture, or its name. */
  thumb(file) {
    const found = address(file, this.page);
    const drawn = kindOf(file) === "image" && loads(found, this.page);
    return drawn ? h("img", { src: found, alt: nameOf(file) }) : h("span", { class: "soft" }, nameOf(file));
  }

  readFeedback() {
    const answers = this.value.flatMap(({ role }, index) => (role === "assistant" ? [index] : []));
    (this.props.feedback_value ?? []).forEach((said, at) => said && answers[at] !== undefined && this.rated.set(answers[at], said));
  }

  /** Bring what is shown to the messages: only what differs is touched. */
  show() {
    const messages = this.expected ?? this.value;
    const last = messages.length - 1;
    const focused = this.log.contains(document.activeElement);
    messages.forEach((message, index) => {
      if (this.rows[index]?.role !== message.role) this.renew(index, message.role);
      const row = this.rows[index];
      const content = JSON.stringify(message);
      const around = JSON.stringify([message.options, index === last, this.rated.get(index), this.busy, Boolean(this.expected)]);
      if (row.shown !== content) this.fill(row, message);
      if (row.shown !== content || row.around !== around) row.more.replaceChildren(...this.more(message, index));
      Object.assign(row, { shown: content, around });
    });
    for (const { element } of this.rows.splice(messages.length)) element.remove();
    this.nest(messages);
    this.empty.hidden = messages.length > 0;
    this.copyAll.hidden = !messages.length || this.props.buttons?.includes("copy_all") === false;
    this.clear.hidden = !this.value.length || this.busy;
    this.typing.hidden = !this.busy || messages[last]?.role === "assistant";
    const { activeElement: kept } = document;
    if (focused && !(this.log.contains(kept) && kept.offsetParent)) this.log.focus(); // what had the focus is gone
    this.follow();
  }

  /** Make the elements of one message. */
  renew(index, role) {
    const mine = role === "user";
    const name = mine ? text.chat.you : text.chat.assistant;
    const content = h("div", { class: "content prose" });
    const more = h("div", { class: "more" });
    const body = h("div", { class: "speech" }, h("span", { class: "unseen" }, `${name}:`), content, more);
    const element = h("div", { class: `message ${mine ? "user" : "assistant"}` }, this.avatar(mine, name), body);
    if (this.rows[index]) this.rows[index].element.replaceWith(element);
    else this.list.append(element);
    this.rows[index] = { role, element, content, more, body };
    this.offer(index, content);
  }

  /** What events say of a message's place: its number, or of what was a pair the pair's and the side's. */
  place(index) {
    const { pair, role } = (this.expected ?? this.value)[index] ?? {};
    return pair === undefined ? index : [pair, role === "user" ? 0 : 1];
  }

  /** Let a message be chosen, where the app listens for that. */
  offer(index, content) {
    if (!this.page.listens(this, "select")) return;
    const choose = () => String(getSelection()) || this.emit("select", { index: this.place(index), value: valueOf((this.expected ?? this.value)[index]), selected: true });
    content.classList.add("choosable");
    content.addEventListener("click", (event) => event.target.closest("a, button, summary, audio, video, .held") || choose());
    content.addEventListener("keydown", (event) => event.target === content && event.key === "Enter" && choose());
    set(content, "tabindex", "0");
  }

  avatar(mine, name) {
    const file = this.props.avatar_images?.[mine ? 0 : 1];
    const found = file && address(file, this.page);
    const inside = loads(found, this.page) ? h("img", { src: found, alt: "" }) : name[0];
    return h("span", { class: "avatar", "aria-hidden": "true" }, inside);
  }

  fill(row, message) {
    const fresh = document.createDocumentFragment();
    const parts = partsOf(message.content).map((part) => this.part(part));
    row.element.hidden = !parts.length; // a pair of nothing
    fresh.append(...(message.metadata?.title ? [thought(message.metadata, parts)] : parts));
    patch(row.content, fresh);
    for (const held of row.content.querySelectorAll(".held:empty")) this.drawHeld(held);
    improve(row.content).then((better) => better && this.redraw());
  }

  /** Draw all messages anew: what draws their code or formulas has come. */
  redraw() {
    for (const row of this.rows) row.shown = null;
    this.show();
  }

  /** Put a message's component into its place, once that is on the page. */
  async drawHeld(held) {
    const { component: type, props, value } = held.shows;
    held.append(h("span", { class: "soft" }, "…"));
    const entry = { id: `${this.id}-${(this.held = (this.held ?? 0) + 1)}`, type, props: { ...props, value, interactive: false } };
    const node = await make(entry, this.page).catch((error) => this.page.notify("error", error.message));
    if (node) held.replaceChildren(node.element);
    this.follow();
  }

  part(part) {
    if (part.component) return Object.assign(h("div", { class: "held" }), { shows: part });
    if (typeof part.text !== "string") return this.media(part);
    if (this.props.render_markdown === false) return h("p", { class: "plain" }, part.text);
    const nodes = markdown(part.text, this.props.line_breaks !== false, this.props.latex_delimiters);
    for (const pre of nodes.querySelectorAll("pre")) {
      const holder = h("div", { class: "snippet" });
      pre.replaceWith(holder);
      const button = copyButton(() => button.previousSibling.textContent, text.copy);
      holder.append(pre, button);
    }
    return nodes;
  }

  /** An image, a sound, a film, or a link to a file. */
  media({ file, alt_text: alt }) {
    const found = address(file, this.page);
    const name = alt || nameOf(file);
    const kind = loads(found, this.page) ? kindOf(file) : "";
    const saves = this.props.allow_file_downloads !== false && found;
    if (kind === "audio" || kind === "video") return h(kind, { src: found, controls: true, "aria-label": name });
    const shown = kind === "image" ? h("img", { src: found, alt: name }) : h("span", { class: "file" }, name);
    if (!saves) return shown;
    const link = fileLink(file, this.page);
    link.title = `${text.download} ${nameOf(file)}`;
    link.replaceChildren(shown);
    return link;
  }

  /** Thoughts that belong to another one stand inside it. */
  nest(messages) {
    const holders = new Map();
    messages.forEach(({ metadata }, index) => {
      const { element, content } = this.rows[index];
      const parent = holders.get(metadata?.parent_id);
      const place = parent ?? this.list;
      if (element.parentNode !== place) place.append(element);
      if (metadata?.title && metadata.id !== undefined && metadata.id !== null) {
        const details = content.querySelector(":scope > .thought");
        const held = details.querySelector(":scope > .nested") ?? details.appendChild(h("div", { class: "nested" }));
        holders.set(metadata.id, held);
      }
    });
  }

  /** What follows a message: its options, then what can be done with it. */
  more(message, index) {
    const last = index === (this.expected ?? this.value).length - 1;
    const rows = [];
    if (last && message.options?.length) rows.push(h("div", { class: "options" }, ...message.options.map((option) => this.option(option, index))));
    const buttons = this.busy || this.expected ? [] : this.actions(message, index, last);
    if (buttons.length) rows.push(h("div", { class: "actions" }, ...buttons));
    return rows;
  }

  option({ value, label }, index) {
    const choose = () => !this.busy && this.emit("option_select", { index: this.place(index), value: value ?? label });
    return h("button", { type: "button", class: "option", onclick: choose }, label ?? value);
  }

  actions(message, index, last) {
    const mine = message.role === "user";
    const { editable, buttons } = this.props;
    const made = [];
    const action = (name, act, pressed = null) =>
      made.push(h("button", { type: "button", class: "small", "aria-pressed": pressed, onclick: act }, name));
    const words = message.metadata?.title ? "" : plain(message); // of a thought one needs neither a copy nor an opinion
    if (buttons?.includes("copy") !== false && words) action(text.copy, (event) => this.copied(event.target, message));
    if (this.page.listens(this, "like") && (mine ? this.props.like_user_message : !message.metadata?.title)) {
      for (const said of this.props.feedback_options ?? ["Like", "Dislike"]) {
        action(text.chat.feedback[said] ?? said, () => this.rate(message, index, said), String(this.rated.get(index) === said));
      }
    }
    if ((editable === "all" || (editable && mine)) && words) action(text.chat.edit, () => this.edit(message, index));
    if (!last || mine) return made;
    const asked = this.value.findLastIndex(({ role }) => role === "user");
    const data = { index: this.place(asked), value: asked < 0 ? null : valueOf(this.value[asked]) };
    if (asked >= 0 && this.page.listens(this, "retry")) action(text.chat.retry, () => this.again("retry", data, asked + 1));
    if (asked >= 0 && this.page.listens(this, "undo")) action(text.chat.undo, () => this.again("undo", data, asked));
    return made;
  }

  /** Go back to the first `kept` messages, and tell who listens. */
  again(event, data, kept) {
    this.expect(this.value.slice(0, kept));
    this.emit(event, data);
    if (!this.busy) this.settled();
  }

  async copied(button, message) {
    await copy([plain(message), this.props.watermark].filter(Boolean).join("\n\n"));
    this.emit("copy", { value: plain(message) });
    button.textContent = text.copied;
    setTimeout(() => (button.textContent = text.copy), DONE_MS);
  }

  rate(message, index, said) {
    this.rated.set(index, said);
    const liked = said === "Like" ? true : said === "Dislike" ? false : said;
    this.emit("like", { index: this.place(index), value: valueOf(message), liked });
    this.show();
    const pressed = this.rows[index].more.querySelector('[aria-pressed="true"]');
    pressed?.focus();
  }

  /** Put a field in the message's place until it is sent or given up. */
  edit(message, index) {
    const row = this.rows[index];
    const previous = plain(message);
    const field = h("textarea", { "aria-label": text.chat.edit, rows: Math.min(previous.split("\n").length + 1, 10) });
    field.value = previous;
    const close = () => {
      form.remove();
      row.content.hidden = row.more.hidden = false;
      this.log.focus();
    };
    const submit = () => {
      close();
      if (this.busy || field.value === previous) return;
      const files = partsOf(message.content).filter((part) => typeof part.text !== "string");
      this.expect([...this.value.slice(0, index), { ...message, content: [...files, { type: "text", text: field.value }] }]);
      this.emit("edit", { index: this.place(index), value: field.value, previous_value: previous });
      if (!this.busy) this.settled();
    };
    const form = h(
      "div",
      { class: "editor" },
      field,
      h("button", { type: "button", class: "button primary sm", onclick: submit }, text.send),
      h("button", { type: "button", class: "button sm", onclick: close }, text.cancel),
    );
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Enter" && !event.shiftKey && event.target === field && !event.isComposing) (event.preventDefault(), submit());
    });
    row.content.hidden = row.more.hidden = true;
    row.body.append(form);
    field.focus();
  }

  emptied() {
    this.value = [];
    this.log.focus();
    this.emit("clear");
    this.emit("change");
  }

  transcript() {
    const name = (role) => (role === "user" ? text.chat.you : text.chat.assistant);
    return this.value.map((message) => `${name(message.role)}: ${plain(message)}`).join("\n\n");
  }

  get busy() {
    return this.log.hasAttribute("aria-busy");
  }

  pending(mode) {
    super.pending(mode);
    set(this.log, "aria-busy", "true"); // a screen reader hears the answer once, when it is whole
    this.show();
  }

  settled() {
    super.settled();
    set(this.log, "aria-busy", null);
    this.expected = null;
    this.show();
  }
}

/** The first word of a file's type, by what it says itself or by its name's ending. */
function kindOf(file) {
  const ending = nameOf(file).split(".").at(-1).toLowerCase();
  return (file.mime_type ?? MIME[ending] ?? (/^data:(image)/.exec(file.url ?? file.path ?? "")?.[1] || "")).split("/")[0];
}

const size = (length) => (typeof length === "number" ? `${length}px` : /^[\d.]+[a-z%]+$/.test(length ?? "") ? length : "");

/** A message's content as parts: each has a `text`, or a `file`. */
function partsOf(content) {
  if (content === null || content === undefined) return [];
  if (typeof content === "string") return [{ text: content }];
  if (Array.isArray(content)) return content.flatMap(partsOf);
  if (content.path || content.url) return [{ file: content }];
  if (content.file) return [content];
  if (content.component) return [content];
  if (content.files) return [...partsOf(content.text || null), ...content.files.map((file) => ({ file }))];
  return typeof content.text === "string" ? [content] : [{ text: JSON.stringify(content) }];
}

/** The words of a message. */
const plain = ({ content }) => partsOf(content).flatMap((part) => part.text ?? []).join("\n");

/** What events say of a message: its words, or what it has instead. */
const valueOf = (message) => plain(message) || message.content;

/** A step on the way to an answer; open while it is under way. */
function thought({ title, status, duration, log }, parts) {
  const summary = h("summary", {}, title);
  const notes = [log, typeof duration === "number" && text.seconds(duration)].filter(Boolean).join(" · ");
  if (notes) summary.append(h("span", { class: "soft" }, ` ${notes}`));
  const details = h("details", { class: "thought", "data-status": status }, summary, h("div", {}, ...parts));
  details.open = status === "pending";
  return details;
}

/** Make what is in `place` equal to `fresh`, and leave alone what is equal: selections and open details stay. */
function patch(place, fresh) {
  const olds = [...place.childNodes].filter((node) => node.className !== "nested");
  const news = [...fresh.childNodes];
  news.forEach((node, index) => {
    const old = olds[index];
    if (!old) place.append(node);
    else if (old.shows || node.shows) same(old.shows, node.shows) || old.replaceWith(node); // a component draws itself
    else if (old.isEqualNode(node)) return;
    else if (old.nodeType === Node.TEXT_NODE && node.nodeType === Node.TEXT_NODE) write(old, node.data);
    else if (old.nodeName === node.nodeName && old.nodeType === Node.ELEMENT_NODE && dressed(old, node)) patch(old, node);
    else old.replaceWith(node);
  });
  for (const old of olds.slice(news.length)) old.remove();
}

function write(old, data) {
  if (data.startsWith(old.data)) old.appendData(data.slice(old.length));
  else old.data = data;
}

/** Whether `old` has the attributes of `node`; a thought keeps being open or closed until its status changes. */
function dressed(old, node) {
  const attributes = ({ attributes: all }) => Array.from(all, ({ name, value }) => `${name}=${value}`).sort();
  const own = (element) => attributes(element).filter((attribute) => attribute !== "open=");
  return same(own(old), own(node));
}

export const components = { chatbot: Chatbot };
