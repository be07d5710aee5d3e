// A narrow page, and what is easily too long for it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { button, field, quiet, until, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const viewport = { width: 380, height: 800 };
const toasts = (page) => page.getByRole("region", { name: "Notifications" });
const NAMES = [
  "Textbox", "Number", "Slider", "Checkbox", "Checkbox Group", "Radio", "Dropdown", "Color Picker", "Date",
  "Code", "Label", "File", "Image", "Gallery", "Plot", "Multimodal Textbox", "Chatbot", "Textbox",
];

for (const colorScheme of ["light", "dark"]) {
  test(`no rule of axe-core is broken, and nothing is wider than the window: ${colorScheme}`, async () => {
    const page = await visit({ viewport, colorScheme, reducedMotion: "reduce", bypassCSP: true });
    await button(page, "Say").click();
    await toasts(page).locator(".sf-toast").nth(2).waitFor();
    await page.evaluate(axe);
    const broken = await page.evaluate(() => window.axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)));
    assert.deepEqual(broken, []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  });
}

test("no word of a button in a component's head is broken, and a large number is seen whole", async () => {
  const page = await visit({ viewport });
  const lines = await page.locator(".sf-tools > button:visible").evaluateAll((all) => all.map((one) => [one.textContent, one.offsetHeight]));
  assert.ok(lines.length > 4);
  for (const [name, height] of lines) assert.ok(height < 36, `${name} is ${height} pixels high`);
  const number = page.getByRole("spinbutton", { name: "Large, value" });
  assert.ok(await number.evaluate((node) => node.scrollWidth <= node.clientWidth));
  const box = await page.getByRole("checkbox", { name: /^Donau/ }).boundingBox();
  const name = await page.locator("label", { hasText: /^Donau/ }).last().boundingBox();
  assert.ok(name.x >= box.x + box.width && name.y <= box.y, "a checkbox stands beside its name");
});

test("many tabs are one line, and the keyboard brings each of them into view", async () => {
  const page = await visit({ viewport });
  const list = page.getByRole("tablist");
  assert.ok((await list.boundingBox()).height < 60);
  await page.getByRole("tab", { name: "Tab number 0" }).focus();
  await page.keyboard.press("End");
  await page.getByText("Panel 11").waitFor();
  const tab = await page.getByRole("tab", { name: "Tab number 11" }).boundingBox();
  assert.ok(tab.x >= 0 && tab.x + tab.width <= viewport.width);
  quiet(page);
});

test("a component without a label has its kind's name, which can be left out", async () => {
  const page = await visit();
  const names = page.locator("#unnamed .sf-name");
  assert.deepEqual(await names.allTextContents(), NAMES);
  assert.deepEqual(await names.evaluateAll((all) => all.map((one) => one.classList.contains("sf-unseen"))), NAMES.map((_, index) => index === NAMES.length - 1));
});

test("a list that cannot be changed offers nothing to remove or to choose", async () => {
  const page = await visit();
  const fixed = page.locator(".sf-dropdown", { hasText: "Fixed" });
  assert.equal(await fixed.locator(".sf-chip").innerText(), "fixed");
  assert.equal(await fixed.locator(":is(button, input):visible").count(), 0);
});

test("a message may have HTML, of which nothing runs; what only looks like it stays as it is", async () => {
  const page = await visit();
  await button(page, "Say").click();
  const [info, warning, long] = [0, 1, 2].map((index) => toasts(page).locator(".sf-toast").nth(index));
  await info.locator("a b").waitFor();
  assert.equal(await info.locator("p").textContent(), "See the page.");
  assert.equal(await info.getByRole("link").getAttribute("href"), "https://example.org");
  assert.equal(await warning.locator("p").textContent(), "It was <class 'int'>, and 1 < 2.");
  await long.locator("p").focus();
  await page.keyboard.press("End");
  await until(() => long.locator("p").evaluate((node) => node.scrollTop > 0), true);
  assert.equal(await page.evaluate(() => window.hacked ?? null), null);
  quiet(page);
});

test("the same message is not shown twice at a time", async () => {
  const page = await visit();
  for (let count = 0; count < 2; count += 1) {
    const answer = page.waitForResponse(/run\/say/);
    await button(page, "Say").click();
    await answer;
  }
  await button(page, "Fail").click();
  await toasts(page).getByText("It failed.").waitFor(); // the last one: the others are there by now
  assert.equal(await toasts(page).locator(".sf-toast").count(), 4);
});

test("an error stands where the result would, and not also at the field that was asked from", async () => {
  const page = await visit();
  await field(page, "Asked").fill("something");
  await button(page, "Fail").click();
  await page.locator(".sf-label .sf-alert b").waitFor();
  assert.deepEqual(await page.getByRole("alert").allInnerTexts(), ["It failed."]);
});
