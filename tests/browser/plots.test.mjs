// Charts that the page draws of DataFrames: put together, split, cut, told, selected.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { button, quiet, until, value, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const EVIL = `<img src=x onerror="window.hacked=1">`;
const chart = (page, name) => page.getByRole("group", { name, exact: true });
const picture = (page, name) => chart(page, name).getByRole("img", { name, exact: true });
const titles = (page, name) => () => picture(page, name).locator("title").allTextContents();
const words = (page, name) => picture(page, name).locator("text").allTextContents();

async function opened(options) {
  const page = await visit(options);
  await picture(page, "Bars").waitFor();
  return page;
}

test("bars of the same text become one, in the order that is asked for", async () => {
  const page = await opened();
  assert.deepEqual(await titles(page, "Bars")(), ["sold: 10\nshop: b", "sold: 3\nshop: a", "sold: 7\nshop: c"]);
  assert.deepEqual((await words(page, "Bars")).slice(-5), ["b", "c", "a", "shop", "sold"]);
  assert.equal(await chart(page, "Bars").locator(".sf-caption").innerText(), "What was sold");
  assert.deepEqual(await titles(page, "Means")(), ["sold: 10\nshop: b", "sold: 1.5\nshop: a", "sold: 7\nshop: c"]);
  assert.deepEqual((await words(page, "Means")).slice(-2), ["shop", "sold"]);
  quiet(page);
});

test("series stand on one another, in their colours, and their names are text", async () => {
  const page = await opened();
  assert.deepEqual(await chart(page, "Stacked").locator(".sf-legend li").allInnerTexts(), [EVIL, "new"]);
  const places = await picture(page, "Stacked").locator("rect").evaluateAll((all) => all.map((one) => ["y", "height"].map((name) => Number(one.getAttribute(name)))));
  assert.equal(places.length, 4);
  const [, evilA, newA] = places; // of "a": what is sold anew stands on the other
  assert.ok(Math.abs(newA[0] + newA[1] - evilA[0]) < 0.01, JSON.stringify(places));
  const fills = picture(page, "Stacked").locator("g.sf-bars").nth(1).locator("rect").first();
  assert.equal(await fills.evaluate((one) => getComputedStyle(one).fill), "rgb(1, 2, 3)");
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  quiet(page);
});

test("moments are written as they are in the table, gathered, and cut by limits in seconds", async () => {
  const page = await opened();
  assert.equal((await titles(page, "Line")())[1], "price: $3.00\ntime: 2026-01-01 00:50:00\nleft: 1");
  assert.deepEqual(await titles(page, "Parts")(), ["price: 3\ntime: 2026-01-01 00:30:00", "price: 10\ntime: 2026-01-01 02:30:00"]);
  assert.ok((await words(page, "Line")).includes("01:00"));
  quiet(page);
});

test("dragging over an axis selects a part of it, and a double click is told", async () => {
  const page = await opened();
  await picture(page, "Points").scrollIntoViewIfNeeded();
  const spots = await picture(page, "Points").locator("circle").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ x, y, width }) => ({ x: x + width / 2, y })));
  await page.mouse.move(spots[1].x, spots[1].y);
  await page.mouse.down();
  await page.mouse.move(spots[2].x - 20, spots[1].y, { steps: 3 });
  await page.mouse.move(spots[2].x, spots[1].y);
  await page.mouse.up();
  await until(value(page, "Told"), "[2, 3] True");
  await picture(page, "Points").dblclick({ position: { x: 80, y: 60 } });
  await until(value(page, "Told"), "double");
  await picture(page, "Line").scrollIntoViewIfNeeded();
  const box = await picture(page, "Line").boundingBox();
  await page.mouse.move(box.x + 62, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 16, box.y + 60, { steps: 3 });
  await page.mouse.up();
  const near = (seconds, wanted) => Math.abs(seconds - wanted) < 300;
  await until(async () => {
    const [from, to] = (await value(page, "Told")()).match(/\d+/g)?.map(Number) ?? [];
    return near(from, Date.UTC(2026, 0, 1, 0, 10) / 1000) && near(to, Date.UTC(2026, 0, 1, 3) / 1000);
  }, true);
  quiet(page);
});

test("a function sends another table, other properties, and gets what is shown", async () => {
  const page = await opened();
  await button(page, "Describe").click();
  await until(value(page, "Told"), "point ['shop', 'sold', 'kind', 'area'] ['b', 10, '" + EVIL + "', 1]");
  await button(page, "Limit").click();
  await until(titles(page, "Points"), ["sold: 1\narea: 2", "sold: 2\narea: 3"]);
  assert.equal(await chart(page, "Points").locator(".sf-title").innerText(), "Two");
  await button(page, "Change").click();
  await until(titles(page, "Points"), ["sold: 2\narea: 3"]);
  quiet(page);
});

test("what is not there is said, and the numbers stand below by keyboard", async () => {
  const page = await opened();
  await chart(page, "Missing").getByText('no columns "area" and "weight"').waitFor();
  await chart(page, "Empty").getByText("No plot").waitFor();
  await chart(page, "Points").locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await chart(page, "Points").locator("tbody tr").first().locator("td").allInnerTexts(), ["sold", "1", "10"]);
  quiet(page);
});

test("the drawing can be saved as a picture, and fills the screen", async () => {
  const page = await opened();
  const saved = page.waitForEvent("download");
  await button(page, "Download Points").click();
  const file = await readFile(await (await saved).path());
  assert.deepEqual([...file.subarray(1, 4)], [...Buffer.from("PNG")]);
  assert.ok(file.length > 2000, `${file.length} bytes`);
  await button(page, "Full screen Points").click();
  await until(() => page.evaluate(() => Boolean(document.fullscreenElement)), true);
  quiet(page);
});

for (const colorScheme of ["light", "dark"]) {
  test(`no rule of axe-core is broken, ${colorScheme}, and all fits a telephone`, async () => {
    const page = await opened({ colorScheme, viewport: { width: 390, height: 800 }, bypassCSP: true });
    await page.evaluate(axe);
    const broken = await page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
    assert.deepEqual(broken, []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
  });
}
