import assert from "node:assert/strict";
import { test } from "node:test";
import { button, hold, light, quiet, until, visit } from "./page.mjs";

const box = (page) => page.getByPlaceholder("Type a message...");
const log = (page) => page.getByRole("log", { name: "Chatbot" });
const said = (page) => () => log(page).locator(".sf-content").evaluateAll((all) => all.map((one) => one.innerText.trim()));

async function talk(page, words) {
  await box(page).fill(words);
  await box(page).press("Enter");
  await button(page, "Retry").waitFor();
}

test("the page of a chat is light, and starts in the field", async () => {
  const page = await visit();
  await light(page);
  await until(() => box(page).evaluate((field) => field === document.activeElement), true);
});

test("a turn is one call, and its message is seen before the answer", async () => {
  const page = await visit();
  const release = await hold(page, "gradio_api/queue/join");
  await box(page).fill("one");
  await button(page, "Send").click();
  assert.deepEqual(await said(page)(), ["one"]);
  assert.equal(await box(page).inputValue(), "");
  release();
  await until(said(page), ["one", "one after 0"]);
  assert.equal(page.calls.length, 1);
  await button(page, "Retry").waitFor();
  await talk(page, "two");
  assert.deepEqual(await said(page)(), ["one", "one after 0", "two", "two after 2"]);
  quiet(page);
});

test("a turn that fails leaves the conversation as it was, and the message in the field", async () => {
  const page = await visit();
  await talk(page, "one");
  await box(page).fill("fail");
  await box(page).press("Enter");
  await page.getByRole("region", { name: "Notifications" }).getByText("Refused").waitFor();
  await until(() => box(page).inputValue(), "fail");
  await until(said(page), ["one", "one after 0"]);
});

test("retry, edit, undo, clear and examples go on from the right message", async () => {
  const page = await visit();
  await talk(page, "one");
  await talk(page, "two");
  await button(page, "Retry").click();
  await button(page, "Retry").waitFor();
  await until(said(page), ["one", "one after 0", "two", "two after 2"]);
  await button(page, "Edit").first().click();
  const editor = page.getByRole("textbox", { name: "Edit", exact: true });
  await editor.fill("three");
  await editor.press("Enter");
  await until(said(page), ["three", "three after 0"]);
  await button(page, "Undo").click();
  await until(said(page), []);
  await until(() => box(page).inputValue(), "three");
  await talk(page, "four");
  await button(page, "Clear").click();
  await button(page, "an example").click();
  await until(said(page), ["an example", "an example after 0"]);
  await button(page, "Retry").waitFor();
  quiet(page);
});
