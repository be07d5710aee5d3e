import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, quiet, until, value, visit } from "./page.mjs";

const BROKEN = "A script of this app failed: ";

test("a script runs when the page opens, once, with what stands in the head before it", async () => {
  const page = await visit();
  await until(value(page, "First"), "loaded");
  await until(() => page.evaluate(() => document.documentElement.dataset.opened), "1");
  const head = await page.evaluate(() => [
    document.querySelector("meta[name=description]").content,
    getComputedStyle(document.querySelector("h2")).color,
    JSON.parse(document.getElementById("data").textContent).kept,
    window.count,
  ]);
  assert.deepEqual(head, ["Of the app", "rgb(1, 2, 3)", true, 1]);
  await until(() => page.evaluate(() => window.modular), true);
  quiet(page);
});

test("the script of a listener gets its inputs, and gives the function its own", async () => {
  const page = await visit();
  await field(page, "First").fill("hello");
  await button(page, "Before").click();
  await until(value(page, "Second"), "got HELLO!");
  quiet(page);
});

test("a script without a function sets the outputs, when what it promised has come", async () => {
  const page = await visit();
  await field(page, "First").fill("one");
  await field(page, "Second").fill("two");
  await button(page, "Alone").click();
  await until(value(page, "Third"), "one1");
  assert.equal(await value(page, "Second")(), "two");
  assert.deepEqual(page.calls, []);
  quiet(page);
});

test("statements may stand where Gradio takes a function", async () => {
  const page = await visit();
  await field(page, "First").fill("x");
  await button(page, "Stated").click();
  await until(value(page, "Third"), "stated x");
  await button(page, "Called").click();
  await until(value(page, "Third"), "B!");
  quiet(page);
});

test("a script that gives nothing calls the function without inputs, which is told", async () => {
  const page = await visit();
  await button(page, "Nothing").click();
  await until(() => page.evaluate(() => window.done), "nothing");
  await page.getByRole("alert").first().waitFor();
  assert.equal(page.calls.length, 1);
  assert.deepEqual(page.calls[0].postDataJSON().data, []);
});

test("a script that fails is told, calls nothing, and what follows a failure goes on", async () => {
  const page = await visit();
  await until(value(page, "First"), "loaded");
  await button(page, "Fail").click();
  await page.getByText("no luck").first().waitFor();
  await until(value(page, "Second"), "went on");
  assert.equal(await value(page, "First")(), "loaded");
  assert.deepEqual(page.calls, []);
  quiet(page);
});

test("a script that makes Gradio's page dark makes this one dark, and knows whether it is", async () => {
  const page = await visit({ colorScheme: "light" });
  const theme = () => page.evaluate(() => [document.documentElement.dataset.theme ?? null, document.body.classList.contains("dark")]);
  assert.deepEqual(await theme(), [null, false]);
  await button(page, "Dark").click();
  await until(theme, ["dark", true]);
  await button(page, "Dark").click();
  await until(theme, ["light", false]);
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await theme(), ["light", false]);
  quiet(page);
});

test("a config can name no other file of this origin as a script", async () => {
  const page = await visit();
  const said = await page.evaluate(async () => {
    const { load } = await import(new URL("scripts.js", document.querySelector("script[src*='main.js']").src));
    const names = ["../../gradio_api/file=x.js", "/main.js", "https://example.com/x.js", "scripts/../main.js", "main.js"];
    return Promise.all(names.map(async (name) => load(name)).map((loading) => loading.then(() => "loaded", () => "refused")));
  });
  assert.deepEqual(said, Array(5).fill("refused"));
  quiet(page);
});

test("a script that cannot be read is told when the page opens, and nothing else is lost by it", async () => {
  const page = await visit();
  await page.getByText(BROKEN).first().waitFor();
  await button(page, "Clear").click();
  await until(value(page, "First"), "");
  await button(page, "Broken").click();
  await button(page, "Called").click();
  await until(value(page, "Third"), "B!");
  quiet(page);
});

test("a script that a function drew does not run, unless the app has the same", async () => {
  const page = await visit();
  await until(value(page, "First"), "loaded");
  await field(page, "First").fill("'; window.hacked = 1; '");
  await button(page, "Called").click();
  await button(page, "Drawn").click();
  await page.getByText("which this page does not run").first().waitFor();
  assert.equal(await page.evaluate(() => window.hacked ?? null), null);
  assert.equal(await value(page, "Second")(), "");
  await button(page, "Known").click();
  await until(value(page, "Second"), "went on");
  quiet(page);
});
