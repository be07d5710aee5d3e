// Formulas in texts.

import { h } from "../../dom.js";

/** What draws code in colours, and formulas; until a page needs it they stand as they are written. */
export const painters = {};

export function formula({ source, display }) {
  return h("span", { class: display ? "sf-math sf-display" : "sf-math" }, painters.math?.(source, display) ?? source);
}

/** The formula that starts at `at` of `source`: what it says, its length, and whether it has its own line. */
export function formulaAt(source, at, math, absent = new Set()) {
  for (const { left, right, display } of math) {
    if (!left || !source.startsWith(left, at) || absent.has(right)) continue;
    const end = source.indexOf(right, at + left.length);
    if (end < 0) absent.add(right);
    const inside = end < 0 ? "" : source.slice(at + left.length, end);
    // A price is no formula: one in the line has no space inside its marks, no code in it, and no digit after it.
    const price = left === "$" && (/^\s|\s$|[\n`]/.test(inside) || /\d/.test(source[end + 1] ?? ""));
    if (inside.trim() && !price) return { source: inside.trim(), display, length: end + right.length - at };
  }
  return null;
}
