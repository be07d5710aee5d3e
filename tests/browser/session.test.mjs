import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, light, quiet, ready, secondTab, tree, until, value, visit } from "./page.mjs";

const previous = (page) => async () => {
  const shown = await tree(page, "output 0").locator("li li .sf-leaf").allTextContents();
  return shown.map((text) => JSON.parse(text));
};

async function send(page, message, earlier) {
  await field(page, "message").fill(message);
  await page.keyboard.press("Enter");
  await page.getByText(`"Current messages": "${message}"`).waitFor();
  await until(previous(page), earlier);
}

test("a tab keeps its session, another tab and a reload have their own", async () => {
  const page = await visit();
  await send(page, "one", []);
  await send(page, "two", ["one"]);
  await send(page, "three", ["two", "one"]);
  const other = await secondTab(page);
  await send(other, "alone", []);
  await send(page, "four", ["three", "two", "one"]);
  await page.reload();
  await ready(page);
  await send(page, "anew", []);
  quiet(page);
  quiet(other);
});

test("Clear empties the page and the session", async () => {
  const page = await visit();
  await send(page, "one", []);
  const reset = page.waitForResponse((response) => response.request().method() === "POST");
  await button(page, "Clear").click();
  await reset;
  await until(value(page, "message"), "");
  await until(() => tree(page, "output 0").locator(".sf-leaf").count(), 0);
  await send(page, "two", []);
  quiet(page);
});

test("the first call asks for a session, the others carry its token and its newest version", async () => {
  const page = await visit();
  await send(page, "one", []);
  await send(page, "two", ["one"]);
  const [first, second] = page.calls.map((call) => call.headers());
  assert.equal(first["x-adapter-session"], "new");
  const answer = await page.calls[0].response().then((response) => response.allHeaders());
  assert.equal(second["x-adapter-session"], answer["x-adapter-session"]);
  assert.equal(second["x-adapter-version"], answer["x-adapter-version"]);
});

test("when the session has ended the visitor is told, and Try again starts a new one", async () => {
  const page = await visit();
  await send(page, "one", []);
  await page.route("**/run/*", (route) => route.fulfill({ status: 401, json: { error: "expired" } }), { times: 1 });
  await field(page, "message").fill("two");
  await page.keyboard.press("Enter");
  const toast = page.getByRole("region", { name: "Notifications" });
  await toast.getByText("Session ended").waitFor();
  await toast.getByRole("button", { name: "Try again" }).click();
  await page.getByText('"Current messages": "two"').waitFor();
  await until(previous(page), []);
  assert.equal(page.calls.at(-1).headers()["x-adapter-session"], "new");
  quiet(page, ["status of 401"]);
});

test("the page of a session is light", async () => void (await light(await visit())));
