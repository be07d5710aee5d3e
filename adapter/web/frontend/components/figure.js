// Figures that Plotly and Altair describe, as charts; of what is none of ours, the numbers.

import { h } from "../dom.js";
import { drawn, numbers } from "./chart.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

const ARRAYS = { f8: Float64Array, f4: Float32Array, i4: Int32Array, u4: Uint32Array, i2: Int16Array, u2: Uint16Array, i1: Int8Array, u1: Uint8Array };

/** Return what shows the figure `plot`, JSON of the library `type`. */
export function figure(type, plot, label) {
  let read = null;
  try {
    read = { plotly, altair: vega }[type]?.(JSON.parse(plot)) ?? null;
  } catch {
    read = null; // a figure of a form that this page does not know
  }
  const series = read?.series ?? [];
  if (series.length && series.every(({ kind }) => kind)) return drawn(read, label).holder;
  const holder = h("div", { class: "sf-chart" }, h("p", { class: "sf-soft" }, viewTexts.plot.notDrawn(type)));
  if (read?.title) holder.prepend(h("p", { class: "sf-title" }, read.title));
  if (series.length) holder.append(numbers(series, { open: true }));
  return holder;
}

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
