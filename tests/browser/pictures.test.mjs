// Galleries and plots: shown, gone through by keys, filled; and charts from what libraries describe.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { button, made, quiet, until, value, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const EVIL = `<img src=x onerror="window.hacked=1">`;
const group = (page, name) => page.getByRole("group", { name, exact: true });
const told = (page, wanted) => until(value(page, "Told"), wanted);
const tiles = (page, name) => () => group(page, name).locator(".sf-tile").count();
const figure = (page) => group(page, "Shown").locator("figure");

test("pictures stand side by side with their captions as text, and a chosen one is large, and told", async () => {
  const page = await visit();
  assert.deepEqual(await group(page, "Shown").locator(".sf-caption").allInnerTexts(), ["first", EVIL, "third"]);
  await group(page, "Shown").getByRole("button", { name: `Image 2: ${EVIL}` }).click();
  await told(page, `1 ${EVIL}`);
  assert.equal(await figure(page).locator("figcaption").innerText(), EVIL);
  assert.equal(await figure(page).locator("img").evaluate((node) => node.naturalWidth), 40);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  quiet(page);
});

test("by keyboard alone one opens a picture, goes to the next and round to the first, and closes it", async () => {
  const page = await visit();
  const caption = () => figure(page).locator("figcaption").innerText();
  await group(page, "Shown").getByRole("button", { name: "Image 1: first" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(":focus").getAttribute("aria-label"), "Image 3: third");
  await page.keyboard.press("Enter");
  assert.equal(await caption(), "third");
  await page.keyboard.press("ArrowRight");
  assert.equal(await caption(), "first");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await caption(), "third");
  await page.keyboard.press("Escape");
  await told(page, "closed");
  assert.equal(await figure(page).count(), 0);
  assert.equal(await page.locator(":focus").getAttribute("aria-label"), "Image 3: third");
  quiet(page);
});

test("a gallery is filled, emptied one by one, and sent", async () => {
  const page = await visit();
  const png = await page.evaluate(() => Object.assign(document.createElement("canvas"), { width: 8, height: 4 }).toDataURL("image/png"));
  const file = (name) => ({ name, mimeType: "image/png", buffer: Buffer.from(png.split(",")[1], "base64") });
  await group(page, "Filled").locator("input[type=file]").setInputFiles([file("a.png"), file("b.png")]);
  await until(tiles(page, "Filled"), 2);
  await button(page, "Count").click();
  await told(page, "2 pictures");
  await button(page, "Remove a.png").click();
  await told(page, "deleted");
  await until(tiles(page, "Filled"), 1);
  await button(page, "Clear Filled").click();
  await button(page, "Count").click();
  await told(page, "0 pictures");
  quiet(page);
});

test("an update changes the pictures and the label, an error stands there", async () => {
  const page = await visit();
  await button(page, "Update").click();
  await until(tiles(page, "Renamed"), 1);
  await button(page, "Fail").click();
  await group(page, "Renamed").getByRole("alert").getByText("Not these").waitFor();
  quiet(page, ["status of 500"]);
});

const plotly = (...data) => ({ type: "plotly", plot: JSON.stringify({ data, layout: { title: { text: EVIL }, xaxis: { title: { text: "time" } } } }) });
const packed = (...numbers) => ({ dtype: "f8", bdata: Buffer.from(new Float64Array(numbers).buffer).toString("base64") });
const shapes = (page, what) => () => group(page, "Plot").locator(`svg ${what}`).count();

test("Matplotlib's figure is its picture", async () => {
  const page = await visit();
  await made(page, "plot", { label: "Later" });
  await group(page, "Later").getByText("No plot").waitFor();
  assert.equal(await group(page, "Later").getByRole("button").count(), 0);
  const plot = "data:image/svg+xml," + encodeURIComponent("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'/>");
  await made(page, "plot", { label: "Plot", value: { type: "matplotlib", plot } });
  const shown = group(page, "Plot").getByRole("img", { name: "Plot" });
  await until(() => shown.evaluate((node) => node.complete && node.naturalWidth), 40);
  await page.evaluate(() => window.node.update({ value: null }));
  await group(page, "Plot").getByText("No plot").waitFor();
  quiet(page);
});

test("lines, points, bars and sectors are drawn, with their names, their axes and their numbers", async () => {
  const page = await visit();
  await made(page, "plot", { label: "Plot", value: plotly({ x: packed(1, 2, 3), y: packed(3, 1, 2), name: "a" }, { mode: "markers", x: [1, 2], y: [2, 2], name: EVIL }) });
  await until(shapes(page, "polyline"), 1);
  assert.equal(await shapes(page, ".sf-points circle")(), 2);
  assert.deepEqual(await group(page, "Plot").locator(".sf-legend li").allInnerTexts(), ["a", EVIL]);
  await group(page, "Plot").getByText("The numbers (5)").click();
  assert.deepEqual(await group(page, "Plot").locator("tbody tr").first().locator("td").allInnerTexts(), ["a", "1", "3"]);
  await page.evaluate((bars) => window.node.update({ value: bars }), plotly({ type: "bar", x: ["a", "b"], y: [3, -1] }));
  await until(shapes(page, "rect"), 2);
  await page.evaluate((pie) => window.node.update({ value: pie }), plotly({ type: "pie", labels: ["a", "b", "c"], values: [3, 1, 1] }));
  await until(shapes(page, "path"), 3);
  const vega = { mark: { type: "line" }, encoding: { x: { field: "day" }, y: { field: "n" }, color: { field: "who" } }, data: { name: "d" } };
  const rows = [["2026-01-01", 1, "a"], ["2026-01-02", 2, "a"], ["2026-01-01", 3, "b"]].map(([day, n, who]) => ({ day, n, who }));
  const altair = { type: "altair", plot: JSON.stringify({ ...vega, datasets: { d: rows } }) };
  await page.evaluate((lines) => window.node.update({ value: lines }), altair);
  await until(shapes(page, "polyline"), 2);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  quiet(page);
});

test("what the page cannot draw is told, with its numbers and all of it to save", async () => {
  const page = await visit();
  await made(page, "plot", { label: "Plot", value: plotly({ type: "surface", z: [[1, 2], [3, 4]] }) });
  await group(page, "Plot").getByText("not one of them").waitFor();
  await group(page, "Plot").getByRole("cell", { name: "[3,4]" }).waitFor();
  const saved = page.waitForEvent("download");
  await button(page, "Download Plot").click();
  assert.equal((await saved).suggestedFilename(), "plot.json");
  await page.evaluate(() => window.node.update({ value: { type: "bokeh", plot: "{" } }));
  await group(page, "Plot").getByText("this figure of bokeh").waitFor();
  quiet(page);
});

for (const colorScheme of ["light", "dark"]) {
  test(`no rule of axe-core is broken by galleries and charts, ${colorScheme}, and they fit a telephone`, async () => {
    const page = await visit({ colorScheme, viewport: { width: 390, height: 800 }, reducedMotion: "reduce", bypassCSP: true });
    await page.evaluate(axe);
    await made(page, "plot", { label: "Plot", value: plotly({ type: "bar", x: ["a", "b"], y: [3, 1], name: "one" }, { x: ["a", "b"], y: [1, 2], name: "two" }) });
    await until(shapes(page, "polyline"), 1);
    await group(page, "Plot").getByText(/The numbers/).click();
    await group(page, "Shown").getByRole("button", { name: "Image 1: first" }).click();
    await told(page, "0 first");
    const broken = await page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
    assert.deepEqual(broken, []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
  });
}
