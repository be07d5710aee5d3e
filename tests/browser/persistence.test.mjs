import assert from "node:assert/strict";
import { test } from "node:test";
import { field, quiet, ready, secondTab, until, value, visit } from "./page.mjs";

async function send(page, message, all) {
  await field(page, "message").fill(message);
  await page.keyboard.press("Enter");
  await until(value(page, "output 0"), all);
}

test("a persisted session goes on after a reload; another tab has its own", async () => {
  const page = await visit();
  await send(page, "one", "one");
  await page.reload();
  await ready(page);
  await send(page, "two", "one two");
  const other = await secondTab(page);
  await send(other, "alone", "alone");
  quiet(page);
});

test("two tabs of one persisted session lose nothing of each other's", async () => {
  const page = await visit();
  await send(page, "one", "one");
  const kept = await page.evaluate(() => Object.entries(sessionStorage));
  const other = await secondTab(page);
  await other.evaluate((entries) => entries.forEach(([name, item]) => sessionStorage.setItem(name, item)), kept);
  await other.reload();
  await ready(other);
  await send(other, "two", "one two");
  await send(page, "three", "one two three");
  await send(other, "four", "one two three four");
  assert.equal(kept.length, 1);
});
