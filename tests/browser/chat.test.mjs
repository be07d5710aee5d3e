import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { button, emitted, field, hold, light, made, quiet, until, value, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const log = (page) => page.getByRole("log", { name: "Talk" });
const messages = (page) => log(page).locator(".sf-message");
const said = (page) => () => log(page).locator(".sf-content").evaluateAll((all) => all.map((one) => one.innerText.trim()));
const idle = (page) => page.waitForSelector(".sf-log:not([aria-busy])");

async function say(page, words) {
  await field(page, "Message").fill(words);
  await field(page, "Message").press("Enter");
}

/** Say `words` and wait for the whole answer. */
async function talk(page, words) {
  await say(page, words);
  await button(page, "Retry").waitFor();
}

test("what the visitor says is seen before the server has heard it, and the answer grows beneath", async () => {
  const page = await visit();
  await page.getByText("Say something.").waitFor();
  const release = await hold(page, "gradio_api/queue/join");
  await say(page, "hello");
  assert.deepEqual(await said(page)(), ["hello"]);
  assert.equal(await value(page, "Message")(), "");
  assert.ok(await page.getByText("The assistant is writing…").isVisible());
  assert.equal(await log(page).getAttribute("aria-busy"), "true");
  release();
  await until(said(page), ["hello", "You said hello"]);
  await idle(page);
  assert.ok(await page.getByText("The assistant is writing…").isHidden());
  assert.equal(await page.getByText("Say something.").isHidden(), true);
  assert.equal(page.calls.length, 1); // a turn is one call
  quiet(page);
});

test("a message that the server refuses goes back into the field", async () => {
  const page = await visit();
  await talk(page, "hello");
  await say(page, "fail");
  await page.getByRole("region", { name: "Notifications" }).getByText("Refused").waitFor();
  await until(value(page, "Message"), "fail");
  await until(said(page), ["hello", "You said hello"]);
});

/** Put a chat of its own on the page; it shows what `show(page, …messages)` gives it. */
async function bare(page) {
  await page.evaluate(async (url) => {
    const { components } = await import(url);
    const own = { emit() {}, listens: () => false, url: (path) => new URL(path, document.baseURI).href };
    window.chat = new components.chatbot({ id: 99, type: "chatbot", props: { label: "Bare", height: 300 } }, own);
    document.querySelector("main").append(window.chat.element);
    window.log = window.chat.element.querySelector(".sf-log");
  }, new URL("static/components/chatbot.js", page.url()).href);
}

const show = (page, ...messages) => page.evaluate((value) => window.chat.update({ value }), messages);
const assistant = (content, metadata = null) => ({ role: "assistant", content, metadata });
const lines = (count) => assistant(Array.from({ length: count }, (_, number) => `line ${number}`).join("\n\n"));

test("only what has changed is drawn anew: a selection stays while the answer grows", async () => {
  const page = await visit();
  await bare(page);
  await show(page, { role: "user", content: "long" }, lines(3));
  await page.evaluate(() => {
    window.kept = window.log.querySelectorAll(".sf-message, .sf-content p");
    window.getSelection().selectAllChildren(window.kept[3]);
  });
  await show(page, { role: "user", content: "long" }, assistant(lines(30).content + "\n\n```\nx"));
  await show(page, { role: "user", content: "long" }, assistant(lines(30).content + "\n\n```\nx = 1"));
  const kept = await page.evaluate(() => [[...window.kept].every((node) => node.isConnected), String(getSelection())]);
  assert.deepEqual(kept, [true, "line 0"]);
  assert.equal(await page.evaluate(() => window.log.querySelector("pre").textContent), "x = 1");
  await show(page, assistant("other"));
  assert.equal(await page.evaluate(() => window.log.querySelector(".sf-messages").innerText.includes("line")), false);
});

test("the end stays in view while the answer grows, unless the visitor has scrolled up", async () => {
  const page = await visit();
  await bare(page);
  const below = () => page.evaluate(() => Math.round(window.log.scrollHeight - window.log.scrollTop - window.log.clientHeight));
  await show(page, lines(30));
  await show(page, lines(40));
  assert.ok((await below()) < 5);
  await page.evaluate(() => (window.log.scrollTop = 0));
  await until(() => page.evaluate(() => window.chat.follows), false);
  await show(page, lines(50));
  assert.equal(await page.evaluate(() => window.log.scrollTop), 0);
  await page.evaluate(() => window.chat.said("and now?"));
  assert.ok((await below()) < 5, "one's own message is in view");
});

test("Markdown is drawn as nodes: code with a button that copies it, tables, and nothing that runs", async () => {
  const page = await visit();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await talk(page, "rich");
  const rich = messages(page).last();
  assert.equal(await rich.locator("strong").textContent(), "bold");
  assert.equal(await rich.locator("td").count(), 2);
  assert.deepEqual([await rich.locator("script").count(), await rich.locator("a").count()], [0, 0]);
  await rich.locator(".sf-snippet").getByRole("button", { name: "Copy" }).click();
  await until(() => page.evaluate(() => navigator.clipboard.readText()), "x = 1");
  await messages(page).first().getByRole("button", { name: "Copy" }).click();
  await until(() => page.evaluate(() => navigator.clipboard.readText()), "rich");
  quiet(page);
});

test("a thought is open while it is under way, closed after it, and then as the visitor leaves it", async () => {
  const page = await visit();
  await bare(page);
  const open = () => page.evaluate(() => window.log.querySelector(".sf-thought").open);
  const step = (content, status) => assistant(content, { title: "Searching", status, id: 1, duration: status === "done" ? 2 : null });
  await show(page, step("look", "pending"));
  await show(page, step("looking", "pending"));
  assert.equal(await open(), true);
  await show(page, step("found", "done"));
  assert.equal(await open(), false);
  await page.locator(".sf-thought summary").getByText("2.0 s").click();
  await show(page, step("found", "done"), assistant("a page", { title: "Reading", parent_id: 1 }), assistant("Well"));
  await show(page, step("found it", "done"), assistant("a page", { title: "Reading", parent_id: 1 }), assistant("Well"));
  assert.equal(await open(), true);
  assert.equal(await page.locator(".sf-thought .sf-thought").count(), 1, "a thought that belongs to another stands inside it");
});

test("an option is a button, and what is chosen goes to the function", async () => {
  const page = await visit();
  await talk(page, "think");
  await button(page, "Bee").focus();
  await page.keyboard.press("Enter");
  await until(async () => (await said(page)()).slice(-2), ["b", "You said b"]);
  await until(() => page.getByRole("log").evaluate((node) => node === document.activeElement), true, "the option is gone, the focus is not");
  await idle(page);
  assert.equal(await button(page, "Bee").count(), 0);
});

test("retry, undo, edit, like and clear say which message they are about", async () => {
  const page = await visit();
  await talk(page, "one");
  await talk(page, "two");
  await button(page, "Like").last().click();
  await until(value(page, "Told"), "3 good");
  assert.equal(await button(page, "Like").last().getAttribute("aria-pressed"), "true");
  await button(page, "Retry").click();
  await button(page, "Retry").waitFor();
  assert.deepEqual(await said(page)(), ["one", "You said one", "two", "You said two"]);
  await button(page, "Undo").click();
  await until(value(page, "Message"), "two");
  await until(said(page), ["one", "You said one"]);
  await button(page, "Edit").click();
  await field(page, "Edit").fill("three");
  await field(page, "Edit").press("Enter");
  await until(said(page), ["three", "You said three"]);
  await idle(page);
  await button(page, "Clear").click();
  await until(value(page, "Told"), "cleared");
  assert.deepEqual(await said(page)(), []);
  await button(page, "an example").click();
  await until(said(page), ["an example", "You said an example"]);
  await idle(page);
  quiet(page);
});

test("an edit that is given up changes nothing", async () => {
  const page = await visit();
  await talk(page, "one");
  await button(page, "Edit").click();
  await field(page, "Edit").fill("two");
  await page.keyboard.press("Escape");
  assert.deepEqual(await said(page)(), ["one", "You said one"]);
  assert.equal(page.calls.length, 1);
});

test("an answer can be stopped; what was said goes back into the field if nothing has come of it", async () => {
  const page = await visit();
  const words = "long ".repeat(200);
  await say(page, words);
  await button(page, "Stop").click();
  await button(page, "Send").waitFor();
  assert.equal(await button(page, "Stop").count(), 0);
  assert.equal(await value(page, "Message")(), words);
  assert.deepEqual(await said(page)(), []);
});

test("a file in a message is an image, a player or a link, and an address that runs is neither", async () => {
  const page = await visit();
  await bare(page);
  const file = (path, more) => ({ type: "file", file: { path, ...more } });
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
  await page.route("**/file=a.png", (route) => route.fulfill({ contentType: "image/svg+xml", body: drawing }));
  const sound = file("b.mp3", { url: "/b.mp3", mime_type: "audio/mpeg" });
  await show(page, assistant([file("a.png"), sound, file("c.txt", { orig_name: "C" }), file("d", { url: "javascript:alert(1)" })]));
  const found = await page.evaluate(() =>
    [...window.log.querySelector(".sf-content").children].map((part) => {
      const node = part.querySelector("img") ?? part; // which stands in a link that saves it
      return [node.localName, new URL(node.src ?? node.href ?? "x:").pathname];
    }),
  );
  assert.deepEqual(found, [["img", "/file=a.png"], ["audio", "/b.mp3"], ["a", "/file=c.txt"], ["span", ""]]);
});

test("a message is chosen by a click or by Enter, and an example goes with its files", async () => {
  const page = await visit();
  const shown = [{ role: "user", content: "one" }, { role: "assistant", content: [{ type: "text", text: "two" }] }];
  await made(page, "chatbot", { label: "Own", value: shown });
  await page.getByRole("log", { name: "Own" }).getByText("one", { exact: true }).click();
  await page.keyboard.press("Tab"); // its Copy
  await page.getByRole("log", { name: "Own" }).locator(".sf-content").nth(1).focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await emitted(page, "select"), [{ index: 0, value: "one", selected: true }, { index: 1, value: "two", selected: true }]);
  const files = [{ path: "files/a.txt", orig_name: "<b>a.txt</b>" }];
  await made(page, "chatbot", { label: "Empty", value: [], examples: [{ text: "look", files }] });
  await button(page, "<b>a.txt</b> look").click();
  assert.deepEqual(await emitted(page, "example_select"), [{ index: 0, value: { text: "look", files } }]);
  quiet(page);
});

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 800 }]) {
    test(`no rule of axe-core is broken in a chat: ${colorScheme}, ${viewport.width} pixels wide`, async () => {
      const page = await visit({ colorScheme, viewport, reducedMotion: "reduce", bypassCSP: true }); // axe itself is no file of the page
      await page.evaluate(axe);
      const clean = async (what) => {
        const broken = await page.evaluate(async () => {
          const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
        });
        assert.deepEqual(broken, [], what);
      };
      await clean("an empty chat");
      await talk(page, "rich");
      await talk(page, "think");
      await button(page, "Like").last().click();
      await clean("messages");
      await button(page, "Edit").last().click();
      await clean("an editor");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `the page is ${wide} pixels wider than the window`);
    });
  }
}

test("the page of a chat is light", async () => void (await light(await visit())));

test("a picture that cannot be had leaves its words, an avatar its letter, while the answer grows and after it", async () => {
  const page = await visit();
  await talk(page, "gone");
  await idle(page);
  await until(() => log(page).locator("img").count(), 0);
  assert.deepEqual(await said(page)(), ["gone", "a map and more words"]);
  assert.equal(await messages(page).last().locator(".sf-avatar").innerText(), "A");
});
