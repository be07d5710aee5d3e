import assert from "node:assert/strict";
import { test } from "node:test";
import { button, shown, until, visit } from "./pages.mjs";

test("the followers of a listener know the target of the event, and its data is the first one's alone", async () => {
  for (const [name, log, after] of [
    ["Plain", " Plain:False Plain:False Plain:False Plain:False", "done"],
    ["Other", " Other:False Other:False Other:False Other:False", "done"],
    ["Failing", " Failing:False", "failed"],
    ["Scripted", "Scripted:False", "scripted"], // what the script gives is there where the page runs it
  ]) {
    const page = await visit();
    await button(page, name).click();
    await until(shown(page, "After"), after);
    assert.equal((await shown(page, "Log")()).replace(/^js/, "").trim(), log.trim());
  }
});

test("what was chosen is told to the first listener alone", async () => {
  const page = await visit();
  await page.getByRole("radio", { name: "b" }).click();
  await until(shown(page, "After"), "chosen");
  assert.equal(await shown(page, "Log")(), " Choice:True Choice:False");
});

test("the target of a chain that a State begins is the State", async () => {
  const page = await visit();
  await button(page, "Stated").click();
  await until(shown(page, "Counted"), "State, State");
});
