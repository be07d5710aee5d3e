import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, quiet, visit } from "./page.mjs";

const style = (locator, name) => locator.evaluate((element, asked) => getComputedStyle(element)[asked], name);

test("an app's CSS finds its elements, and Gradio's variables", async () => {
  const page = await visit();
  const named = page.locator("#named");
  assert.equal(await style(named, "outlineColor"), "rgb(20, 184, 166)");
  assert.equal(await style(page.locator(".wide-one.other"), "letterSpacing"), "2px");
  assert.equal(await style(page.locator("footer"), "visibility"), "hidden");
  assert.ok(await field(page, "Named").isVisible());
  quiet(page);
});

test("a theme gives the page its hues, corners and fonts, and its variables", async () => {
  const page = await visit();
  assert.equal(await style(button(page, "Main"), "backgroundColor"), "rgb(153, 246, 228)");
  assert.equal(await style(field(page, "Classed"), "borderRadius"), "0px");
  assert.match(await style(page.locator("html"), "fontFamily"), /^"Noto Serif", serif$/);
  assert.equal(await style(page.locator("html"), "backgroundColor"), "rgb(250, 250, 250)");
  quiet(page);
});

test("in the dark a theme has its dark values, whoever chose it", async () => {
  const page = await visit();
  await page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await style(page.locator("html"), "backgroundColor"), "rgb(1, 2, 3)");
  await page.emulateMedia({ colorScheme: "light" });
  assert.equal(await style(page.locator("html"), "backgroundColor"), "rgb(250, 250, 250)");
  await page.locator("html").evaluate((element) => (element.dataset.theme = "dark"));
  assert.equal(await style(page.locator("html"), "backgroundColor"), "rgb(1, 2, 3)");
  quiet(page);
});
