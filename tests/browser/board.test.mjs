import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { field, quiet, ready, secondTab, until, visit } from "./page.mjs";

const columns = (page) => () =>
  page.locator(".board ol").evaluateAll((lists) => lists.map((list) => [...list.children].map((card) => card.textContent)));
const card = (page, text) => page.locator(".board li", { hasText: text });
const moved = async (page) => {
  await page.waitForResponse((answer) => answer.url().endsWith("/run/move"));
  await page.locator(".board:not([aria-busy])").waitFor();
};

async function add(page, text) {
  await field(page, "New task").fill(text);
  await page.keyboard.press("Enter");
  await card(page, text).waitFor();
}

test("a component of somebody else's is drawn, and its events call functions", async () => {
  const page = await visit();
  await until(columns(page), [["Write"], [], ["Plan"]]);
  await add(page, "Review <b>it</b>");
  await until(columns(page), [["Write", "Review <b>it</b>"], [], ["Plan"]]);

  await card(page, "Write").focus();
  for (const [key, shown] of [
    ["ArrowDown", [["Review <b>it</b>", "Write"], [], ["Plan"]]],
    ["ArrowRight", [["Review <b>it</b>"], ["Write"], ["Plan"]]],
    ["ArrowRight", [["Review <b>it</b>"], [], ["Plan", "Write"]]],
    ["ArrowUp", [["Review <b>it</b>"], [], ["Write", "Plan"]]],
  ]) {
    const answer = moved(page);
    await page.keyboard.press(key);
    await until(columns(page), shown);
    await answer; // the focus stays on the card while the answer comes
  }
  const other = await secondTab(page);
  await until(columns(other), [["Review <b>it</b>"], [], ["Write", "Plan"]]);
  quiet(page);
  quiet(other);
});

test("a card is dragged to its place", async () => {
  const page = await visit();
  await add(page, "Dragged");
  const answer = moved(page);
  await card(page, "Dragged").dragTo(card(page, "Plan"), { targetPosition: { x: 20, y: 2 } });
  await answer;
  await page.reload();
  await ready(page);
  await until(async () => (await columns(page)())[2]?.includes("Dragged"), true); // once the columns are drawn
  quiet(page);
});

test("a move that came too late is told, and the page shows what is", async () => {
  const page = await visit();
  await add(page, "Contested");
  const other = await secondTab(page);
  await card(other, "Contested").waitFor();
  await card(page, "Contested").focus();
  const answer = moved(page);
  await page.keyboard.press("ArrowRight");
  await answer;

  await card(other, "Contested").focus();
  await other.keyboard.press("ArrowRight");
  await other.getByText("Somebody else has moved").waitFor();
  const board = await columns(page)();
  await until(columns(other), board);
  quiet(other);
});

test("no rule of axe-core is broken by it", async () => {
  const page = await visit({ bypassCSP: true }); // axe itself is no file of the page
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const broken = await page.evaluate(() => window.axe.run(document).then(({ violations }) => violations.map(({ id }) => id)));
  assert.deepEqual(broken, []);
});
