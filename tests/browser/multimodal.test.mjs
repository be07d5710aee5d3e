import assert from "node:assert/strict";
import { test } from "node:test";
import { hold, light, quiet, until, visit } from "./page.mjs";

const log = (page) => page.getByRole("log");
const words = (page) => () => log(page).locator(".sf-user .sf-content").evaluateAll((all) => all.map((one) => one.innerText.trim()));
const field = (page) => page.getByPlaceholder("Say something");
const idle = (page) => page.waitForSelector(".sf-log:not([aria-busy])");
const text = (name, content) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });

async function png(page) {
  const data = await page.evaluate(() => Object.assign(document.createElement("canvas"), { width: 8, height: 4 }).toDataURL("image/png"));
  return { name: "box.png", mimeType: "image/png", buffer: Buffer.from(data.split(",")[1], "base64") };
}

async function say(page, said, ...files) {
  await field(page).fill(said);
  if (files.length) {
    await page.locator(".sf-multimodal input[type=file]").setInputFiles(files);
    await until(() => page.locator(".sf-multimodal .sf-chip").count(), files.length);
  }
  await field(page).press("Enter");
}

test("a message with files is seen at once, sent with them, and the field is empty again", async () => {
  const page = await visit();
  const release = await hold(page, "gradio_api/{run,queue}/*");
  await say(page, "look", text("a.txt", "four"), await png(page));
  await log(page).locator(".sf-user").getByText("look").waitFor();
  assert.equal(await log(page).locator(".sf-user").first().getByRole("link").count(), 2);
  assert.deepEqual([await field(page).inputValue(), await page.locator(".sf-multimodal .sf-chip").count()], ["", 0]);
  release();
  await log(page).getByText(/^0: look \(\.txt 4, \.png \d+\)$/).waitFor();
  await idle(page);
  const shown = log(page).locator(".sf-assistant img").first();
  assert.equal(await shown.getAttribute("alt"), "what you sent");
  await until(() => shown.evaluate((node) => node.complete && node.naturalWidth), 8);
  quiet(page);
});

test("a message that is edited keeps its files, which are seen all the while", async () => {
  const page = await visit();
  await say(page, "look", text("a.txt", "four"), await png(page));
  await log(page).getByText(/^0: look/).waitFor();
  await idle(page);
  const release = await hold(page, "gradio_api/{run,queue}/*");
  await page.getByRole("button", { name: "Edit" }).first().click();
  const editor = page.getByRole("textbox", { name: "Edit", exact: true });
  await editor.fill("look again");
  await editor.press("Enter");
  await log(page).locator(".sf-user").getByText("look again").waitFor();
  assert.equal(await log(page).locator(".sf-user").first().getByRole("link").count(), 2);
  release();
  await log(page).getByText(/^0: look again \(\.txt 4, \.png \d+\)$/).waitFor();
  await idle(page);
  assert.equal(await log(page).locator(".sf-user").first().getByRole("link").count(), 2);
  quiet(page);
});

test("what a function refuses goes back into the field, files and all", async () => {
  const page = await visit();
  await say(page, "fail", text("a.txt", "four"));
  await page.getByText("Refused").first().waitFor();
  await until(() => field(page).inputValue(), "fail");
  await until(() => page.locator(".sf-multimodal .sf-chip").count(), 1);
  await until(words(page), []);
});

test("code is in colours, a formula is a formula, and what is unknown stays as it is written", async () => {
  const page = await visit();
  await say(page, "show");
  await idle(page);
  const code = log(page).locator("code[data-language=python]");
  await until(() => code.locator(".sf-code-keyword").allTextContents(), ["def", "return"]);
  assert.deepEqual(await code.locator(".sf-code-comment").allTextContents(), ["# a comment", "# <img src=x onerror=hacked=1>"]);
  assert.match(await code.textContent(), /^# a comment\ndef double\(x: int\) -> int:\n {4}return x \* 2 {2}# </);
  await until(() => log(page).locator("math mfrac").count(), 1);
  assert.equal(await log(page).locator("math msqrt").count(), 1);
  await log(page).getByText("\\unheard{of}").waitFor();
  await log(page).getByText("It costs $5 or $6.").waitFor();
  assert.equal(await log(page).locator("pre img").count(), 0);
  quiet(page);
});

test("a component in a message is drawn as on the page", async () => {
  const page = await visit();
  await say(page, "show");
  await log(page).getByRole("group", { name: "Verdict" }).getByText("75 %").waitFor();
  quiet(page);
});

test("an example starts the conversation, and the conversation goes on", async () => {
  const page = await visit();
  await log(page).getByRole("button", { name: "an example" }).click();
  await log(page).getByText("0: an example ()").waitFor();
  await idle(page);
  await say(page, "more", text("b.txt", "12345"));
  await log(page).getByText(/^\d+: more \(\.txt 5\)$/).waitFor();
  quiet(page);
});

test("the page of a chat that takes files is light", async () => void (await light(await visit(), { most: 46_000 })));
