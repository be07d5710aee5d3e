import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, light, quiet, ready, until, value, visit } from "./page.mjs";

const { API: api, CHAT_API: chatApi } = process.env; // the dev servers, at origins of their own
const box = (page) => page.getByPlaceholder("Type a message...");
const said = (page) => () => page.getByRole("log").locator(".sf-content").evaluateAll((all) => all.map((one) => one.innerText.trim()));

test("the exported page is light and asks no API when it is opened", async () => {
  const page = await visit({ path: "plain/" });
  await light(page, { most: Infinity }); // a plain server packs nothing
  quiet(page);
});

test("a session goes on across origins: its token and its version are read and sent", async () => {
  const page = await visit({ path: "plain/" });
  for (const [message, earlier] of [["one", 0], ["two", 1], ["three", 2]]) {
    await field(page, "message").fill(message);
    await page.keyboard.press("Enter");
    await page.getByText(`"Current messages": "${message}"`).waitFor();
    await until(() => page.getByRole("group", { name: "output 0" }).locator("li li .sf-leaf").count(), earlier);
  }
  assert.deepEqual([...new Set(page.calls.map((call) => new URL(call.url()).origin))], [api]);
  const answer = await page.calls[1].response().then((response) => response.allHeaders());
  assert.equal(page.calls[2].headers()["x-adapter-session"], page.calls[1].headers()["x-adapter-session"]);
  assert.equal(page.calls[2].headers()["x-adapter-version"], answer["x-adapter-version"]);
  quiet(page);
});

test("a chat streams across origins, from a page some folders down", async () => {
  const page = await visit({ path: "some/where/deep/" });
  await light(page, { most: Infinity }); // a plain server packs nothing
  await box(page).fill("Hi there");
  await box(page).press("Enter");
  await until(said(page), ["Hi there", "You said: Hi there (message 1)."]);
  assert.deepEqual([...new Set(page.calls.map((call) => new URL(call.url()).origin))], [chatApi]);
  quiet(page);
});

test("the snippets name the API and not the page", async () => {
  const page = await visit({ path: "plain/" });
  await button(page, "Use via API").click();
  const snippet = page.getByRole("dialog").locator("pre").last();
  await until(async () => (await snippet.textContent()).includes(`Client("${api}/")`), true);
  quiet(page);
});

test("several apps share their files, and say so when there is no API", async () => {
  for (const [path, title] of [["several/counter/", "Counter"], ["several/greeting/", "Greeting"]]) {
    const page = await visit({ path });
    assert.equal(await page.title(), title);
    await light(page, { most: Infinity }); // a plain server packs nothing
    await button(page, "Submit").click();
    await page.getByRole("alert").getByText("The server answered 501").waitFor();
    quiet(page, ["status of 501"]);
  }
});

test("a file that is not the one that was exported does not run", async () => {
  for (const name of ["main.js", "components/controls.js"]) {
    const page = await visit({ path: "plain/" });
    await page.route(`**/${name}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\nwindow.hacked = 1;` });
    });
    await page.reload();
    await until(() => page.said.some((line) => line.includes("integrity")), true, name);
    assert.equal(await page.evaluate(() => window.hacked ?? null), null, name);
  }
});

test("scripts of the app's author run from the exported files, sealed, and a template draws", async () => {
  const page = await visit({ path: "scripts/" });
  await until(value(page, "First"), "loaded");
  await field(page, "First").fill("hello");
  await button(page, "Before").click();
  await until(value(page, "Second"), "got HELLO!");
  await button(page, "Called").click();
  await until(value(page, "Third"), "B!");
  quiet(page);
  const drawn = await visit({ path: "templates/" });
  await until(() => drawn.locator(".done").allInnerTexts(), ["0: a<b"]);
  await until(() => drawn.locator("#asked").innerText(), "sum 5"); // across origins
  quiet(drawn);
});

test("a script of the app that is not the one that was exported does not run", async () => {
  const page = await visit({ path: "scripts/" });
  await page.route("**/static/*/scripts/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "window.hacked = 1;" }));
  await page.reload();
  await until(() => page.said.some((line) => line.includes("integrity")), true);
  await ready(page);
  assert.equal(await page.evaluate(() => window.hacked ?? null), null);
});

test("the page's own policy refuses a script of another origin", async () => {
  const page = await visit({ path: "plain/" });
  await page.evaluate((source) => {
    const script = document.createElement("script");
    script.src = `${source}/static/main.js`;
    document.body.append(script);
  }, api);
  await until(() => page.said.some((line) => line.includes("Content Security Policy")), true);
  await ready(page);
});
