import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, quiet, until, value, visit } from "./page.mjs";

const items = (page, place = "Todos") => () => page.getByRole("group", { name: place }).first().locator("li").allInnerTexts();

/** Open the page, and wait until its templates are drawn. */
async function opened() {
  const page = await visit();
  await until(items(page), ["0: a<b"]);
  return page;
}

const harmless = async (page) => assert.equal(await page.evaluate(() => window.hacked ?? null), null);

test("a template shows the value and what else it was given, in its own style", async () => {
  const page = await opened();
  const found = await page.getByRole("group", { name: "Todos" }).evaluate((group) => {
    const item = group.querySelector("li");
    const { color, textDecorationLine: line, paddingLeft: room } = getComputedStyle(item);
    const { placeholder } = group.querySelector("input");
    const circle = group.querySelector("svg circle");
    const { marginLeft } = getComputedStyle(group.querySelector(".sf-body > div"));
    return [item.className, color, line, room, placeholder, circle.namespaceURI, group.querySelector("b").textContent, marginLeft];
  });
  const svg = "http://www.w3.org/2000/svg";
  assert.deepEqual(found, ["done", "rgb(1, 2, 3)", "line-through", "3px", "What?", svg, "1 of 1 A", "7px"]);
});

test("a script changes the value, tells its events, and the elements that stay keep their listeners", async () => {
  const page = await opened();
  for (const [index, word] of ["one", "two"].entries()) {
    await page.getByRole("textbox", { name: "New" }).fill(word);
    await button(page, "Add").click();
    await until(value(page, "Added"), `${word} ${index + 1}`);
    await until(value(page, "Counted"), String(index + 2));
  }
  assert.deepEqual(await items(page)(), ["0: a<b", "1: one", "2: two"]);
});

test("what a function returns is drawn, watched, and never runs", async () => {
  const page = await opened();
  await button(page, "Set").click();
  await until(() => items(page)().then(([text]) => text.includes("${window.hacked = 1}")), true);
  await until(() => page.locator("[data-watched]").getAttribute("data-watched"), "1");
  await until(value(page, "Counted"), "1");
  await harmless(page);
  await button(page, "Raw").click();
  await until(() => page.getByText("${window.hacked = 1}").count().then((count) => count >= 2), true);
  const handlers = await page.evaluate(() =>
    [...document.querySelectorAll("body *")].flatMap((node) => node.getAttributeNames().filter((name) => name.startsWith("on"))),
  );
  assert.deepEqual(handlers, []);
  await page.getByText("${window.hacked = 1}").last().click();
  await until(value(page, "Clicked"), "clicked");
  await harmless(page);
});

test("an update changes one of the props, and no template", async () => {
  const page = await opened();
  await button(page, "Blue").click();
  const color = () => page.getByRole("group", { name: "Todos" }).locator("li").first().evaluate((item) => getComputedStyle(item).color);
  await until(color, "rgb(0, 0, 255)");
  assert.equal(await page.getByRole("textbox", { name: "New" }).getAttribute("placeholder"), "What?");
  await button(page, "Other").click();
  await page.getByText("which this page does not run").first().waitFor();
  await harmless(page);
});

test("blocks stand where the template has a place for them", async () => {
  const page = await opened();
  await field(page, "Inner").waitFor();
  await until(() => page.locator("#empty em").textContent(), "|");
  const order = await page.evaluate(() => {
    const [title, inner, end] = [
      [...document.querySelectorAll("h3")].find((one) => one.textContent === "Box"),
      [...document.querySelectorAll("label")].find((one) => one.textContent === "Inner"),
      [...document.querySelectorAll("p")].find((one) => one.textContent === "end"),
    ];
    return [title.compareDocumentPosition(inner) & 4, inner.compareDocumentPosition(end) & 4];
  });
  assert.deepEqual(order, [4, 4]);
});

test("a script calls a function of its component", async () => {
  const page = await opened();
  await until(() => page.locator("#asked").innerText(), "sum 5");
});

test("a picture of another site is a frame, which scripts and styles find", async () => {
  const page = await opened();
  await page.getByAltText("star 3").click();
  await until(value(page, "Clicked"), "rated 3");
  assert.equal(await page.locator(".faded").count(), 0);
  assert.equal(await page.getByRole("group", { name: "Stars" }).locator(".sf-body").evaluate((body) => body.style.maxHeight), "300px");
  quiet(page);
});

test("an event of a name that Gradio knows brings what the script gave", async () => {
  const page = await opened();
  await button(page, "two").click();
  await until(value(page, "Clicked"), "chose two");
});

test("a template that cannot be read, or fails, is told in its place, and a script that fails is told", async () => {
  const page = await opened();
  for (const reason of ["{{#if}} has no end", "nothing is not defined", "at once"]) await page.getByText(reason).first().waitFor();
});

test("a template that a function drew is not run unless the app has the same", async () => {
  const page = await opened();
  await field(page, "Inner").fill("${window.hacked = 1}");
  await field(page, "Inner").press("Enter");
  await until(() => page.locator("#known li").allInnerTexts(), ["0: ${window.hacked = 1}"]);
  await page.getByText("which this page does not run").first().waitFor();
  assert.equal(await page.locator("#unknown").innerText(), "shown");
  await harmless(page);
});

test("nothing of it is against the policy", async () => {
  const page = await opened();
  await button(page, "Set").click();
  await until(value(page, "Counted"), "1");
  await button(page, "Raw").click();
  await until(() => page.getByText("${window.hacked = 1}").count().then((count) => count >= 2), true);
  quiet(page, ["status of 404"]); // the image that is shown is not there
});

test("HTML without a template has its classes and ids, and a style that ends with it", async () => {
  const page = await opened();
  const place = page.locator("#card");
  await place.getByText("In its own style").waitFor();
  const looks = (node) => [node.className, node.id, getComputedStyle(node).color, getComputedStyle(node).marginLeft];
  assert.deepEqual(await place.locator(".card").evaluate(looks), ["card", "mine", "rgb(1, 2, 3)", "5px"]);
  const outside = await page.locator("#elsewhere .card").evaluate((node) => getComputedStyle(node).color);
  assert.ok(!["rgb(1, 2, 3)", "rgb(255, 0, 0)"].includes(outside), outside);
  await button(page, "Attack the card").click();
  await place.getByText("${window.hacked = 1}").waitFor();
  await harmless(page);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(255, 0, 0)");
  quiet(page, ["status of 404"]); // the image of the attack is not there
});
