// The cells of a table: what each kind of value looks like, and what a typed text means.

import { h } from "../dom.js";
import { picture } from "./addresses.js";

const STYLE = /^(color|background(-color)?|font(-\w+)*|text-(align|decoration|transform)|border(-\w+)*|opacity)$/;
const MODULES = { markdown: "markdown", html: "markup" }; // each exports what draws its cells by its own name
const painters = {};

/** Load what cells of `kinds` need to be drawn. */
export async function ready(kinds) {
  const wanted = Object.keys(MODULES).filter((kind) => kinds.includes(kind) && !painters[kind]);
  for (const kind of wanted) painters[kind] = (await import(`./${MODULES[kind]}.js`))[MODULES[kind]];
  return wanted.length > 0;
}

/** Return the nodes that show `value`, a cell of `kind`; `shown` is what the app wants to be read for it. */
export function content(value, kind, { shown = null, longest = null, page, editable = false, name = "" } = {}) {
  if (kind === "bool") {
    const box = h("input", { type: "checkbox", tabindex: "-1", disabled: !editable, "aria-label": name });
    box.checked = value === true || value === "true";
    return box;
  }
  if (kind === "image" && value) return picture(typeof value === "string" ? { path: value } : value, page, name);
  const text = words(shown ?? value);
  if (painters[kind] && text) return h("div", { class: "sf-prose" }, painters[kind](text));
  return longest && text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Return what one reads, searches for and copies of `value`. */
export function words(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Return the value that the visitor means who types `text` into a cell of `kind`. */
export function meant(text, kind) {
  if (kind === "bool") return /^(true|1|yes)$/i.test(text.trim());
  if (kind !== "number") return text;
  if (!text.trim()) return null;
  const number = Number(text.replace(",", "."));
  return Number.isNaN(number) ? text : number;
}

/** Give `cell` the rules of `style`, of those that only change how it looks. */
export function dress(cell, style) {
  for (const rule of String(style ?? "").split(";")) {
    const [name, value] = rule.split(/:(.*)/s).map((part) => part?.trim());
    if (value && STYLE.test(name) && !/url|image|expression/i.test(value)) cell.style.setProperty(name, value);
  }
  // A ground that is given is meant for dark letters, whatever the theme.
  if (cell.style.backgroundColor && !cell.style.color) cell.style.color = "#1a1a1f";
}

/** Compare two values of a column that is sorted upwards or `down`; what is empty comes last. */
export function compare(a, b, down) {
  const empty = (value) => value === null || value === undefined || value === "";
  if (empty(a) || empty(b)) return Number(empty(a)) - Number(empty(b));
  const numbers = typeof a === "number" && typeof b === "number";
  return (numbers ? a - b : words(a).localeCompare(words(b), undefined, { numeric: true })) * (down ? -1 : 1);
}

/** Rows of cells as spreadsheets exchange them. */
export const tabbed = (rows) => rows.map((row) => row.map((value) => words(value).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
export const untabbed = (text) => text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
