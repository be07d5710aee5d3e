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

test("a call whose answer was lost can be tried again, and is applied once", async () => {
  const page = await visit();
  await send(page, "one", "one");
  await page.route("**/run/*", async (route) => {
    await route.fetch(); // it arrives, and is applied
    await route.abort("connectionreset");
  }, { times: 1 });
  await field(page, "message").fill("two");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("could not be reached").waitFor();
  await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  await page.getByRole("alert").getByText("It was not applied again.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
  await send(page, "three", "one two three");
  quiet(page, ["ERR_CONNECTION_RESET", "status of 410"]);
});

test("a call that never arrived can be tried again, and is applied", async () => {
  const page = await visit();
  await send(page, "one", "one");
  await page.route("**/run/*", (route) => route.abort("connectionrefused"), { times: 1 });
  await field(page, "message").fill("two");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  await until(value(page, "output 0"), "one two");
  quiet(page, ["ERR_CONNECTION_REFUSED"]);
});

test("two tabs of one persisted session that call at the same time lose nothing", async () => {
  const page = await visit();
  await send(page, "one", "one");
  const kept = await page.evaluate(() => Object.entries(sessionStorage));
  const other = await secondTab(page);
  await other.evaluate((entries) => entries.forEach(([name, item]) => sessionStorage.setItem(name, item)), kept);
  await other.reload();
  await ready(other);
  for (const [tab, word] of [[page, "left"], [other, "right"]]) await field(tab, "message").fill(word);
  await Promise.all([page, other].map((tab) => tab.keyboard.press("Enter")));
  for (const [tab, word] of [[page, "left"], [other, "right"]]) await until(async () => (await value(tab, "output 0")()).includes(word), true);
  await field(page, "message").fill("last");
  await page.keyboard.press("Enter");
  await until(async () => (await value(page, "output 0")()).split(" ").sort(), ["last", "left", "one", "right"]);
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
