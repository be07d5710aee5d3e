// Charts from descriptions: lines, points, bars and sectors as SVG; what else a figure has is shown as its numbers.

import { text } from "../strings.js";
import { h, set, styled } from "../tree.js";

await styled(new URL("chart.css", import.meta.url));

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [640, 380];
const EDGE = { left: 62, right: 16, top: 16, bottom: 46 };
const MOST_POINTS = 5000; // of a series; of longer ones every n-th is drawn
const MOST_ROWS = 200; // of the table of numbers
const GOLDEN_ANGLE = 137.5; // degrees between the hues of series
const ARRAYS = { f8: Float64Array, f4: Float32Array, i4: Int32Array, u4: Uint32Array, i2: Int16Array, u2: Uint16Array, i1: Int8Array, u1: Uint8Array };

/** Return what shows the figure `plot`, JSON of the library `type`. */
export function chart(type, plot, label) {
  const holder = h("div", { class: "chart" });
  let read = null;
  try {
    read = { plotly, altair: vega }[type]?.(JSON.parse(plot)) ?? null;
  } catch {
    read = null; // a figure of a form that this page does not know
  }
  const series = read?.series ?? [];
  const drawn = series.length > 0 && series.every(({ kind }) => kind);
  if (drawn) holder.append(series[0].kind === "sectors" ? sectors(series[0], label) : axes(read, label), legend(series));
  else holder.append(h("p", { class: "soft" }, text.plot.notDrawn(type)));
  if (read?.title) holder.prepend(h("p", { class: "title" }, read.title));
  if (series.length) holder.append(numbers(series, !drawn));
  return holder;
}

// -- what the libraries write ------------------------------------------------------------------------

function plotly({ data, layout = {} }) {
  const titled = (part) => part?.title?.text ?? (typeof part?.title === "string" ? part.title : "");
  const series = data.flatMap((trace, index) => {
    const name = trace.name ?? `${index + 1}`;
    const [x, y] = [unpacked(trace.x), unpacked(trace.y)];
    if (trace.type === "pie") return { kind: "sectors", name, x: unpacked(trace.labels), y: unpacked(trace.values) };
    if (trace.type === "histogram") return { name, ...counted(x ?? y), kind: x ? "bars" : null };
    if (trace.type === "bar") return { kind: trace.orientation === "h" ? null : "bars", name, x: x ?? y?.map((_, at) => at), y };
    const mode = trace.mode ?? (x?.length > 20 ? "lines" : "lines+markers");
    const plain = ["scatter", "scattergl", undefined].includes(trace.type);
    const kind = !plain ? null : mode.includes("lines") ? "line" : "points";
    return { kind, name, x: x ?? y?.map((_, at) => at), y: y ?? unpacked(trace.z)?.map((row) => JSON.stringify(row)) };
  });
  return { title: titled(layout), across: titled(layout.xaxis), up: titled(layout.yaxis), series: series.filter(({ y }) => y) };
}

/** An array as it is, or as Plotly packs the numbers of NumPy. */
function unpacked(given) {
  if (!given?.bdata) return given ?? null;
  const bytes = Uint8Array.from(atob(given.bdata), (one) => one.charCodeAt(0));
  const values = Array.from(new ARRAYS[given.dtype](bytes.buffer));
  const [, width] = String(given.shape ?? "").split(",").map(Number);
  return width ? Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width)) : values;
}

function counted(values) {
  if (!values.every((value) => typeof value === "number")) {
    const names = [...new Set(values)];
    return { x: names, y: names.map((name) => values.filter((value) => value === name).length) };
  }
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const count = Math.max(1, Math.min(40, Math.ceil(Math.sqrt(values.length))));
  const width = (most - least) / count || 1;
  const y = Array(count).fill(0);
  for (const value of values) y[Math.min(count - 1, Math.floor((value - least) / width))] += 1;
  return { x: y.map((_, at) => Number((least + (at + 0.5) * width).toPrecision(4))), y };
}

function vega(spec) {
  const mark = spec.mark?.type ?? spec.mark;
  const { x, y, color } = spec.encoding ?? {};
  const rows = spec.data?.values ?? spec.datasets?.[spec.data?.name] ?? [];
  const kind = x?.field && y?.field && !x.aggregate && !y.aggregate && !spec.transform
    ? { line: "line", area: "line", point: "points", circle: "points", square: "points", bar: "bars" }[mark]
    : null;
  if (kind) {
    const names = color?.field ? [...new Set(rows.map((row) => row[color.field]))] : [null];
    const part = (name) => (name === null ? rows : rows.filter((row) => row[color.field] === name));
    const all = names.map((name) => ({ kind, name: String(name ?? y.field), x: part(name).map((row) => row[x.field]), y: part(name).map((row) => row[y.field]) }));
    return { title: spec.title?.text ?? spec.title ?? "", across: x.title ?? x.field, up: y.title ?? y.field, series: all };
  }
  const fields = Object.keys(rows[0] ?? {});
  return { title: "", series: fields.slice(1).map((name) => ({ kind: null, name, x: rows.map((row) => row[fields[0]]), y: rows.map((row) => row[name]) })) };
}

// -- what is drawn -----------------------------------------------------------------------------------

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children);
  return element;
}

function coloured(element, index) {
  element.style.setProperty("--hue", Math.round(index * GOLDEN_ANGLE + 215) % 360);
  return element;
}

const dated = (value) => typeof value === "string" && /^\d{4}-\d\d(-\d\d)?/.test(value) && !Number.isNaN(Date.parse(value));

/** How values of one direction become places between `from` and `to`: by number, by moment, or one beside the other. */
function scale(values, from, to, { zero = false } = {}) {
  const known = values.filter((value) => value !== null && value !== undefined);
  const moments = known.length > 0 && known.every(dated);
  if (moments || known.every((value) => typeof value === "number")) {
    const plain = (value) => (moments ? Date.parse(value) : value);
    const all = known.map(plain);
    let [least, most] = all.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [Infinity, -Infinity]);
    if (zero) [least, most] = [Math.min(0, least), Math.max(0, most)];
    if (!(most > least)) [least, most] = [least - 1, least + 1];
    const place = (value) => from + ((plain(value) - least) / (most - least)) * (to - from);
    const ticks = steps(least, most).map((value) => [moments ? new Date(value).toISOString().slice(0, 10) : value, from + ((value - least) / (most - least)) * (to - from)]);
    return { place, ticks, zero: from + ((0 - least) / (most - least)) * (to - from) };
  }
  const names = [...new Set(known.map(String))];
  const width = (to - from) / names.length;
  const place = (value) => from + (names.indexOf(String(value)) + 0.5) * width;
  const every = Math.ceil(names.length / 12);
  return { place, ticks: names.filter((_, at) => at % every === 0).map((name) => [name, place(name)]), zero: from };
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

function axes({ series, across, up }, label) {
  const bars = series.filter(({ kind }) => kind === "bars");
  const margin = bars.length ? 26 : 0;
  const x = scale(series.flatMap((one) => one.x), EDGE.left + margin, WIDTH - EDGE.right - margin);
  const y = scale(series.flatMap((one) => one.y), HEIGHT - EDGE.bottom, EDGE.top, { zero: bars.length > 0 });
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label });
  for (const [name, at] of y.ticks) {
    picture.append(svg("line", { class: "rule", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: at, y2: at }));
    picture.append(svg("text", { x: EDGE.left - 6, y: at + 4, "text-anchor": "end" }, String(name)));
  }
  for (const [name, at] of x.ticks) picture.append(svg("text", { x: at, y: HEIGHT - EDGE.bottom + 18, "text-anchor": "middle" }, short(name)));
  picture.append(svg("text", { class: "axis", x: (WIDTH + EDGE.left) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, across ?? ""));
  const [side, middle] = [EDGE.left - 50, HEIGHT / 2];
  picture.append(svg("text", { class: "axis", x: side, y: middle, "text-anchor": "middle", transform: `rotate(-90 ${side} ${middle})` }, up ?? ""));
  series.forEach((one, index) => picture.append(coloured(mark(one, x, y, { bars, index }), index)));
  return picture;
}

const short = (name) => (String(name).length > 12 ? `${String(name).slice(0, 11)}…` : String(name));

function mark({ kind, name, x: xs, y: ys }, x, y, { bars }) {
  const every = Math.max(1, Math.ceil(ys.length / MOST_POINTS));
  const points = ys.flatMap((value, at) => (value === null || at % every ? [] : [[x.place(xs[at]), y.place(value), `${name}: ${xs[at]}, ${value}`]]));
  const group = svg("g", { class: kind });
  if (kind === "line") {
    group.append(svg("polyline", { points: points.map(([across, up]) => `${across.toFixed(1)},${up.toFixed(1)}`).join(" ") }));
    return group;
  }
  const places = [...new Set(points.map(([across]) => across))].sort((a, b) => a - b);
  const room = Math.min(48, ...places.slice(1).map((at, index) => at - places[index])) * 0.8;
  const width = Math.max(1, room / bars.length);
  const own = bars.findIndex((one) => one.y === ys);
  for (const [across, up, title] of points) {
    const left = across - room / 2 + own * width;
    const shape = kind === "bars" ? svg("rect", { x: left, width, y: Math.min(up, y.zero), height: Math.abs(up - y.zero) }) : svg("circle", { cx: across, cy: up, r: 3.5 });
    shape.append(svg("title", {}, title));
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

function legend(series) {
  const names = series[0].kind === "sectors" ? (series[0].x ?? []) : series.length > 1 ? series.map(({ name }) => name) : [];
  return h("ul", { class: "legend" }, ...names.map((name, index) => coloured(h("li", {}, String(name)), index)));
}

/** The numbers themselves: for whom the picture says nothing, and for what is not drawn. */
function numbers(series, open) {
  const rows = series.flatMap(({ name, x, y }) => y.map((value, at) => [name, x?.[at] ?? at, value]));
  const cells = (tag, row) => h("tr", {}, ...row.map((value) => h(tag, {}, String(value ?? ""))));
  const table = h("table", {}, h("thead", {}, cells("th", text.plot.columns)), h("tbody", {}, ...rows.slice(0, MOST_ROWS).map((row) => cells("td", row))));
  const details = h("details", {}, h("summary", {}, text.plot.numbers(rows.length)), h("div", { class: "numbers", tabindex: "0" }, table));
  details.open = open;
  return details;
}
