import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { button, field, shown, until, visit } from "./pages.mjs";

let page;
beforeEach(async () => {
  page = await visit();
  await field(page, "Shown").waitFor();
});

const read = (name) => shown(page, name)();

/** Begin to count, and wait until the server has begun; a page may see nothing of it before the stream ends. */
async function begin() {
  const joined = page.waitForRequest("**/queue/data*");
  await button(page, "Count").click();
  await joined;
  await page.waitForTimeout(700);
}

/** Nothing comes any more: what is shown stays what it is. */
async function still() {
  const before = await read("Shown");
  await page.waitForTimeout(600);
  assert.equal(await read("Shown"), before);
}

test("a button that cancels and goes on can be pressed while nothing runs", async () => {
  await field(page, "Shown").fill("written");
  await button(page, "Reset").click();
  await until(shown(page, "Shown"), "");
});

test("a reset ends the call, and what it had yielded does not come back", async () => {
  await begin();
  await button(page, "Reset").click();
  await until(shown(page, "Ends"), "ended");
  await until(shown(page, "Shown"), "");
  await until(shown(page, "At"), "");
  await still();
});

test("a cancelled call has failed for what listens to it", async () => {
  await begin();
  await button(page, "Stop").click();
  await until(shown(page, "Ends"), "ended");
  await until(shown(page, "Fails"), "failed");
  assert.equal(await read("Succeeds"), "");
  assert.match(await read("Shown"), /^n\d+$/);
  await still();
});

test("the next step of the chain gets what the cancelled call had yielded", async () => {
  await begin();
  const shownBefore = await read("Shown"); // nothing yet where the stream comes in one piece
  await button(page, "Keep").click();
  await until(async () => Boolean(await read("Kept")), true);
  const kept = await read("Kept");
  const [, value, at] = /^n(\d+) at (\d+)$/.exec(kept) ?? [];
  if (await page.locator("main#app").count()) {
    assert.ok(value, kept);
    await until(shown(page, "Shown"), `n${value}`);
  } else assert.ok(value || !shownBefore, kept); // Gradio's page goes on with what it shows
  assert.equal(value, at);
});

test("a function that cancels another call runs, too", async () => {
  await begin();
  await button(page, "Swap").click();
  await until(shown(page, "Log"), "swapped");
  await until(shown(page, "Ends"), "ended");
  await still();
});

test("what a cancelled function returns later is not shown", async () => {
  await button(page, "Answer").click();
  await page.waitForTimeout(200);
  await button(page, "Reset").click();
  await until(shown(page, "Shown"), "");
  await page.waitForTimeout(2000);
  assert.equal(await read("Shown"), "");
});
