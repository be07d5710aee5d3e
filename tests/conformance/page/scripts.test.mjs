import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, shown, until, visit } from "./pages.mjs";

/** Open the page; skips the test where our page stands before a server of Gradio's, which has no files of its scripts. */
async function opened(context) {
  const page = await visit();
  await field(page, "First").waitFor();
  const foreign = await page.evaluate(() => {
    const inlined = document.getElementById("config")?.textContent.trim();
    return Boolean(document.querySelector("main#app")) && !inlined?.includes('"script"');
  });
  if (!foreign) return page;
  await page.getByText("which this page does not run").first().waitFor();
  context.skip("the page says that it does not run the script");
  return null;
}

const items = (page) => () => page.locator("li[title=pc]").allInnerTexts();

test("scripts run before functions, and alone", async (context) => {
  const page = await opened(context);
  if (!page) return;
  await until(shown(page, "Third"), "opened and seen");
  await field(page, "First").fill("word");
  await button(page, "Before").click();
  await until(shown(page, "Second"), "got WORD");
  await button(page, "Alone").click();
  await until(shown(page, "Third"), "word?");
  assert.equal(await shown(page, "Second")(), "got WORD!");
  await button(page, "Stated").click();
  await until(shown(page, "Third"), "word stated");
  await button(page, "Chained").click();
  await until(shown(page, "Third"), "one two");
});

test("a template draws the value, and its script changes it and tells its events", async (context) => {
  const page = await opened(context);
  if (!page) return;
  await until(items(page), ["a<b: 1"]);
  assert.equal(await page.locator("li[title=pc]").evaluate((item) => getComputedStyle(item).color), "rgb(1, 2, 3)");
  await button(page, "Add one").click();
  await until(shown(page, "First"), "2 now");
  await until(shown(page, "Second"), "2");
  await until(items(page), ["a<b: 2", "item 1: 2"]);
  await button(page, "Reset").click();
  await until(items(page), ["new: 2", "newer: 2"]);
  await until(() => page.evaluate(() => document.documentElement.dataset.watched), "2");
});
