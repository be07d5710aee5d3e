import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, hold, quiet, ready, until, value, visit } from "./page.mjs";

const tab = (page, name) => page.getByRole("tab", { name, exact: true });
const drawn = (page) => () => page.locator('[role="tabpanel"] > *').count();

test("what stands in a tab is drawn when it is opened, and once", async () => {
  const page = await visit();
  const before = await drawn(page)();
  assert.equal(await page.getByText("Of the second").count(), 0);
  assert.equal(await page.getByText("Deep", { exact: true }).count(), 0);
  await tab(page, "Second").click();
  await page.getByRole("heading", { name: "Of the second" }).waitFor();
  await page.getByText("The inner one.").waitFor();
  assert.equal(await field(page, "Deep").count(), 0);
  await tab(page, "Hidden").click();
  await until(value(page, "Deep"), "deep");
  assert.ok((await drawn(page)()) > before);
  for (const name of ["First", "Second"]) await tab(page, name).click();
  assert.equal(await page.getByRole("heading", { name: "Of the second" }).count(), 1);
  quiet(page);
});

test("a call reads and changes what stands in tabs that nobody has opened", async () => {
  const page = await visit();
  await field(page, "Word").fill("hello");
  await button(page, "Send").click();
  await until(value(page, "Shown"), "heard sent hello");
  assert.equal(await page.getByText("Of the second").count(), 0);
  const [call] = page.calls;
  assert.deepEqual(call.postDataJSON().data, ["hello", "", 2, "deep"]);
  await tab(page, "Second").click();
  await until(value(page, "Got"), "sent hello");
  await field(page, "Got").fill("typed");
  await until(value(page, "Shown"), "heard typed");
  quiet(page);
});

test("a function opens a tab, whose buttons work", async () => {
  const page = await visit();
  await button(page, "Go").click();
  await page.getByRole("heading", { name: "Of the second" }).waitFor();
  await button(page, "Back").click();
  await field(page, "Word").waitFor();
  quiet(page);
});

test("an accordion's header is a button that says whether it is open", async () => {
  const page = await visit();
  const header = button(page, "Folded");
  assert.equal(await header.getAttribute("aria-expanded"), "false");
  await page.getByText("What was folded.").waitFor({ state: "hidden" });
  await header.focus();
  await page.keyboard.press("Enter");
  await page.getByText("What was folded.").waitFor();
  assert.equal(await header.getAttribute("aria-expanded"), "true");
  await until(value(page, "Shown"), "expanded");
  await page.keyboard.press("Space");
  await until(value(page, "Shown"), "collapsed");
  await page.getByText("What was folded.").waitFor({ state: "hidden" });
  quiet(page);
});

test("what files are given by has the names that it has in Gradio", async () => {
  const page = await visit();
  await until(() => button(page, "Click to upload or drop files").count(), 2);
  assert.equal(await button(page, "Paste from clipboard").count(), 1);
  quiet(page);
});

test("neither the page nor the scripts after it wait for a script that says async", async () => {
  const page = await visit();
  const [{ script }] = await page.evaluate(() => JSON.parse(document.getElementById("config").textContent).scripts.head);
  const release = await hold(page, script);
  await page.reload({ waitUntil: "commit" });
  await ready(page);
  assert.deepEqual(await page.evaluate(() => [window.ran, window.after]), [undefined, 0]);
  release();
  await until(() => page.evaluate(() => window.ran), 1);
  quiet(page);
});

test("a class of the app's means its own elements, and none of the page's", async () => {
  const page = await visit();
  await tab(page, "Second").click();
  await page.getByText("The inner one.").waitFor();
  const outlined = await page.evaluate(() =>
    [...document.querySelectorAll("body *")].filter((one) => getComputedStyle(one).outlineWidth === "7px").map((one) => one.textContent.trim()),
  );
  assert.deepEqual(outlined, ["Sections"]);
  const others = await page.evaluate(() => {
    const all = [...document.querySelectorAll("[class]")].flatMap((one) => [...one.classList]);
    return [...new Set(all)].filter((name) => !name.startsWith("sf-")).sort();
  });
  assert.deepEqual(others, ["gradio-container", "markdown"]);
});
