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
