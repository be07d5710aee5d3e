import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, quiet, until, value, visit } from "./page.mjs";

const add = async (page, task) => {
  await field(page, "New task").fill(task);
  await field(page, "New task").press("Enter");
  await button(page, `Finish ${task}`).waitFor();
};

test("a part of the page is drawn from its inputs, and its listeners work", async () => {
  const page = await visit();
  await page.getByText("0 tasks").waitFor();
  await add(page, "one");
  await add(page, "two");
  await page.getByText("2 tasks").waitFor();
  await field(page, "Note 1").fill("well");
  await button(page, "Finish two").click();
  await until(value(page, "Last done"), "two: well");
  await page.getByText("1 tasks").waitFor();
  assert.equal(await button(page, "Finish two").count(), 0);
  assert.equal(await value(page, "Task 0")(), "one");
  quiet(page);
});

test("what has a key keeps what the visitor has made of it, and the focus; what has none starts anew", async () => {
  const page = await visit();
  await add(page, "one");
  await field(page, "Task 0").fill("changed");
  await field(page, "Note 0").fill("gone");
  await add(page, "two");
  assert.equal(await value(page, "Task 0")(), "changed");
  assert.equal(await value(page, "Note 0")(), "");
  await field(page, "Task 0").press("Enter");
  await page.getByText("3 tasks").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.value), "changed");
  quiet(page);
});

const number = (page, name) => () => page.getByLabel(name, { exact: true }).inputValue();

test("other triggers draw it, chains and timers in it work, and what it needs is loaded", async () => {
  const page = await visit();
  assert.equal(await page.getByLabel("Total").count(), 0);
  await page.getByLabel("Count").fill("3");
  await button(page, "Draw").click();
  await page.getByLabel("Loaded when asked for").waitFor();
  await button(page, "Add").click();
  await until(number(page, "Total"), "3");
  await until(value(page, "Last done"), "added");
  await until(async () => Number(await number(page, "Drawn ticks")()) >= 2, true);
  await button(page, "Draw").click();
  await until(async () => (await number(page, "Total")()) === "", true);
  quiet(page);
});
