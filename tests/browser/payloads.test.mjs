import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, quiet, until, value, visit } from "./page.mjs";

const ATTACK = `</script><img src=x onerror="window.hacked = 1"><svg onload="window.hacked = 1"> [x](javascript:hacked=1)`;

/** Nothing ran, nothing could run, and nothing came from elsewhere. */
async function harmless(page) {
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll("body *")];
    const active = "script:not([type]),iframe,object,embed,base,meta,link,style,form,svg,math,noscript img,[srcdoc]";
    return {
      hacked: window.hacked ?? null,
      active: [...document.body.querySelectorAll(active)].map((node) => node.outerHTML),
      handlers: all.flatMap((node) => node.getAttributeNames().filter((name) => name.startsWith("on"))),
      schemes: all
        .flatMap((node) => [node.getAttribute("href"), node.getAttribute("src"), node.getAttribute("action")])
        .filter((address) => address && !/^(https?:|data:image|[\w./#])/i.test(address.trim())),
      scripts: all.flatMap((node) => [node.href, node.src]).filter((address) => /^\W*(javascript|data:text)/i.test(address ?? "")),
    };
  });
  assert.deepEqual(found, { hacked: null, active: [], handlers: [], schemes: [], scripts: [] });
}

test("payloads in labels, titles, choices, examples, Markdown, HTML, code and JSON are shown and never run", async () => {
  const page = await visit();
  await harmless(page);
  for (const name of ["Many"]) await page.getByRole("combobox", { name }).click();
  for (const link of await page.getByText("click me", { exact: true }).all()) await link.click();
  await harmless(page);
  await page.getByText("<img src=x onerror='window.hacked = 1'>").first().waitFor();
  assert.equal(await page.title(), "<img src=x onerror='window.hacked = 1'>");
  quiet(page, ["status of 404"]); // the image that is shown is not there
});

test("payloads that come back from a function, as text, label, Markdown, HTML, JSON key and update, never run", async () => {
  const page = await visit();
  await field(page, "Message").fill(ATTACK);
  await button(page, "Answer").click();
  await until(value(page, "Text"), ATTACK);
  await page.getByText(JSON.stringify(ATTACK)).first().waitFor();
  await harmless(page);
  quiet(page, ["status of 404"]);
});

test("payloads in a conversation, its thoughts and options, in progress, marked text and code never run", async () => {
  const page = await visit();
  await field(page, "Message").fill(ATTACK);
  await button(page, "Tell").click();
  await until(() => page.locator(".sf-log .sf-content").count(), 3);
  await until(() => page.locator("mark").allInnerTexts().then((all) => all.some((one) => one.includes(ATTACK))), true);
  for (const summary of await page.locator(".sf-log summary:visible").all()) await summary.click({ timeout: 500 }).catch(() => {}); // folded in
  for (const link of await page.getByText("click me", { exact: true }).all()) await link.click({ timeout: 500 }).catch(() => {});
  await harmless(page);
  quiet(page, ["status of 404"]);
});

test("payloads in what the API's panel tells never run", async () => {
  const page = await visit();
  await button(page, "Use via API").click();
  await page.getByRole("heading", { name: "/tell" }).waitFor();
  await page.getByRole("dialog").getByText("<img src=x onerror='window.hacked = 1'>").first().waitFor();
  for (const language of ["JavaScript", "cURL", "Python"]) await button(page, language).click();
  await harmless(page);
  quiet(page, ["status of 404"]);
});

test("a payload in the page's address never runs", async () => {
  for (const part of [`?__theme=${encodeURIComponent(ATTACK)}`, `?view=${encodeURIComponent(ATTACK)}`, `#${encodeURIComponent(ATTACK)}`]) {
    const page = await visit({ path: part });
    await harmless(page);
    quiet(page, ["status of 404"]);
  }
});

test("payloads in an error's and a warning's text and title never run", async () => {
  const page = await visit();
  await field(page, "Message").fill(ATTACK);
  await button(page, "Fail").click();
  await button(page, "Warn").click();
  await until(() => page.getByRole("region", { name: "Notifications" }).getByText(ATTACK, { exact: true }).count(), 4);
  await page.getByRole("alert").getByText(ATTACK, { exact: true }).waitFor();
  await harmless(page);
  quiet(page, ["status of 404", "status of 500"]);
});
