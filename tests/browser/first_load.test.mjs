import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { address, button, light, quiet, visit } from "./page.mjs";

const POLICY = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'"];

test("the page takes at most 10 requests and 40 KB, none of them to a function, and says nothing on the console", async () => {
  const page = await visit();
  const loaded = await light(page);
  const asked = await page.evaluate(() => [...document.querySelectorAll("[rel=modulepreload], [type=module]")].map((one) => one.href || one.src));
  const modules = loaded.filter((path) => path.endsWith(".js"));
  assert.deepEqual(modules.sort(), asked.map((one) => new URL(one).pathname).sort(), "each module is asked for in the document");
  quiet(page);
});

test("a second visit asks for nothing but the document", async () => {
  const page = await visit();
  await page.reload();
  await button(page, "Submit").waitFor();
  const sizes = await page.evaluate(() => performance.getEntriesByType("resource").map(({ transferSize }) => transferSize));
  assert.deepEqual([...new Set(sizes)], [0]);
});

test("the page comes with a policy under which only its own files run", async () => {
  const response = await fetch(address);
  const policy = response.headers.get("content-security-policy").split(";").map((rule) => rule.trim());
  assert.deepEqual(POLICY.filter((rule) => !policy.includes(rule)), []);
  const html = (await response.text()).replace(/(id="config">)[^<]*/, "$1"); // data, which is not executed
  assert.doesNotMatch(html, /<script(?![^>]*(src=|application\/json))|<style|\son\w+=|\sstyle=/);
});

test("a page without its config inlined fetches it", async () => {
  const page = await visit();
  await page.route(address, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/(id="config">)[^<]*/, "$1");
    await route.fulfill({ response, body });
  });
  const config = page.waitForResponse("**/config");
  await page.reload();
  assert.equal((await config).status(), 200);
  await button(page, "Submit").waitFor();
});

test("the panel lists the endpoints, and its cURL snippet runs as it stands", async () => {
  const page = await visit();
  await button(page, "Use via API").click();
  const panel = page.getByRole("dialog", { name: "Use via API" });
  await panel.getByRole("heading", { name: "/predict" }).waitFor();
  const snippet = () => panel.locator("pre").last().textContent();
  assert.match(await snippet(), /client = Client\("http:.*score=.*api_name="\/predict"/s);
  await button(page, "JavaScript").click();
  assert.match(await snippet(), /Client\.connect\("http:.*predict\("\/predict", \{\s*"score"/s);
  await button(page, "cURL").click();
  const { stdout } = await promisify(execFile)("sh", ["-c", await snippet()]);
  assert.match(stdout, /event: complete\ndata: \[\[/);
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
  quiet(page);
});
