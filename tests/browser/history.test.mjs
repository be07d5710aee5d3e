// The conversations that a browser keeps, and the list of them beside the chat.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { button, quiet, ready, secondTab, until, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const box = (page) => page.getByPlaceholder("Type a message...");
const said = (page) => () => page.getByRole("log").locator(".sf-content").evaluateAll((all) => all.map((one) => one.innerText.trim()));
const titles = (page) => () => page.locator(".sf-dataset").getByRole("button").allInnerTexts();
const idle = (page) => page.waitForSelector(".sf-log:not([aria-busy])");

async function talk(page, words, answer, listed) {
  await box(page).fill(words);
  await box(page).press("Enter");
  await until(async () => (await said(page)()).slice(-2), [words, answer]);
  await idle(page);
  await until(titles(page), listed);
}

test("conversations are listed, opened and gone on with, and a new one is begun", async () => {
  const page = await visit();
  await until(titles(page), []);
  await talk(page, "one", "one after 0", ["one"]);
  await talk(page, "more", "more after 2", ["one"]);
  await button(page, "New chat").click();
  await until(said(page), []);
  await talk(page, "two", "two after 0", ["two", "one"]);
  await button(page, "one").click();
  await until(said(page), ["one", "one after 0", "more", "more after 2"]);
  await talk(page, "again", "again after 4", ["two", "one"]);
  await button(page, "two").click();
  await until(said(page), ["two", "two after 0"]);
  quiet(page);
});

test("a reload of the page and another tab have the conversations still", async () => {
  const page = await visit();
  await talk(page, "one", "one after 0", ["one"]);
  await page.reload();
  await ready(page);
  await until(titles(page), ["one"]);
  assert.deepEqual(await said(page)(), []);
  await button(page, "one").click();
  await until(said(page), ["one", "one after 0"]);
  await talk(page, "more", "more after 2", ["one"]);
  const other = await secondTab(page);
  await until(titles(other), ["one"]);
  await button(other, "one").click();
  await until(said(other), ["one", "one after 0", "more", "more after 2"]);
  quiet(page);
});

test("a conversation that is cleared is listed no more", async () => {
  const page = await visit();
  await talk(page, "one", "one after 0", ["one"]);
  await button(page, "New chat").click();
  await until(said(page), []);
  await talk(page, "two", "two after 0", ["two", "one"]);
  await page.locator(".sf-chatbot").getByRole("button", { name: "Clear" }).click();
  await until(titles(page), ["one"]);
  await page.reload();
  await ready(page);
  await until(titles(page), ["one"]);
  quiet(page);
});

test("the list is gone through by keyboard alone", async () => {
  const page = await visit();
  await talk(page, "one", "one after 0", ["one"]);
  await button(page, "New chat").focus();
  await page.keyboard.press("Enter");
  await until(said(page), []);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await until(said(page), ["one", "one after 0"]);
});

test("what a stopped turn said is kept, and its message does not stand in the field besides", async () => {
  const page = await visit();
  await talk(page, "one", "one after 0", ["one"]);
  await box(page).fill("slow");
  await box(page).press("Enter");
  await page.waitForResponse(/queue\/join/);
  await button(page, "Stop").click();
  await until(async () => (await said(page)()).includes("slow"), true);
  await idle(page);
  await until(() => box(page).inputValue(), "");
});

for (const viewport of [{ width: 1280, height: 900 }, { width: 380, height: 800 }]) {
  test(`the chat takes what the window leaves it beside the list: ${viewport.width} pixels wide`, async () => {
    const page = await visit({ viewport, bypassCSP: true });
    await talk(page, "one", "one after 0", ["one"]);
    const [log, foot] = [await page.getByRole("log").boundingBox(), await page.locator("footer").boundingBox()];
    assert.ok(Math.abs(foot.y + foot.height - viewport.height) <= 1, `the page ends at ${foot.y + foot.height}`);
    assert.ok(log.height > 0.4 * viewport.height, `the chat is ${log.height} high`);
    await page.evaluate(axe);
    const broken = await page.evaluate(() => window.axe.run(document).then(({ violations }) => violations.map(({ id }) => id)));
    assert.deepEqual(broken, []);
  });
}
