// A conversation: messages as they grow, and what the visitor can do with them.

import { text } from "../strings.js";
import { make } from "../build.js";
import { copy, copyButton, h, image, set } from "../dom.js";
import { Component } from "../nodes.js";
import { address, loads } from "./addresses.js";
import { editor } from "./chatbot/editor.js";
import { partsOf, plain, transcript, valueOf } from "./chatbot/messages.js";
import { drawPart, thumb } from "./chatbot/parts.js";
import { patch } from "./chatbot/patch.js";
import { nest, thought } from "./chatbot/thoughts.js";
import { improve, markdown } from "./markdown.js";

const NEAR_END_PX = 60; // from the end at which one still reads along
const DONE_MS = 1500;

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
    this.typing = h("div", { class: "sf-typing", hidden: true }, h("span", { class: "sf-unseen" }, text.chat.typing), h("i"), h("i"), h("i"));
    this.empty = h("div", { class: "sf-empty sf-prose" });
    this.list = h("div", { class: "sf-messages" });
    this.log = h("div", { class: "sf-log", role: "log", tabindex: "0" }, this.empty, this.list, this.typing);
    this.log.addEventListener("scroll", () => (this.follows = this.atEnd));
    this.follows = true;
    this.slot.append(this.log);
    // An image that arrives late makes the log longer without a new value.
    this.log.addEventListener("load", () => this.follow(), true);
    this.copyAll = copyButton(() => transcript(this.value), text.chat.copyAll);
    this.clear = h("button", { type: "button", class: "sf-small", onclick: () => this.emptied() }, text.clearAll);
    this.tools.append(this.copyAll, this.clear);
  }

  refresh(changes) {
    const { props } = this;
    set(this.log, "aria-label", this.called);
    for (const [prop, style] of [["height", "height"], ["max_height", "maxHeight"], ["min_height", "minHeight"]]) {
      this.log.style[style] = size(props[prop]);
    }
    this.log.dir = props.rtl ? "rtl" : "ltr";
    this.element.classList.toggle("sf-resizable", Boolean(props.resizable));
    if ("placeholder" in changes || "examples" in changes) this.drawEmpty();
    if ("feedback_value" in changes) this.readFeedback();
    super.refresh(changes);
    this.show();
  }

  get classes() {
    const { layout, group_consecutive_messages: grouped } = this.props;
    return `sf-block sf-chatbot ${layout === "panel" ? "sf-panels" : "sf-bubbles"} ${grouped === false ? "" : "sf-grouped"}`;
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
      const seen = [icon, ...(files ?? [])].filter((file) => file?.path || file?.url).map((file) => thumb(file, this.page));
      return h("button", { type: "button", class: "sf-option", onclick: choose }, ...seen, shown || full || "");
    };
    const buttons = (examples ?? []).map(pick);
    const options = buttons.length ? [h("div", { class: "sf-options" }, ...buttons)] : [];
    this.empty.replaceChildren(placeholder ? h("div", {}, markdown(placeholder, false, this.props.latex_delimiters)) : "", ...options);
    improve(this.empty).then((better) => better && this.drawEmpty());
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
    nest(messages, this.rows, this.list);
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
    const content = h("div", { class: "sf-content sf-prose" });
    const more = h("div", { class: "sf-more" });
    const body = h("div", { class: "sf-speech" }, h("span", { class: "sf-unseen" }, `${name}:`), content, more);
    const element = h("div", { class: `sf-message ${mine ? "sf-user" : "sf-assistant"}` }, this.avatar(mine, name), body);
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
    content.classList.add("sf-choosable");
    content.addEventListener("click", (event) => event.target.closest("a, button, summary, audio, video, .sf-held") || choose());
    content.addEventListener("keydown", (event) => event.target === content && event.key === "Enter" && choose());
    set(content, "tabindex", "0");
  }

  avatar(mine, name) {
    const file = this.props.avatar_images?.[mine ? 0 : 1];
    const found = file && address(file, this.page);
    const inside = loads(found, this.page) ? image({ src: found, alt: "" }, name[0]) : name[0];
    return h("span", { class: "sf-avatar", "aria-hidden": "true" }, inside);
  }

  fill(row, message) {
    const fresh = document.createDocumentFragment();
    const parts = partsOf(message.content).map((part) => drawPart(part, this));
    row.element.hidden = !parts.length; // a pair of nothing
    fresh.append(...(message.metadata?.title ? [thought(message.metadata, parts)] : parts));
    patch(row.content, fresh);
    for (const held of row.content.querySelectorAll(".sf-held:empty")) this.drawHeld(held);
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
    held.append(h("span", { class: "sf-soft" }, "…"));
    const entry = { id: `${this.id}-${(this.held = (this.held ?? 0) + 1)}`, type, props: { ...props, value, interactive: false } };
    const node = await make(entry, this.page).catch((error) => this.page.notify("error", error.message));
    if (node) held.replaceChildren(node.element);
    this.follow();
  }

  /** What follows a message: its options, then what can be done with it. */
  more(message, index) {
    const last = index === (this.expected ?? this.value).length - 1;
    const rows = [];
    if (last && message.options?.length) rows.push(h("div", { class: "sf-options" }, ...message.options.map((option) => this.option(option, index))));
    const buttons = this.busy || this.expected ? [] : this.actions(message, index, last);
    if (buttons.length) rows.push(h("div", { class: "sf-actions" }, ...buttons));
    return rows;
  }

  option({ value, label }, index) {
    const choose = () => !this.busy && this.emit("option_select", { index: this.place(index), value: value ?? label });
    return h("button", { type: "button", class: "sf-option", onclick: choose }, label ?? value);
  }

  actions(message, index, last) {
    const mine = message.role === "user";
    const { editable, buttons } = this.props;
    const made = [];
    const action = (name, act, pressed = null) =>
      made.push(h("button", { type: "button", class: "sf-small", "aria-pressed": pressed, onclick: act }, name));
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

  /** Let the visitor write a message anew. */
  edit(message, index) {
    const previous = plain(message);
    editor(this.rows[index], previous, {
      close: () => this.log.focus(),
      submit: (value) => {
        if (this.busy || value === previous) return;
        const files = partsOf(message.content).filter((part) => typeof part.text !== "string");
        this.expect([...this.value.slice(0, index), { ...message, content: [...files, { type: "text", text: value }] }]);
        this.emit("edit", { index: this.place(index), value, previous_value: previous });
        if (!this.busy) this.settled();
      },
    });
  }

  emptied() {
    this.value = [];
    this.log.focus();
    this.emit("clear");
    this.emit("change");
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

const size = (length) => (typeof length === "number" ? `${length}px` : /^[\d.]+[a-z%]+$/.test(length ?? "") ? length : "");

export const components = { chatbot: Chatbot };
