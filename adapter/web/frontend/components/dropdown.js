// A list to choose from: the browser's own where that is enough, else a field that filters.

import { text } from "../strings.js";
import { h, same, set, styled } from "../dom.js";
import { Component } from "../nodes.js";

await styled(new URL("dropdown.css", import.meta.url));

const SIMPLE = 15; // choices up to which the browser's own list is easier to use than a filter
const SHOWN = 100; // matches that are drawn at once

class Dropdown extends Component {
  get choices() {
    return (this.props.choices ?? []).map((choice) => (Array.isArray(choice) ? choice : [String(choice), choice]));
  }

  get many() {
    return Boolean(this.props.multiselect);
  }

  get value() {
    return this.many ? [...this.chosen] : (this.chosen[0] ?? null);
  }

  set value(value) {
    const given = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
    this.chosen = this.many ? [...given] : given.slice(0, 1);
    this.show();
  }

  /** Which control its properties want. */
  get kind() {
    const { allow_custom_value: custom, filterable } = this.props;
    const long = filterable !== false && this.choices.length > SIMPLE;
    return this.many ? "many" : custom || long ? "field" : "list";
  }

  body() {
    this.chosen = [];
    this.drawn = this.kind;
    this.native = this.drawn === "list";
    return this.native ? this.select() : this.combobox();
  }

  refresh(changes) {
    if (this.kind !== this.drawn) this.rebuild();
    else if ("choices" in changes) this.drawOptions();
    super.refresh(changes);
    if ("choices" in changes && !("value" in changes)) this.show();
    this.control.disabled = !this.interactive;
    if (!this.native) this.element.classList.toggle("sf-fixed", !this.interactive);
  }

  /** Another control in place of the one that stands there: a function has made it one for many, or of many choices. */
  rebuild() {
    const { chosen } = this;
    this.slot.replaceChildren();
    this.slot.classList.remove("sf-combo");
    this.element.classList.remove("sf-fixed");
    this.control = this.body();
    this.control.id = this.key;
    set(this.control, "aria-describedby", this.note.id);
    this.drawOptions();
    this.value = chosen;
  }

  nameOf(value) {
    const found = this.choices.find(([, own]) => same(own, value));
    return String(found ? found[0] : value);
  }

  drawOptions() {
    if (!this.native) return;
    const blank = h("option", { value: "", hidden: true }, "");
    this.control.replaceChildren(blank, ...this.choices.map(([name], index) => h("option", { value: index }, String(name))));
  }

  show() {
    if (this.native) {
      const index = this.choices.findIndex(([, own]) => same(own, this.chosen[0] ?? null));
      this.control.value = index < 0 ? "" : String(index);
    } else if (this.many) this.drawChips();
    else this.control.value = this.chosen.length ? this.nameOf(this.chosen[0]) : "";
  }

  select() {
    const list = h("select", { onchange: () => this.take(this.choices[Number(list.value)][1]) });
    list.addEventListener("focus", () => this.emit("focus"));
    list.addEventListener("blur", () => this.emit("blur"));
    this.slot.append(list);
    return list;
  }

  combobox() {
    this.list = h("ul", { id: `${this.key}-list`, role: "listbox", hidden: true, "aria-labelledby": this.name.id });
    set(this.list, "aria-multiselectable", this.many ? "true" : null);
    this.chips = h("span", { class: "sf-chips" });
    const field = h("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      placeholder: text.choose,
    });
    field.addEventListener("input", () => this.open(field.value));
    field.addEventListener("click", () => this.open(""));
    field.addEventListener("focus", () => this.emit("focus"));
    field.addEventListener("blur", () => this.leave());
    field.addEventListener("keydown", (event) => this.press(event));
    this.slot.classList.add("sf-combo");
    this.slot.append(h("div", { class: "sf-field" }, this.chips, field), this.list);
    return field;
  }

  /** Draw the choices whose name contains `wanted`. */
  open(wanted) {
    if (!this.interactive) return;
    const typed = wanted.trim().toLowerCase();
    const matches = this.choices.filter(([name]) => String(name).toLowerCase().includes(typed)).slice(0, SHOWN);
    const values = matches.map(([, value]) => value);
    if (this.props.allow_custom_value && typed && !matches.length) values.push(wanted.trim());
    this.offers = values;
    this.list.replaceChildren(...values.map((value, index) => this.option(value, index)));
    if (!values.length) this.list.append(h("li", { class: "sf-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, text.noMatch));
    this.list.hidden = false;
    set(this.control, "aria-expanded", "true");
    const current = this.many ? -1 : values.findIndex((value) => same(value, this.chosen[0]));
    this.point(typed && values.length ? 0 : current);
  }

  option(value, index) {
    const chosen = this.chosen.some((other) => same(other, value));
    const item = h("li", { id: `${this.list.id}-${index}`, role: "option", "aria-selected": String(chosen) }, this.nameOf(value));
    item.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
    item.addEventListener("click", () => this.pick(index));
    return item;
  }

  point(index) {
    this.active = index;
    [...this.list.children].forEach((item, place) => item.classList.toggle("sf-active", place === index));
    const item = this.offers[index] === undefined ? null : this.list.children[index];
    set(this.control, "aria-activedescendant", item?.id);
    item?.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.list.hidden = true;
    set(this.control, "aria-expanded", "false");
    set(this.control, "aria-activedescendant", null);
  }

  leave() {
    const typed = this.control.value.trim();
    if (!this.list.hidden && typed && this.props.allow_custom_value) this.take(this.valueNamed(typed));
    this.close();
    if (this.many) this.control.value = "";
    else this.show();
    this.emit("blur");
  }

  valueNamed(name) {
    return (this.choices.find(([own]) => String(own) === name) ?? [name, name])[1];
  }

  press(event) {
    const shut = this.list.hidden;
    const count = this.offers?.length ?? 0;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shut) this.open("");
    else if (step && count) this.point((this.active + step + count + (this.active < 0 && step < 0)) % count);
    else if (event.key === "Enter" && !shut && this.active >= 0) this.pick(this.active);
    else if (event.key === "Escape" && !shut) this.close();
    else if (event.key === "Backspace" && this.many && !this.control.value && this.chosen.length) {
      this.take(this.chosen.at(-1));
    } else return;
    event.preventDefault();
  }

  pick(index) {
    const value = this.offers[index];
    if (this.many) this.control.value = "";
    this.take(value);
    this.emit("select", { index, value, selected: true });
    if (!this.many) return this.close();
    this.open("");
    this.point(this.offers.findIndex((other) => same(other, value))); // the arrows go on from there
  }

  /** Choose `value`; among many, choosing it again takes it away. */
  take(value) {
    const others = this.chosen.filter((other) => !same(other, value));
    const had = others.length < this.chosen.length;
    if (!this.many) {
      if (had) return this.show();
      this.value = value;
    } else {
      const full = this.props.max_choices && others.length >= this.props.max_choices;
      if (!had && full) return;
      this.value = had ? others : [...others, value];
    }
    this.edited();
  }

  drawChips() {
    const chips = this.chosen.map((value) => {
      const name = this.nameOf(value);
      const drop = () => {
        this.take(value);
        this.control.focus();
      };
      const button = h("button", { type: "button", "aria-label": text.remove(name), onclick: drop }, "×");
      button.disabled = !this.interactive;
      return h("span", { class: "sf-chip" }, name, button);
    });
    this.chips.replaceChildren(...chips);
  }
}

export const components = { dropdown: Dropdown };
