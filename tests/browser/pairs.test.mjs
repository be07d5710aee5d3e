import assert from "node:assert/strict";
import { test } from "node:test";
import { button, quiet, until, visit } from "./page.mjs";

const log = (page) => page.getByRole("log");
const said = (page) => () => log(page).locator(".sf-message:visible .sf-content").evaluateAll((all) => all.map((one) => one.innerText.trim()));

async function talk(page, words) {
  const before = await said(page)();
  const box = page.getByRole("textbox").first();
  await box.fill(words);
  await box.press("Enter");
  await until(said(page), [...before, words, `${words.toUpperCase()}!`]);
}

test("a chatbot whose functions write pairs is shown as messages, whichever environment answers", async () => {
  const page = await visit();
  for (const words of ["hello", "how are you", "again"]) await talk(page, words);
  assert.equal(await log(page).locator(".sf-message.sf-user").count(), 3);
  await button(page, "Clear").last().click();
  await until(said(page), []);
  await talk(page, "anew");
  quiet(page);
});
