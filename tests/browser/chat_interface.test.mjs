import assert from "node:assert/strict";
import { test } from "node:test";
import { button, quiet, until, visit } from "./page.mjs";

const log = (page) => page.getByRole("log", { name: "Chatbot" });
const said = (page) => () => log(page).locator(".sf-content").evaluateAll((all) => all.map((one) => one.innerText.trim()));
const box = (page) => page.getByPlaceholder("Type a message...");
const idle = (page) => page.waitForSelector(".sf-log:not([aria-busy])");

/** Say `words` and wait for the whole answer. */
async function talk(page, words, answer) {
  const before = await said(page)();
  await box(page).fill(words);
  await box(page).press("Enter");
  await until(said(page), [...before, words, answer]);
  await idle(page);
}

test("a conversation is kept by the session: one call a turn, and the history in each answer", async () => {
  const page = await visit();
  await talk(page, "Hi", "You said: Hi (message 1).");
  await talk(page, "Ho", "You said: Ho (message 2). The first was: Hi");
  assert.equal(await box(page).inputValue(), "");
  assert.equal(page.calls.length, 2);
  quiet(page);
});

test("an answer is asked for anew, a message taken back, edited, and all of it cleared", async () => {
  const page = await visit();
  await talk(page, "Hi", "You said: Hi (message 1).");
  await page.getByText("It begins with").first().waitFor({ state: "attached" });
  await button(page, "Retry").click();
  await idle(page);
  await until(said(page), ["Hi", "You said: Hi (message 1)."]);
  await talk(page, "Ho", "You said: Ho (message 2). The first was: Hi");
  await button(page, "Undo").click();
  await until(said(page), ["Hi", "You said: Hi (message 1)."]);
  await until(() => box(page).inputValue(), "Ho");
  await idle(page);
  await button(page, "Edit").first().click();
  await log(page).getByRole("textbox").fill("Hu");
  await log(page).getByRole("textbox").press("Enter");
  await until(said(page), ["Hu", "You said: Hu (message 1)."]);
  await idle(page);
  const clear = page.waitForResponse(/gradio_api\/(run|queue)/);
  await page.locator(".sf-chatbot").getByRole("button", { name: /^Clear/ }).click();
  await until(said(page), []);
  await clear;
  await talk(page, "Ha", "You said: Ha (message 1).");
  quiet(page);
});

test("an example starts a conversation", async () => {
  const page = await visit();
  await log(page).getByRole("button", { name: "Hello" }).focus();
  await page.keyboard.press("Enter");
  await until(said(page), ["Hello", "You said: Hello (message 1)."]);
  await until(() => log(page).evaluate((node) => node === document.activeElement), true, "the example is gone, the focus is not");
  await idle(page);
  await talk(page, "Hi", "You said: Hi (message 2). The first was: Hello");
  quiet(page);
});

test("a message that the function refuses goes back into the field, and is not part of the conversation", async () => {
  const page = await visit();
  await talk(page, "Hi", "You said: Hi (message 1).");
  await box(page).fill(" ");
  await box(page).press("Enter");
  await page.getByText("Say something.").first().waitFor();
  await until(said(page), ["Hi", "You said: Hi (message 1)."]);
  await talk(page, "Ho", "You said: Ho (message 2). The first was: Hi");
});
