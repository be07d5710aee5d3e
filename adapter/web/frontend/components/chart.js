// Charts as SVG: lines, points and bars between axes, and sectors; with their legend, and their numbers as a table.

import { h, set, styled } from "../dom.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

await styled(new URL("chart.css", import.meta.url));

const SVG = "http://www.w3.org/2000/svg";
const SIZE = { width: 640, height: 380 };
const EDGE = { left: 62, right: 16, top: 16, bottom: 46 };
const MOST_POINTS = 5000; // of a series; of longer ones every n-th is drawn
const MOST_SPOTS = 500; // of a line that tell their numbers
const MOST_ROWS = 200; // of the table of numbers
const LETTER_PX = 6.5; // of a word on an axis
const TURNED_PX = 64; // of a word on an axis at most
const GOLDEN_ANGLE = 137.5; // degrees between the hues of series

/**
 * Return what shows the series of `read`, and how its axis goes across. Each has a `kind`, a `name`, its `x` and `y`; perhaps
 * a `colour`, how strong it is at each point (`strengths`, from 0 to 1), and what each point tells (`titles`).
 * `read` may have of both axes, as `x` and `y`: `lim`, `format`, `angle`; the `names` of x in their order, whether x are
 * `moments` (milliseconds), its `words` are left out (`false`), and whether bars are `stacked`.
 */
export function drawn(read, label, size = SIZE) {
  const { picture, x } = read.series[0].kind === "sectors" ? { picture: sectors(read.series[0], label) } : axes(read, label, size);
  const holder = h("div", { class: "sf-chart" }, picture, legend(read.series, read.legend), numbers(read.series, read));
  if (read.title) holder.prepend(h("p", { class: "sf-title" }, read.title));
  return { holder, picture, x };
}

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children);
  return element;
}

function coloured(element, index, colour = null) {
  element.style.setProperty("--hue", Math.round(index * GOLDEN_ANGLE + 215) % 360);
  if (colour) element.style.setProperty("--tone", colour);
  return element;
}

const dated = (value) => typeof value === "string" && /^\d{4}-\d\d(-\d\d)?/.test(value) && !Number.isNaN(Date.parse(value));

/** The milliseconds of a moment. One without a zone is taken, and shown, as it is written. */
function instant(value) {
  if (typeof value === "number") return value;
  return Date.parse(/T[\d:.]+$/.test(value) ? `${value}Z` : value.replace(/^(\d{4}-\d\d-\d\d) ([\d:.]+)$/, "$1T$2Z"));
}

/** How values of one direction become places between `from` and `to`: by number, by moment, or one beside the other. */
function scale(values, from, to, { zero = false, lim = [], names = null, format = null, moments = false } = {}) {
  const known = values.filter((value) => value !== null && value !== undefined);
  const timed = moments || (known.length > 0 && known.every(dated));
  if (!names && (timed || known.every((value) => typeof value === "number"))) {
    const plain = timed ? instant : (value) => value;
    let [least, most] = known.map(plain).reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [Infinity, -Infinity]);
    if (zero) [least, most] = [Math.min(0, least), Math.max(0, most)];
    [least, most] = [lim?.[0] ?? least, lim?.[1] ?? most];
    if (!(most > least)) [least, most] = Number.isFinite(least) ? [least - 1, least + 1] : [0, 1];
    const at = (value) => from + ((value - least) / (most - least)) * (to - from);
    const marks = timed ? moment(least, most) : steps(least, most).map((value) => [value, formatted(value, format)]);
    const bottom = at(Math.min(Math.max(0, least), most));
    return { place: (value) => at(plain(value)), ticks: marks.map(([value, name]) => [name, at(value)]), zero: bottom, value: (place) => least + ((place - from) / (to - from)) * (most - least) };
  }
  const all = names ?? [...new Set(known.map(String))];
  const width = (to - from) / all.length;
  const place = (value) => from + (all.indexOf(String(value)) + 0.5) * width;
  const every = Math.ceil(all.length / 12);
  return { place, ticks: all.filter((_, at) => at % every === 0).map((name) => [name, place(name)]), zero: from, names: all };
}

const [SECOND, DAY] = [1000, 86_400_000];
const SPANS = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10800, 21600, 43200].map((seconds) => seconds * SECOND).concat([1, 2, 7, 14, 30, 91, 182, 365, 730, 1825, 3650].map((days) => days * DAY));

/** Moments between two, in round distances, and how they are written: no more of them than tells them apart. */
function moment(least, most) {
  const span = SPANS.find((one) => one >= (most - least) / 6) ?? SPANS.at(-1) * 10;
  const written = (value) => {
    const [date, time] = new Date(value).toISOString().split("T");
    if (span >= DAY) return date;
    const clock = span < 60 * SECOND ? time.slice(0, 8) : time.slice(0, 5);
    return most - least > DAY ? `${date.slice(5)} ${clock}` : clock;
  };
  const found = [];
  for (let value = Math.ceil(least / span) * span; value <= most; value += span) found.push([value, written(value)]);
  return found;
}

/** A number as d3's format says it, in its commoner forms: `$,.2f`, `.1%`, `.2e`, `~s`, `d`. */
export function formatted(value, format) {
  const found = /^([$])?(,)?(?:\.(\d+))?(~)?([defgs%])?$/.exec(format ?? "");
  if (!format || !found || typeof value !== "number") return String(value);
  const [, money = "", grouped, places, , kind] = found;
  const digits = places === undefined ? {} : { minimumFractionDigits: Number(places), maximumFractionDigits: Number(places) };
  const plain = { useGrouping: Boolean(grouped), ...(kind === "d" ? { maximumFractionDigits: 0 } : digits) };
  if (kind === "e") return money + value.toExponential(places === undefined ? undefined : Number(places));
  if (kind === "g") return money + Number(value.toPrecision(Number(places ?? 6)));
  if (kind === "s") return money + new Intl.NumberFormat("en", { notation: "compact" }).format(value);
  return money + new Intl.NumberFormat("en", { ...plain, style: kind === "%" ? "percent" : "decimal" }).format(value);
}

/** Round numbers between two. */
function steps(least, most) {
  const rough = (most - least) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough);
  const found = [];
  for (let value = Math.ceil(least / step) * step; value <= most + step / 1e6; value += step) found.push(Number(value.toPrecision(12)));
  return found;
}

function axes({ series, across, up, x: ofX = {}, y: ofY = {}, names, moments, words, stacked }, label, { width, height } = SIZE) {
  const bars = series.filter(({ kind }) => kind === "bars");
  const margin = bars.length ? 26 : 0;
  const depth = ofX.angle ? TURNED_PX * Math.abs(Math.sin((ofX.angle * Math.PI) / 180)) : 0; // of words that are turned
  const [right, bottom] = [width - EDGE.right, height - EDGE.bottom - depth];
  const x = scale(series.flatMap((one) => one.x), EDGE.left + margin, right - margin, { ...ofX, names, moments });
  const y = scale(stacked ? sums(series) : series.flatMap((one) => one.y), bottom, EDGE.top, { zero: bars.length > 0, ...ofY });
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  const turned = (angle, across, up) => (angle ? `rotate(${angle} ${across} ${up})` : null);
  for (const [name, at] of y.ticks) {
    picture.append(svg("line", { class: "sf-rule", x1: EDGE.left, x2: right, y1: at, y2: at }));
    picture.append(svg("text", { x: EDGE.left - 6, y: at + 4, "text-anchor": "end", transform: turned(ofY.angle, EDGE.left - 6, at) }, String(name)));
  }
  for (const [name, at] of words === false ? [] : ofX.angle ? x.ticks : apart(x.ticks)) {
    const anchor = ofX.angle > 0 ? "start" : ofX.angle < 0 ? "end" : "middle";
    picture.append(svg("text", { x: at, y: bottom + 18, "text-anchor": anchor, transform: turned(ofX.angle, at, bottom + 14) }, short(name)));
  }
  picture.append(svg("text", { class: "sf-axis", x: (width + EDGE.left) / 2, y: height - 6, "text-anchor": "middle" }, across ?? ""));
  const [side, middle] = [EDGE.left - 50, height / 2];
  picture.append(svg("text", { class: "sf-axis", x: side, y: middle, "text-anchor": "middle", transform: turned(-90, side, middle) }, up ?? ""));
  const floors = stacked ? { up: new Map(), down: new Map() } : null;
  series.forEach((one, index) => picture.append(coloured(mark(one, x, y, { bars: stacked ? [one] : bars, floors }), index, one.colour)));
  return { picture, x };
}

/** Those of an axis's words that do not run into one another. */
function apart(ticks) {
  let end = -Infinity;
  return ticks.filter(([name, at]) => {
    const half = (short(name).length * LETTER_PX) / 2;
    if (at - half < end) return false;
    end = at + half + LETTER_PX;
    return true;
  });
}

const short = (name) => (String(name).length > 12 ? `${String(name).slice(0, 11)}…` : String(name));

/** How high and how deep the bars of `series` come when they stand on one another. */
function sums(series) {
  const found = { up: new Map(), down: new Map() };
  for (const { x, y } of series) y.forEach((value, at) => onTop(found, x[at], value));
  return [...found.up.values(), ...found.down.values(), 0];
}

/** Put `value` on what stands at `place`; return from where to where it goes. */
function onTop(floors, place, value) {
  const side = value < 0 ? floors.down : floors.up;
  const from = side.get(place) ?? 0;
  side.set(place, from + value);
  return [from, from + value];
}

function mark({ kind, name, x: xs, y: ys, titles, strengths }, x, y, { bars, floors }) {
  const every = Math.max(1, Math.ceil(ys.length / MOST_POINTS));
  const points = ys.flatMap((value, at) => {
    if (value === null || value === undefined || at % every) return [];
    const [from, to] = floors ? onTop(floors, xs[at], value).map(y.place) : [y.zero, y.place(value)];
    return [{ at: xs[at], across: x.place(xs[at]), from, to, title: titles?.[at] ?? `${name}: ${xs[at]}, ${value}`, strength: strengths?.[at] }];
  });
  const group = svg("g", { class: `sf-${kind}` });
  const few = points.length <= MOST_SPOTS;
  if (kind === "line") {
    group.append(svg("polyline", { points: points.map(({ across, to }) => `${across.toFixed(1)},${to.toFixed(1)}`).join(" ") }));
    if (!few) return group;
  }
  const places = [...new Set(points.map(({ across }) => across))].sort((a, b) => a - b);
  const room = Math.min(48, ...places.slice(1).map((at, index) => at - places[index])) * 0.8;
  const there = bars.map((one) => [one.y === ys, new Set(one.x)]);
  for (const { at, across, from, to, title, strength } of points) {
    const beside = there.filter(([, known]) => known.has(at)); // of the series: those that have a bar here
    const width = Math.max(1, room / Math.max(1, beside.length));
    const left = across - room / 2 + beside.findIndex(([own]) => own) * width;
    const bar = { x: left, width, y: Math.min(from, to), height: Math.abs(from - to) };
    const shape = kind === "bars" ? svg("rect", bar) : svg("circle", { cx: across, cy: to, r: kind === "line" ? 7 : 3.5 });
    if (strength !== undefined) shape.style.setProperty("fill-opacity", 0.2 + 0.8 * strength);
    if (title) shape.append(svg("title", {}, title));
    group.append(shape);
  }
  return group;
}

function sectors({ x: names, y: values }, label) {
  const whole = values.reduce((sum, value) => sum + value, 0) || 1;
  const picture = svg("svg", { viewBox: "-110 -110 220 220", role: "img", "aria-label": label });
  let angle = -Math.PI / 2;
  values.forEach((value, index) => {
    const turn = Math.min((value / whole) * 2 * Math.PI, 2 * Math.PI - 1e-4);
    const at = (direction) => `${(100 * Math.cos(direction)).toFixed(2)} ${(100 * Math.sin(direction)).toFixed(2)}`;
    const sector = svg("path", { d: `M0 0L${at(angle)}A100 100 0 ${turn > Math.PI ? 1 : 0} 1 ${at(angle + turn)}Z` }, svg("title", {}, `${names?.[index] ?? index + 1}: ${value}`));
    picture.append(coloured(sector, index));
    angle += turn;
  });
  return picture;
}

function legend(series, { title = "", names: wanted = null } = {}) {
  const names = series[0].kind === "sectors" ? (series[0].x ?? []) : series.length > 1 ? series.map(({ name }) => name) : [];
  const items = names.map((name, index) => coloured(h("li", {}, String(name)), index, series[index]?.colour));
  const list = h("ul", { class: "sf-legend" }, ...items.filter((_, index) => !wanted || wanted.includes(names[index])));
  return title && items.length ? h("div", {}, h("p", { class: "sf-soft sf-legend-title" }, title), list) : list;
}

/** The numbers themselves: for whom the picture says nothing, and for what is not drawn. */
export function numbers(series, { open = false, moments = false } = {}) {
  const told = (value) => (moments && typeof value === "number" ? new Date(value).toISOString().slice(0, 19).replace("T", " ") : value);
  const rows = series.flatMap(({ name, x, y }) => y.map((value, at) => [name, told(x?.[at] ?? at), value]));
  const cells = (tag, row) => h("tr", {}, ...row.map((value) => h(tag, {}, String(value ?? ""))));
  const table = h("table", {}, h("thead", {}, cells("th", viewTexts.plot.columns)), h("tbody", {}, ...rows.slice(0, MOST_ROWS).map((row) => cells("td", row))));
  const details = h("details", {}, h("summary", {}, viewTexts.plot.numbers(rows.length)), h("div", { class: "sf-numbers", tabindex: "0" }, table));
  details.open = open;
  return details;
}
