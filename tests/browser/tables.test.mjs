// Tables on the page: shown, sorted, searched, edited, pasted into, and thousands of rows of them.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { button, emitted, made, quiet, until, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const EVIL = `<img src=x onerror="window.hacked=1">`;
const VALUE = { headers: ["name", "age", "ok"], data: [["Ann", 31, true], ["bob", 7, false], ["Cy", null, true]], metadata: null };
const PROPS = { label: "People", value: VALUE, datatype: ["str", "number", "bool"], interactive: true };

const grid = (page) => page.getByRole("grid", { name: "People" });
const cells = (page, column) => () => grid(page).locator(`tbody td:nth-child(${column})`).allInnerTexts();
const cell = (page, text) => grid(page).getByRole("gridcell", { name: text, exact: true });
const now = (page) => page.evaluate(() => window.node.value);
const chosen = (page) => grid(page).locator(".sf-chosen").innerText();

test("what the app gives is shown as it is; names and values are text, and nothing is sent before it is changed", async () => {
  const page = await visit();
  await made(page, "dataframe", { ...PROPS, value: { ...VALUE, headers: [EVIL, "age", "ok"], data: [[EVIL, 31, true]] } });
  assert.deepEqual(await grid(page).locator("thead th").allInnerTexts(), [EVIL, "age", "ok"]);
  assert.deepEqual(await cells(page, 1)(), [EVIL]);
  assert.equal(await grid(page).locator("img").count(), 0);
  assert.equal(await grid(page).locator("input[type=checkbox]").isChecked(), true);
  assert.deepEqual((await now(page)).data, [[EVIL, 31, true]]);
  assert.deepEqual(await page.evaluate(() => [window.hacked ?? null, window.events]), [null, []]);
  quiet(page);
});

test("a cell is edited by keys: typing replaces, Enter goes down, Tab goes right, Escape gives up", async () => {
  const page = await visit();
  await made(page, "dataframe", PROPS);
  await grid(page).focus();
  await page.keyboard.type("Anna");
  await page.keyboard.press("Enter");
  assert.equal(await chosen(page), "bob");
  await page.keyboard.press("F2");
  await page.keyboard.press("End");
  await page.keyboard.type("by");
  await page.keyboard.press("Tab");
  await page.keyboard.type("8,5");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("99");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Delete");
  assert.deepEqual((await now(page)).data, [["Anna", 31, true], ["bobby", 8.5, true], ["", null, true]]);
  assert.deepEqual(await emitted(page, "edit"), [
    { index: [0, 0], value: "Anna", previous_value: "Ann" },
    { index: [1, 0], value: "bobby", previous_value: "bob" },
    { index: [1, 1], value: 8.5, previous_value: 7 },
    { index: [1, 2], value: true, previous_value: false },
    { index: [2, 0], value: "", previous_value: "Cy" },
  ]);
  assert.equal((await emitted(page, "input")).length, 5);
  await page.keyboard.press("Tab"); // a chosen cell keeps nobody: Tab leads out of the table
  assert.equal(await grid(page).evaluate((node) => node.contains(document.activeElement)), false);
  quiet(page);
});

test("a chosen cell tells its place, its row and its column; a static column cannot be edited", async () => {
  const page = await visit();
  await made(page, "dataframe", { ...PROPS, static_columns: [0] });
  await cell(page, "bob").click();
  assert.deepEqual((await emitted(page, "select")).at(-1), {
    index: [1, 0], value: "bob", row_value: ["bob", 7, false], col_value: ["Ann", "bob", "Cy"], selected: true,
  });
  await page.keyboard.type("x");
  await cell(page, "bob").dblclick();
  assert.equal(await grid(page).locator("input.sf-editor").count(), 0);
  assert.equal(await cell(page, "bob").getAttribute("aria-readonly"), "true");
  assert.deepEqual((await now(page)).data, VALUE.data);
});

test("a click on a header sorts, the other way, and not at all; what is empty comes last; places stay the data's", async () => {
  const page = await visit();
  await made(page, "dataframe", PROPS);
  const head = grid(page).locator("th").nth(1);
  const order = [];
  for (let count = 0; count < 3; count += 1) {
    await head.click();
    order.push([await head.getAttribute("aria-sort"), ...(await cells(page, 1)())]);
  }
  assert.deepEqual(order, [["ascending", "bob", "Ann", "Cy"], ["descending", "Ann", "bob", "Cy"], [null, "Ann", "bob", "Cy"]]);
  await grid(page).locator("th").nth(0).click();
  await cell(page, "bob").click();
  assert.deepEqual((await emitted(page, "select")).at(-1).index, [1, 0]);
  await grid(page).focus();
  await page.keyboard.press("Control+ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter"); // on the header
  assert.equal(await grid(page).locator("th").nth(0).getAttribute("aria-sort"), "descending");
});

test("a search shows what has the words, and a filter keeps only that", async () => {
  const page = await visit();
  await made(page, "dataframe", { ...PROPS, show_search: "filter" });
  await page.getByRole("searchbox", { name: "Search" }).fill("B");
  assert.deepEqual(await cells(page, 1)(), ["bob"]);
  assert.equal((await now(page)).data.length, 3);
  await button(page, "Keep only these rows").click();
  assert.deepEqual((await now(page)).data, [["bob", 7, false]]);
  await page.getByRole("searchbox").fill("nobody");
  await page.getByText("Nothing matches").waitFor();
});

test("rows and columns are added, renamed and removed where the app lets them", async () => {
  const page = await visit();
  await made(page, "dataframe", { ...PROPS, row_count: [3, "dynamic"], column_count: [3, "dynamic"] });
  await cell(page, "Ann").click();
  await button(page, "Add row").click();
  await page.keyboard.type("Bea");
  await page.keyboard.press("Enter");
  await cell(page, "Cy").click();
  await button(page, "Remove row").click();
  await cell(page, "Ann").click();
  await button(page, "Add column").click();
  await grid(page).locator("th").nth(1).dblclick();
  await page.keyboard.type("city");
  await page.keyboard.press("Enter");
  assert.deepEqual(await now(page), {
    headers: ["name", "city", "age", "ok"],
    data: [["Ann", "", 31, true], ["Bea", "", "", ""], ["bob", "", 7, false]],
    metadata: null,
  });
  await made(page, "dataframe", { ...PROPS, label: "Fixed", row_count: [3, "fixed"], column_count: [3, "fixed"] });
  assert.equal(await page.getByRole("group", { name: "Fixed" }).getByRole("button", { name: /row|column/ }).count(), 0);
});

test("cells are pasted from a spreadsheet and copied into one", async () => {
  const page = await visit({ permissions: ["clipboard-read", "clipboard-write"] });
  await made(page, "dataframe", PROPS);
  await cell(page, "bob").click();
  await page.evaluate(() => navigator.clipboard.writeText("Bert\t40\nCleo\t41\nDan\t42\n"));
  await page.keyboard.press("Control+V");
  const data = [["Ann", 31, true], ["Bert", 40, false], ["Cleo", 41, true], ["Dan", 42, ""]];
  await until(async () => (await now(page)).data, data);
  await page.keyboard.press("Control+C");
  await until(() => page.evaluate(() => navigator.clipboard.readText()), "Bert");
  await button(page, "Copy People").click();
  await until(() => page.evaluate(() => navigator.clipboard.readText()), "name\tage\tok\nAnn\t31\ttrue\nBert\t40\tfalse\nCleo\t41\ttrue\nDan\t42\t");
});

test("what a Styler says is seen: its texts, its colours, and no address in them", async () => {
  const page = await visit();
  const styling = [["background-color: lightgreen; background-image: url(https://example.org/x)", "color: red", ""]];
  const metadata = { display_value: [["ANN", "31.00", "yes"]], styling };
  await made(page, "dataframe", { ...PROPS, interactive: false, datatype: "str", value: { ...VALUE, data: [["Ann", 31, true]], metadata } });
  assert.deepEqual(await grid(page).locator("td").allInnerTexts(), ["ANN", "31.00", "yes"]);
  const looks = await grid(page).locator("td").evaluateAll((all) => all.map((one) => [one.style.backgroundColor, one.style.color, one.style.backgroundImage]));
  assert.deepEqual(looks, [["lightgreen", "rgb(26, 26, 31)", ""], ["", "red", ""], ["", "", ""]]);
  await cell(page, "ANN").dblclick();
  assert.equal(await grid(page).locator("input.sf-editor").count(), 0);
  quiet(page);
});

test("Markdown and HTML in cells are drawn, and nothing in them runs", async () => {
  const page = await visit();
  const value = { headers: ["m", "h"], data: [[`**bold** ${EVIL}`, `<b>b</b><script>hacked=1</script>`]], metadata: null };
  await made(page, "dataframe", { label: "People", interactive: false, datatype: ["markdown", "html"], value });
  await until(() => grid(page).locator("strong").allInnerTexts(), ["bold"]);
  assert.deepEqual(await grid(page).locator("td b").allInnerTexts(), ["b"]);
  assert.equal(await page.evaluate(() => window.hacked ?? document.querySelectorAll("main script").length), 0);
});

test("twenty thousand rows are drawn, scrolled and gone through quickly, a view of them at a time", async () => {
  const page = await visit();
  const data = Array.from({ length: 20_000 }, (_, row) => [`row ${row}`, row, row % 2 === 0]);
  await made(page, "dataframe", { ...PROPS, max_height: 300, value: { ...VALUE, data } });
  assert.equal(await grid(page).getAttribute("aria-rowcount"), "20001");
  await until(async () => (await grid(page).locator("tbody tr").count()) < 80, true);
  await cell(page, "row 3").click();
  await page.keyboard.press("Control+ArrowDown");
  await cell(page, "row 19999").waitFor();
  assert.equal(await chosen(page), "row 19999");
  await page.keyboard.type("last");
  await page.keyboard.press("Enter");
  assert.equal((await now(page)).data[19_999][0], "last");
  await page.locator(".sf-scroller").evaluate((node) => (node.scrollTop = node.scrollHeight / 2));
  await page.getByRole("gridcell", { name: /^row (99|100)\d\d$/ }).first().waitFor();
  assert.ok((await grid(page).locator("tbody tr").count()) < 80);
  const widths = () => grid(page).locator("th").evaluateAll((all) => all.map((one) => one.offsetWidth));
  const before = await widths();
  await page.locator(".sf-scroller").evaluate((node) => (node.scrollTop = 0));
  await cell(page, "row 0").waitFor();
  assert.deepEqual(await widths(), before);
});

for (const colorScheme of ["light", "dark"]) {
  test(`no rule of axe-core is broken by a table, ${colorScheme}, and it fits a telephone`, async () => {
    const page = await visit({ colorScheme, viewport: { width: 390, height: 800 }, reducedMotion: "reduce", bypassCSP: true });
    await page.evaluate(axe);
    await made(page, "dataframe", { ...PROPS, show_search: "filter", show_row_numbers: true, pinned_columns: 1 });
    await cell(page, "bob").click();
    await cell(page, "bob").dblclick();
    const broken = await page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
    assert.deepEqual(broken, []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
  });
}

test("the columns keep their widths while a cell or a name is written", async () => {
  const page = await visit({ viewport: { width: 380, height: 800 } });
  await made(page, "dataframe", { ...PROPS, value: { ...VALUE, data: [["Ann with a longer name", 31_000_000, true], ["bob", 7, false]] } });
  const widths = () => grid(page).locator("thead th").evaluateAll((all) => all.slice(0, 2).map((one) => one.offsetWidth));
  await cell(page, "bob").waitFor(); // it is drawn with the next picture
  const before = await widths();
  for (const key of ["Enter", "Escape", "ArrowRight", "Enter", "Escape", "ArrowUp", "F2"]) {
    await (key === "Enter" ? grid(page).focus() : null);
    await page.keyboard.press(key);
    assert.deepEqual(await widths(), before, key);
  }
  assert.equal(await grid(page).locator("input.sf-editor").count(), 1);
  const field = await grid(page).locator("input.sf-editor").boundingBox();
  const place = await grid(page).locator("th:has(input)").boundingBox();
  assert.ok(Math.abs(field.width - place.width) <= 2 && Math.abs(field.height - place.height) <= 2);
  quiet(page);
});
