import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, hold, quiet, until, value, visit } from "./page.mjs";

const size = (page) => () => page.getByRole("spinbutton", { name: "Size" }).inputValue();
const names = (page) => page.calls.map((call) => new URL(call.url()).pathname.split("/").at(-1));

test("what the page does on loading is done; its first call goes alone, so that there is one session", async () => {
  const page = await visit();
  await until(value(page, "Loaded"), "loaded");
  await until(value(page, "Greeted"), "hello");
  assert.deepEqual(page.calls.map((call) => call.headers()["x-adapter-session"] === "new"), [true, false]);
  quiet(page);
});

test("a function knows what the page's address asks for", async () => {
  const page = await visit({ path: "?name=Ann&topic=what%20is" });
  await until(value(page, "Loaded"), "loaded name=Ann topic=what is");
  assert.ok(page.calls.every((call) => new URL(call.url()).searchParams.get("name") === "Ann"));
  quiet(page);
});

test("a chain goes on after success, after failure, and after either", async () => {
  const page = await visit();
  await field(page, "Word").fill("good");
  await button(page, "Go").click();
  await until(value(page, "Outcome"), "succeeded");
  await until(value(page, "After"), "then");
  assert.equal(await value(page, "Result")(), "GOOD");
  await field(page, "Word").fill("bad");
  await button(page, "Go").click();
  await until(value(page, "Outcome"), "failed");
  quiet(page, ["status of 500"]);
});

test("a changed State calls the listeners of its change", async () => {
  const page = await visit();
  await button(page, "Add").click();
  await until(size(page), "1");
  await button(page, "Add").click();
  await until(size(page), "2");
});

test("typing calls a live listener with the first and the last text, not with every letter", async () => {
  const page = await visit();
  await until(value(page, "Greeted"), "hello");
  const mirrored = () => names(page).filter((name) => name === "mirror").length;
  const release = await hold(page, "run/mirror");
  await field(page, "Word").pressSequentially("a");
  await until(mirrored, 1);
  await field(page, "Word").pressSequentially("bcdefghij");
  release();
  await until(value(page, "Mirror"), "jihgfedcba");
  assert.equal(mirrored(), 2);
});

test("a generator's values arrive, and its trigger waits for the last", async () => {
  const page = await visit();
  const release = await hold(page, "queue/data*");
  await button(page, "Count").click();
  await until(() => button(page, "Count").getAttribute("aria-disabled"), "true");
  release();
  await until(value(page, "Counted"), "0 1 2 3 ");
  await until(() => button(page, "Count").getAttribute("aria-disabled"), null);
  quiet(page);
});

test("while a call is under way its outputs are busy and show the time, and its trigger does not call again", async () => {
  const page = await visit();
  await until(value(page, "Greeted"), "hello");
  const release = await hold(page, "run/upper");
  await field(page, "Word").fill("word");
  await button(page, "Go").click();
  const output = page.locator(".sf-block", { has: field(page, "Result") });
  await until(() => output.getAttribute("aria-busy"), "true");
  await until(async () => /^[\d.]+ s$/.test(await output.locator(".sf-clock").textContent()), true, "the time passes");
  await page.getByRole("status").getByText("Working…").waitFor();
  await button(page, "Go").click({ force: true });
  await page.keyboard.press("Enter");
  assert.equal(names(page).filter((name) => name === "upper").length, 1);
  assert.equal(await button(page, "Go").evaluate((node) => node === document.activeElement), true);
  release();
  await until(value(page, "Result"), "WORD");
  await until(() => output.getAttribute("aria-busy"), null);
});

test("notices are shown as toasts and can be closed", async () => {
  const page = await visit();
  await button(page, "Say").click();
  const toasts = page.getByRole("region", { name: "Notifications" });
  await toasts.getByText("for your information").waitFor();
  await toasts.getByText("take care").waitFor();
  for (let left = 2; left; left -= 1) await toasts.getByRole("button", { name: "Close" }).first().click();
  await until(() => toasts.getByRole("button").count(), 0);
  quiet(page);
});

test("without a connection the visitor is told, and Try again sends the same call", async () => {
  const page = await visit();
  await until(value(page, "Greeted"), "hello");
  await field(page, "Word").fill("again");
  await until(value(page, "Mirror"), "niaga");
  await page.context().setOffline(true);
  await button(page, "Go").click();
  const output = page.locator(".sf-block", { has: field(page, "Result") });
  await output.getByRole("alert").getByText("could not be reached").waitFor();
  await page.getByRole("region", { name: "Notifications" }).getByText("No connection").waitFor();
  await page.context().setOffline(false);
  await field(page, "Word").evaluate((node) => (node.value = "changed meanwhile"));
  await output.getByRole("button", { name: "Try again" }).click();
  await until(value(page, "Result"), "AGAIN");
  await until(() => output.getByRole("alert").count(), 0);
  quiet(page, ["ERR_INTERNET_DISCONNECTED"]);
});

test("an answer that is no JSON is told as a failure of the server, with another try", async () => {
  const page = await visit();
  await page.route("**/run/upper", (route) => route.fulfill({ status: 502, body: "<h1>Bad Gateway</h1>" }), { times: 1 });
  await button(page, "Go").click();
  const output = page.locator(".sf-block", { has: field(page, "Result") });
  await output.getByText("The server answered 502").waitFor();
  await output.getByRole("button", { name: "Try again" }).click();
  await until(value(page, "After"), "then");
  quiet(page, ["status of 502"]);
});
