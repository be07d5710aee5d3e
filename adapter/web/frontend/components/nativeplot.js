// A chart of a table's columns: gathered into parts, put together, split into series by a third column.

import { text } from "../strings.js";
import { h } from "../dom.js";
import { Component } from "../nodes.js";
import { drawn, formatted } from "./chart.js";
import { enlarge, tool } from "./image.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

const KINDS = { bar: "bars", line: "line", point: "points" };
const SECONDS = { s: 1, m: 60, h: 3600, d: 86400 };
const [LEAST_PX, MOST_PX] = [220, 380]; // of the height where none is given
const WIDTH_PX = 640; // of a chart that is not seen yet
const REDRAWN_PX = 20; // a change of width that is worth a new drawing
const LEAST_DRAG = 4; // of the drawing's units; less is a click
const SHARPNESS = 2; // pixels of an exported picture for each of the page's

const total = (values) => values.reduce((sum, value) => sum + value, 0);

const TOGETHER = {
  sum: total,
  mean: (values) => total(values) / values.length,
  count: (values) => values.length,
  min: (values) => values.reduce((a, b) => Math.min(a, b)),
  max: (values) => values.reduce((a, b) => Math.max(a, b)),
  median: (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length / 2;
    return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  },
};

/** What `drawn` takes, of a table as the function returned it; `null` where a column is missing. */
export function read({ value, x, y, color, ...props }) {
  const { columns, data, datatypes, mark } = value;
  const [atX, atY, atColor] = [x, y, color].map((name) => columns.indexOf(name));
  if (atX < 0 || atY < 0) return null;
  const kinds = { x: datatypes[x], color: atColor < 0 ? null : datatypes[color] };
  const moments = kinds.x === "temporal";
  const unit = moments ? 1000 : 1; // limits and selections of moments are in seconds
  const step = typeof props.x_bin === "string" ? parseInt(props.x_bin, 10) * SECONDS[props.x_bin.at(-1)] * 1000 : props.x_bin;
  const gathered = mark === "point" ? Boolean(step) : Boolean(step) || kinds.x === "nominal";
  const together = gathered ? (props.y_aggregate ?? "sum") : null;
  const lim = props.x_lim?.map((one) => (one === null ? null : one * unit));
  const inside = (one) => !lim || ((lim[0] === null || one >= lim[0]) && (lim[1] === null || one <= lim[1]));
  const rows = data.filter((row) => row[atX] !== null && (row[atY] !== null || together === "count") && inside(row[atX]));
  const split = kinds.color === "nominal" ? [...new Set(data.map((row) => row[atColor]))] : [null];
  const titles = { x: props.x_title || x, y: props.y_title || y };
  const tells = props.tooltip === "none" ? null : (row, across, up) => told({ ...props, titles, columns, atX, atY, gathered, moments }, row, across, up);
  const strength = kinds.color === "quantitative" ? graded(rows.map((row) => row[atColor])) : null;
  const series = split.map((name) => {
    const own = rows.filter((row) => name === null || row[atColor] === name);
    const points = together ? parts(own, { atX, atY, step, together }) : own.map((row) => [row[atX], row[atY], row]);
    if (mark === "line" && kinds.x !== "nominal") points.sort(([a], [b]) => a - b);
    return {
      kind: KINDS[mark] ?? null,
      name: String(name ?? y),
      colour: name === null ? null : props.color_map?.[name],
      x: points.map(([across]) => across),
      y: points.map(([, up]) => up),
      titles: tells ? points.map(([across, up, row]) => tells(row, across, up)) : points.map(() => ""),
      strengths: strength && !together ? points.map(([, , row]) => strength(row[atColor])) : undefined,
    };
  });
  return {
    title: props.title,
    across: titles.x,
    up: titles.y,
    series,
    moments,
    names: kinds.x === "nominal" ? ordered(series, props.sort) : null,
    words: props.x_axis_labels_visible === true || props.x_axis_labels_visible === undefined,
    stacked: mark === "bar" && ["sum", "count", null].includes(together) && series.length > 1,
    x: { lim, format: props.x_axis_format, angle: props.x_label_angle },
    y: { lim: props.y_lim, format: props.y_axis_format, angle: props.y_label_angle, zero: !props.y_lim },
    legend: { title: props.color_title || color, names: props.colors_in_legend?.map(String) },
    unit,
  };
}

/** The rows of a series as points: one for each part of x, or each of its names. */
function parts(rows, { atX, atY, step, together }) {
  const found = new Map();
  for (const row of rows) {
    const part = step ? Math.floor(row[atX] / step) * step : row[atX];
    found.set(part, [...(found.get(part) ?? []), row]);
  }
  return [...found].map(([part, own]) => [step ? part + step / 2 : part, TOGETHER[together](own.map((row) => row[atY])), own[0]]);
}

/** The names of an axis in the order that is asked for. */
function ordered(series, sort) {
  const names = [...new Set(series.flatMap(({ x }) => x.map(String)))];
  if (Array.isArray(sort)) return [...sort.map(String).filter((name) => names.includes(name)), ...names.filter((name) => !sort.map(String).includes(name))];
  const height = (name) => total(series.map(({ x, y }) => y[x.map(String).indexOf(name)] ?? 0));
  const order = sort?.endsWith("y") ? (a, b) => height(a) - height(b) : (a, b) => (a < b ? -1 : 1);
  names.sort(order);
  return sort?.startsWith("-") ? names.reverse() : names;
}

/** How far between the least and the most of `values` one is, from 0 to 1. */
function graded(values) {
  const [least, most] = [TOGETHER.min(values.length ? values : [0]), TOGETHER.max(values.length ? values : [1])];
  return (value) => (most > least ? (value - least) / (most - least) : 1);
}

/** What a point tells of its row. */
function told({ tooltip, titles, columns, atX, atY, gathered, moments, ...props }, row, across, up) {
  const moment = (value) => new Date(value).toISOString().slice(0, 19).replace("T", " ");
  const lines = [`${titles.y}: ${formatted(up, props.y_axis_format)}`, `${titles.x}: ${moments ? moment(across) : formatted(across, props.x_axis_format)}`];
  const others = columns.filter((name, at) => at !== atX && at !== atY && (tooltip === "all" || (Array.isArray(tooltip) && tooltip.includes(name))));
  return [...lines, ...(gathered ? [] : others.map((name) => `${name}: ${row[columns.indexOf(name)]}`))].join("\n");
}

class NativePlot extends Component {
  static single = false;

  body() {
    this.frame = h("div", { class: "sf-frame" });
    this.under = h("p", { class: "sf-caption sf-soft", hidden: true });
    this.slot.append(this.frame, this.under);
    const asked = (name) => this.props.buttons?.includes(name);
    if (asked("export")) this.tools.append(tool(text.download, () => this.save(), `${text.download} ${this.called}`));
    if (asked("fullscreen")) this.tools.append(tool(viewTexts.fullscreen, () => enlarge(this.frame), `${viewTexts.fullscreen} ${this.called}`));
    new ResizeObserver(() => Math.abs(this.frame.clientWidth - this.width) > REDRAWN_PX && this.show()).observe(this.frame);
  }

  refresh(changes) {
    super.refresh(changes);
    this.under.textContent = this.props.caption ?? "";
    this.under.hidden = !this.props.caption;
    if (!("value" in changes)) this.show();
  }

  show() {
    const { value, x, y } = this.props;
    const width = (this.width = this.frame.clientWidth) || WIDTH_PX;
    const height = this.props.height ?? Math.min(Math.max(width * 0.6, LEAST_PX), MOST_PX);
    const found = value && read(this.props);
    this.picture = null;
    if (!found) return this.frame.replaceChildren(h("p", { class: "sf-soft" }, value ? viewTexts.plot.noColumns(x, y) : viewTexts.plot.none));
    const { holder, picture, x: axis } = drawn(found, this.called, { width, height });
    this.picture = picture;
    picture.addEventListener("dblclick", () => this.emit("double_click"));
    if (this.props._selectable) this.selectable(picture, axis, found.unit);
    this.frame.replaceChildren(holder);
  }

  /** Let the visitor drag over a part of the axis that goes across. */
  selectable(picture, axis, unit) {
    const shade = picture.appendChild(document.createElementNS(picture.namespaceURI, "rect"));
    shade.setAttribute("class", "sf-shade");
    const { height } = picture.viewBox.baseVal;
    const across = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse()).x;
    let from = null;
    const show = (to) => {
      const place = { x: Math.min(from, to), width: Math.abs(to - from), y: 0, height };
      for (const [name, value] of Object.entries(place)) shade.setAttribute(name, value);
    };
    picture.classList.add("sf-selectable");
    picture.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      picture.setPointerCapture(event.pointerId);
      from = across(event);
      show(from);
    });
    picture.addEventListener("pointermove", (event) => from !== null && show(across(event)));
    picture.addEventListener("pointerup", (event) => {
      const ends = [from, across(event)].sort((a, b) => a - b);
      from = null;
      if (ends[1] - ends[0] < LEAST_DRAG) return shade.setAttribute("width", 0);
      const value = axis.names
        ? axis.names.filter((name) => axis.place(name) >= ends[0] && axis.place(name) <= ends[1])
        : ends.map((place) => axis.value(place) / unit);
      this.emit("select", { value, index: value, selected: true });
    });
    picture.addEventListener("pointercancel", () => (from = null));
  }

  /** Save what is drawn as a picture: with its styles, which a file of its own would not find. */
  async save() {
    if (!this.picture) return;
    const copy = this.picture.cloneNode(true);
    const [drawnOnes, copies] = [this.picture, copy].map((one) => [one, ...one.querySelectorAll("*")]);
    drawnOnes.forEach((one, at) => {
      const style = getComputedStyle(one);
      for (const name of ["fill", "fill-opacity", "stroke", "stroke-width", "font-size", "font-family"]) copies[at].setAttribute(name, style.getPropertyValue(name));
    });
    const { width, height } = this.picture.viewBox.baseVal;
    Object.entries({ width, height }).forEach(([name, value]) => copy.setAttribute(name, value));
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: width * SHARPNESS, height: height * SHARPNESS });
    const paper = canvas.getContext("2d");
    paper.fillStyle = getComputedStyle(this.element).backgroundColor;
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    h("a", { href: canvas.toDataURL("image/png"), download: "chart.png" }).click();
  }
}

export const components = { nativeplot: NativePlot };
