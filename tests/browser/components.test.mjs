import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, quiet, tree, until, value, visit } from "./page.mjs";

const box = (page, name) => page.getByRole("checkbox", { name, exact: true });
const combo = (page, name) => page.getByRole("combobox", { name, exact: true });
const option = (page, name) => page.getByRole("option", { name, exact: true });
const spin = (page, name) => page.getByRole("spinbutton", { name, exact: true });
const slider = (page) => page.getByRole("slider", { name: "Slider", exact: true });

const START = ["", "", 3, 40, false, ["green"], "small", "a", "Accra", ["Accra"], ""];
const EDITED = ["hi", "two\nlines", 4.5, 75, true, ["green", "blue"], "large", "b", "Oslo", ["Accra", "Nara"], "x = 2"];
const CHANGED = ["changed", "two\nlines", 7, 80, true, ["red"], "large", "c", "Riga", ["Oslo", "Nara"], "x = 1"];

/** Send the form; return what went over the wire. */
async function sent(page) {
  const request = page.waitForRequest("**/run/send");
  await button(page, "Send").click();
  return (await request).postDataJSON().data;
}

async function edit(page) {
  await field(page, "Text").fill("hi");
  await field(page, "Long").fill("two\nlines");
  await field(page, "Program").fill("x = 2");
  await spin(page, "Number").fill("4.5");
  await slider(page).fill("75");
  await box(page, "Tick").check();
  await box(page, "blue").check();
  await page.getByRole("radio", { name: "large" }).check();
  await combo(page, "Plain").selectOption("b");
  await combo(page, "Filtered").fill("osl");
  await option(page, "Oslo").click();
  await combo(page, "Many").click();
  await option(page, "Nara").click();
}

test("each component shows its label, its hint and its value, and sends it", async () => {
  const page = await visit();
  assert.equal(await page.title(), "Components");
  assert.equal(await field(page, "Text").getAttribute("placeholder"), "Write here");
  const hint = await field(page, "Text").getAttribute("aria-describedby");
  assert.equal(await page.locator(`#${hint}`).textContent(), "A hint");
  assert.deepEqual(await sent(page), START);
  quiet(page);
});

test("what the visitor edits is what the function gets", async () => {
  const page = await visit();
  await edit(page);
  assert.deepEqual(await sent(page), EDITED);
  quiet(page);
});

test("what the function returns is shown: JSON, label bars, Markdown, HTML, code, text", async () => {
  const page = await visit();
  await edit(page);
  await sent(page);
  await page.getByRole("tab", { name: "Out" }).click();
  await until(value(page, "Echo"), "hi");
  const names = await tree(page, "Tree").locator("ul > li > div > .sf-key").allTextContents();
  assert.deepEqual(names.slice(0, 3), ['"text"', '"long"', '"number"']);
  assert.equal(await tree(page, "Tree").getByText('"two\\nlines"').count(), 1);
  assert.deepEqual(await page.locator(".sf-meters li > span").allTextContents(), ["hi", "75 %", "other", "25 %"]);
  assert.equal(await page.locator(".sf-markdown strong").textContent(), "hi");
  assert.equal(await page.locator(".sf-html em").textContent(), "hi");
  assert.equal(await page.locator("pre.sf-code").textContent(), "print('hi')");
  quiet(page);
});

test("an update changes values, labels, hints, choices and ends", async () => {
  const page = await visit();
  await button(page, "Change").click();
  await until(value(page, "New text"), "changed");
  await page.getByText("New hint").waitFor();
  assert.equal(await slider(page).getAttribute("max"), "90");
  assert.equal(await page.getByRole("radio").count(), 1);
  assert.equal(await page.getByRole("radio", { name: "Large one" }).isChecked(), true);
  assert.deepEqual(await sent(page), CHANGED);
  quiet(page);
});

test("an error stands on each output and in a toast until the next call", async () => {
  const page = await visit();
  await button(page, "Fail").click();
  const toast = page.getByRole("region", { name: "Notifications" });
  await toast.getByText("Refused").waitFor();
  await page.getByRole("alert").locator("b").waitFor(); // a message may have HTML, as Gradio's may
  assert.equal(await page.getByRole("alert").innerText(), "It was the wrong word.");
  await toast.getByRole("button", { name: "Close" }).click();
  await until(() => toast.getByText("Refused").count(), 0);
  assert.equal(await button(page, "Fail").getAttribute("aria-disabled"), null);
  quiet(page, ["status of 500"]);
});

test("Enter submits one line; among several it starts a new one, and Shift+Enter submits", async () => {
  const page = await visit();
  const request = page.waitForRequest("**/run/submit_text");
  await field(page, "Text").fill("line");
  await page.keyboard.press("Enter");
  assert.equal((await request).postDataJSON().data[0], "line");
  const second = page.waitForRequest("**/run/submit_long");
  await field(page, "Long").fill("a");
  await page.keyboard.press("Enter");
  await page.keyboard.type("b");
  await page.keyboard.press("Shift+Enter");
  assert.equal((await second).postDataJSON().data[1], "a\nb");
});

test("an example is loaded by a click anywhere in its row, and by the keyboard", async () => {
  const page = await visit();
  await page.getByRole("cell", { name: "2", exact: true }).click();
  await until(value(page, "Text"), "second");
  assert.equal(await spin(page, "Number").inputValue(), "2");
  await button(page, "first").focus();
  await page.keyboard.press("Enter");
  await until(value(page, "Text"), "first");
});

test("JSON and code are copied as they are", async () => {
  const page = await visit({ permissions: ["clipboard-read", "clipboard-write"] });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await edit(page);
  await sent(page);
  await page.getByRole("tab", { name: "Out" }).click();
  await until(value(page, "Echo"), "hi");
  await button(page, "Copy Tree").click();
  await until(async () => JSON.parse(await copied()).many, ["Accra", "Nara"]);
  await button(page, "Copy Code").click();
  await until(copied, "print('hi')");
});

test("a text is copied where the browser refuses its clipboard's API, too", async () => {
  const page = await visit({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("Write permission denied.", "NotAllowedError"));
  });
  await field(page, "Text").fill("hi");
  await sent(page);
  await page.getByRole("tab", { name: "Out" }).click();
  await until(value(page, "Echo"), "hi");
  await button(page, "Copy Code").click();
  await page.getByText("Copied").waitFor();
  await until(() => page.evaluate(() => navigator.clipboard.readText()), "print('hi')");
  quiet(page);
});

test("a filtered list says what matches, and Escape, leaving and a wrong name change nothing", async () => {
  const page = await visit();
  const list = combo(page, "Filtered");
  await list.fill("zzz");
  await option(page, "Nothing matches").waitFor();
  assert.equal(await list.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await list.getAttribute("aria-expanded"), "false");
  await field(page, "Text").focus();
  assert.equal(await list.inputValue(), "Accra");
  await combo(page, "Many").focus();
  await page.keyboard.press("Backspace");
  assert.deepEqual((await sent(page)).slice(8, 10), ["Accra", []]);
});

test("everything works by keyboard alone", async () => {
  const page = await visit();
  const { keyboard } = page;
  const active = async (name) => {
    const named = ({ labels, textContent }) => labels?.[0]?.textContent ?? textContent;
    assert.equal(await page.locator(":focus").evaluate(named), name);
  };
  const tab = async (name) => {
    await keyboard.press("Tab");
    await active(name);
  };
  await tab("In");
  await keyboard.press("ArrowRight");
  await active("Out");
  await keyboard.press("ArrowLeft");
  await active("In");
  await tab("Text");
  await keyboard.type("hi");
  await tab("Long");
  await keyboard.type("two");
  await keyboard.press("Enter");
  await keyboard.type("lines");
  await tab("Number");
  await keyboard.press("Control+A");
  await keyboard.type("4.5");
  await keyboard.press("Tab"); // the slider's number field
  await tab("Slider");
  for (let step = 0; step < 7; step += 1) await keyboard.press("ArrowRight");
  await tab("Tick");
  await keyboard.press("Space");
  await tab("Copy"); // the program
  await tab("Program");
  await keyboard.type("x = 2");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await active("blue");
  await keyboard.press("Space");
  await tab("small");
  await keyboard.press("ArrowRight");
  await tab("Plain");
  await keyboard.press("b");
  await tab("Filtered");
  await keyboard.press("Control+A");
  await keyboard.type("osl");
  await keyboard.press("Enter");
  await keyboard.press("Tab"); // the button that removes Accra
  await tab("Many");
  await keyboard.type("nar");
  await keyboard.press("Enter");
  await keyboard.press("Escape");
  await tab("More");
  await keyboard.press("Enter");
  await page.getByText("Hidden at first.").waitFor();
  await tab("Send");
  const request = page.waitForRequest("**/run/send");
  await keyboard.press("Enter");
  assert.deepEqual((await request).postDataJSON().data, EDITED);
});

test("a number beyond the slider's ends comes back to them when the visitor leaves its field or presses Enter", async () => {
  const page = await visit();
  const typed = page.getByRole("spinbutton", { name: "Slider, value", exact: true });
  const shown = async () => [await typed.inputValue(), await slider(page).inputValue()];
  await typed.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("250");
  await page.keyboard.press("Enter");
  await until(shown, ["100", "100"]);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("-7");
  await page.keyboard.press("Tab");
  await until(shown, ["0", "0"]);
  assert.equal((await sent(page))[3], 0);
  quiet(page);
});

test("among chosen ones the keyboard's place is seen, and it goes on from what was chosen last", async () => {
  const page = await visit();
  const many = combo(page, "Many");
  const pointed = () => page.locator("[role=option].sf-active").allInnerTexts();
  await many.focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await until(pointed, ["Bergen"]);
  const option = page.getByRole("option", { name: "Bergen" });
  assert.equal(await option.getAttribute("aria-selected"), "true");
  assert.equal(await many.getAttribute("aria-activedescendant"), await option.getAttribute("id"));
  const look = (name) => page.getByRole("option", { name }).evaluate((node) => getComputedStyle(node).boxShadow);
  assert.notEqual(await look("Bergen"), await look("Accra"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.locator(".sf-chip").allInnerTexts().then((all) => all.map((one) => one.split("\n")[0])), ["Accra", "Bergen", "Cusco"]);
});
