// Each component: shown, edited, sent, updated, an error shown, and keyboard alone. A row says how one does each.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { button, quiet, until, visit } from "./page.mjs";

const MOST_TABS = 12;
const typed = (keys) => async (keyboard) => {
  await keyboard.press("Control+A");
  await keyboard.type(keys);
};
const presses = (...keys) => async (keyboard) => {
  for (const key of keys) await keyboard.press(key);
};
const control = (selector) => (place) => place.locator(selector).first();
const written = (selector, edited, keys = typed(edited)) => ({
  shown: (place) => control(selector)(place).inputValue(),
  edit: (place) => control(selector)(place).fill(edited),
  focus: selector,
  keys,
});
const ticked = (place) => place.locator("input:checked + span").allTextContents();
const base = (path) => path.split("/").at(-1);
const TWO = { name: "two.txt", mimeType: "text/plain", buffer: Buffer.from("two") };
const PIXELS = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGNoEJgARAAHxwJBPmWUhAAAAABJRU5ErkJggg==";
const PICTURE = { name: "two.png", mimeType: "image/png", buffer: Buffer.from(PIXELS, "base64") };
const FILM = { name: "two.webm", mimeType: "video/webm", buffer: await readFile(new URL("apps/films/two.webm", import.meta.url)) };
const SOUND = { name: "two.wav", mimeType: "audio/wav", buffer: wav(2) };
const text = (selector) => (place) => place.locator(selector).allInnerTexts();

// start, edited, updated: what is shown; sends: what the function gets of each, where that is something else.
const ROWS = {
  textbox: { ...written("textarea", "two"), start: "one", edited: "two", updated: "three" },
  textarea: { ...written("textarea", "two\nlines", async (keyboard) => {
    await typed("two")(keyboard);
    await keyboard.press("Enter");
    await keyboard.type("lines");
  }), start: "one", edited: "two\nlines", updated: "three\nfour" },
  password: { ...written("input[type=password]", "two"), start: "one", edited: "two", updated: "three" },
  number: { ...written("input", "2"), start: "1", edited: "2", updated: "3", sends: [1, 2, 3] },
  slider: {
    ...written("input[type=range]", "2", presses("ArrowRight")), start: "1", edited: "2", updated: "3", sends: [1, 2, 3],
  },
  checkbox: {
    shown: (place) => place.locator("input").isChecked(),
    edit: (place) => place.locator("input").check(),
    focus: "input", keys: presses("Space"),
    start: false, edited: true, updated: true,
  },
  checkboxgroup: {
    shown: ticked,
    edit: (place) => place.getByLabel("two").check(),
    focus: "label:nth-child(2) input", keys: presses("Space"),
    start: ["one"], edited: ["one", "two"], updated: ["three"],
  },
  radio: {
    shown: ticked,
    edit: (place) => place.getByLabel("two").check(),
    focus: "input:checked", keys: presses("ArrowDown"),
    start: ["one"], edited: ["two"], updated: ["three"], sends: ["one", "two", "three"],
  },
  dropdown: {
    shown: (place) => place.locator("select").evaluate((node) => node.selectedOptions[0].textContent),
    edit: (place) => place.locator("select").selectOption({ label: "two" }),
    focus: "select", keys: presses("ArrowDown"),
    start: "one", edited: "two", updated: "three",
  },
  filtered: {
    shown: (place) => place.getByRole("combobox").inputValue(),
    edit: async (place) => {
      await place.getByRole("combobox").fill("city 12");
      await place.getByRole("option", { name: "city 12" }).click();
    },
    focus: "input", keys: async (keyboard) => {
      await typed("city 12")(keyboard);
      await keyboard.press("Enter");
    },
    start: "city 1", edited: "city 12", updated: "city 3",
  },
  multiselect: {
    shown: (place) => place.locator(".sf-chip > span, .sf-chip").evaluateAll((all) => all.map((one) => one.firstChild.textContent).filter((one, at, list) => list.indexOf(one) === at)),
    edit: async (place) => {
      await place.getByRole("combobox").click();
      await place.getByRole("option", { name: "two" }).click();
      await place.page().keyboard.press("Escape");
    },
    focus: "input", keys: async (keyboard) => {
      await keyboard.type("two");
      await keyboard.press("Enter");
      await keyboard.press("Escape");
    },
    start: ["one"], edited: ["one", "two"], updated: ["three"],
  },
  code: { ...written("textarea", "two"), start: "one", edited: "two", updated: "three" },
  colorpicker: { // its first field opens the browser's own dialog; the second one is to write in
    ...written("input[type=color]", "#222222"),
    focus: "input[type=text]", keys: typed("#222222"),
    start: "#111111", edited: "#222222", updated: "#333333",
  },
  datetime: {
    ...written("input", "2026-02-02 00:00:00"),
    start: "2026-01-01 00:00:00", edited: "2026-02-02 00:00:00", updated: "2026-03-03 00:00:00",
  },
  json: {
    shown: text("li"), focus: "summary", keys: presses("Enter", "Enter"), // closed, and open again
    start: ['"one": 1'], updated: ['"three": 3'], sends: [{ one: 1 }, null, { three: 3 }],
  },
  label: {
    shown: text(".sf-meters li > span:first-child"), start: ["one", "two"], updated: ["three"],
    sends: [
      { one: 0.75, two: 0.25 }, null, { three: 1 },
    ],
  },
  highlightedtext: {
    shown: text("mark"), start: ["onekind"], updated: ["threekind"],
    sends: [
      [{ token: "one", class_or_confidence: "kind" }, { token: " two", class_or_confidence: null }], null,
      [{ token: "three", class_or_confidence: "kind" }],
    ],
  },
  plot: {
    shown: (place) => place.locator(".sf-chart td").allTextContents(), reads: ({ plot }) => JSON.parse(plot).data[0].x,
    focus: "summary", keys: presses("Enter", "Enter"), // the numbers: open, and closed again
    start: ["1", "one", "1"], updated: ["1", "three", "3"], sends: [["one"], null, ["three"]],
  },
  barplot: {
    shown: (place) => place.locator(".sf-chart td").allTextContents(), reads: ({ data }) => data,
    focus: "summary", keys: presses("Enter", "Enter"), // the numbers: open, and closed again
    start: ["count", "one", "1"], updated: ["count", "three", "3"], sends: [[["one", 1]], null, [["three", 3]]],
  },
  markdown: { shown: text("strong"), start: ["one"], updated: ["three"], sends: ["**one**", null, "**three**"] },
  html: { shown: text("b"), start: ["one"], updated: ["three"], sends: ["<b>one</b>", null, "<b>three</b>"] },
  file: {
    shown: text(".sf-files a"), reads: base,
    edit: async (place) => {
      await place.getByRole("button", { name: "Remove one.txt" }).click();
      await place.locator("input[type=file]").setInputFiles(TWO);
    },
    focus: ".sf-files button", keys: async (keyboard, place) => {
      await keyboard.press("Enter"); // removes; the place for another one has the focus then
      await give(place.page(), () => keyboard.press("Enter"), TWO);
    },
    start: ["one.txt"], edited: ["two.txt"], updated: ["three.txt"], sends: ["one.txt", "two.txt", "three.txt"],
  },
  files: {
    shown: text(".sf-files a"), reads: (found) => found.map(base),
    edit: (place) => place.locator("input[type=file]").setInputFiles(TWO),
    focus: ".sf-door", keys: (keyboard, place) => give(place.page(), () => keyboard.press("Enter"), TWO),
    start: ["one.txt"], edited: ["one.txt", "two.txt"], updated: ["one.txt", "three.txt"],
  },
  image: {
    shown: (place) => place.locator(".sf-frame img").evaluateAll((all) => all.map((one) => one.naturalWidth)), reads: base,
    edit: async (place) => {
      await place.getByRole("button", { name: "Clear image" }).click();
      await place.locator("input[type=file]").setInputFiles(PICTURE);
    },
    focus: "button[aria-label='Clear image']", keys: async (keyboard, place) => {
      await keyboard.press("Enter");
      await give(place.page(), () => keyboard.press("Space"), PICTURE);
    },
    start: [1], edited: [2], updated: [1], sends: ["one.png", "two.png", "three.png"],
  },
  audio: {
    shown: (place) => place.locator("audio").evaluateAll((all) => all.map((one) => one.duration)), reads: base,
    edit: async (place) => {
      await place.getByRole("button", { name: "Clear audio" }).click();
      await place.locator("input[type=file]").setInputFiles(SOUND);
    },
    focus: "button[aria-label='Clear audio']", keys: async (keyboard, place) => {
      await keyboard.press("Enter");
      await give(place.page(), () => keyboard.press("Space"), SOUND);
    },
    start: [1], edited: [2], updated: [3], sends: ["one.wav", "two.wav", "three.wav"],
  },
  video: {
    shown: (place) => place.locator("video").evaluateAll((all) => all.map((one) => one.videoWidth)), reads: base,
    edit: async (place) => {
      await place.getByRole("button", { name: "Clear video" }).click();
      await place.locator("input[type=file]").setInputFiles(FILM);
    },
    focus: "button[aria-label='Clear video']", keys: async (keyboard, place) => {
      await keyboard.press("Enter");
      await give(place.page(), () => keyboard.press("Space"), FILM);
    },
    start: [16], edited: [32], updated: [48], sends: ["one.webm", "two.webm", "three.webm"],
  },
  gallery: {
    shown: (place) => place.locator(".sf-tile img").evaluateAll((all) => all.map((one) => one.naturalWidth)),
    reads: (found) => found.map(([path]) => base(path)),
    edit: (place) => place.locator("input[type=file]").setInputFiles(PICTURE),
    focus: ".sf-door", keys: (keyboard, place) => give(place.page(), () => keyboard.press("Enter"), PICTURE),
    start: [1], edited: [1, 2], updated: [1, 1],
    sends: [["one.png"], ["one.png", "two.png"], ["one.png", "three.png"]],
  },
  multimodaltextbox: {
    shown: async (place) => [await place.locator("textarea").inputValue(), ...(await place.locator(".sf-chip span").allInnerTexts())],
    reads: ({ text: said, files }) => [said, ...files.map(base)],
    edit: async (place) => {
      await place.locator("textarea").fill("two");
      await place.locator("input[type=file]").setInputFiles(TWO);
    },
    focus: ".sf-attach", keys: async (keyboard, place) => {
      await give(place.page(), () => keyboard.press("Enter"), TWO);
      await until(() => place.locator(".sf-chip").count(), 1); // and the text has the focus
      await typed("two")(keyboard);
    },
    start: ["one"], edited: ["two", "two.txt"], updated: ["three", "three.txt"],
  },
  dataframe: {
    shown: text("tbody td"),
    edit: async (place) => {
      await place.getByRole("gridcell", { name: "one", exact: true }).dblclick();
      await typed("two")(place.page().keyboard);
      await place.page().keyboard.press("Enter");
    },
    focus: "[role=grid]", keys: async (keyboard) => {
      await keyboard.type("two");
      await keyboard.press("Enter");
    },
    start: ["one", "1"], edited: ["two", "1"], updated: ["three", "3"],
    sends: [[["one", 1]], [["two", 1]], [["three", 3]]],
  },
  chatbot: {
    shown: text(".sf-content"), reads: (found) => found.map(({ role, content }) => `${role}: ${content.map((part) => part.text)}`),
    start: ["one", "two"], updated: ["one", "two", "three"],
    sends: [["user: one", "assistant: two"], null, ["user: one", "assistant: two", "user: three"]],
  },
};

/** A sound of 8 bits that lasts as long. */
function wav(seconds) {
  const head = Buffer.from("RIFF____WAVEfmt ________________________data____");
  const size = 8000 * seconds;
  [[4, 40 + size], [16, 16], [20, 0x10001], [24, 8000], [28, 8000], [32, 0x80001], [40, size]].forEach(([at, word]) => head.writeUInt32LE(word, at));
  return Buffer.concat([head.subarray(0, 36), Buffer.from("data"), head.subarray(40, 44), Buffer.alloc(size, 0x80)]);
}

/** Press the button that a chooser of files belongs to, by keyboard or not, and give it `file`. */
async function give(page, press, file) {
  const chooser = page.waitForEvent("filechooser");
  await press();
  await (await chooser).setFiles(file);
}

/** Press a component's button; return what its function got. */
async function sent(page, name, press) {
  const answer = page.waitForResponse(`**/run/send_${name}`);
  await press();
  const [[found]] = (await (await answer).json()).data;
  return (ROWS[name].reads ?? ((one) => one))(found);
}

/** Go on by Tab until the focus is where `selector` says. */
async function tabTo(page, place, selector, name) {
  for (let count = 0; count < MOST_TABS; count += 1) {
    await page.keyboard.press("Tab");
    if (await place.locator(selector).evaluateAll((all) => all.includes(document.activeElement))) return;
  }
  throw new Error(`${name}: no Tab leads to ${selector}`);
}

const got = ({ sends, start, edited, updated }, at) => (sends ?? [start, edited, updated])[at];

test("every component of the app has its row", async () => {
  const page = await visit();
  const there = await page.locator("main .sf-column[id]").evaluateAll((all) => all.map((one) => one.id));
  assert.deepEqual(there.sort(), Object.keys(ROWS).sort());
  quiet(page);
});

const [part, parts] = (process.env.PART ?? "0/1").split("/").map(Number); // of the rows: all of them take their time
const mine = Object.entries(ROWS).filter((_, index) => index % parts === part);

for (const [name, row] of mine) {
  test(`${name}: shown, edited, sent, updated, and an error shown`, async () => {
    const page = await visit();
    const place = page.locator(`#${name}`);
    const press = (what) => button(page, `${what} ${name}`).click();
    await until(() => row.shown(place), row.start, "at first");
    assert.deepEqual(await sent(page, name, () => press("Send")), got(row, 0));
    if (row.edit) {
      await row.edit(place);
      await until(() => row.shown(place), row.edited, "edited");
      assert.deepEqual(await sent(page, name, () => press("Send")), got(row, 1));
    }
    await press("Update");
    await until(() => row.shown(place), row.updated, "updated");
    assert.deepEqual(await sent(page, name, () => press("Send")), got(row, 2));
    await press("Fail");
    await place.getByRole("alert").getByText(`${name} went wrong`).waitFor();
    await until(() => row.shown(place), row.updated, "an error changes nothing");
    await press("Update");
    await until(() => place.getByRole("alert").count(), 0, "the next call takes the error away");
    quiet(page, ["status of 500"]);
  });

  test(`${name}: by keyboard alone`, async () => {
    const page = await visit();
    const place = page.locator(`#${name}`);
    await page.locator(`#${name}`).evaluate((node) => {
      const before = document.createElement("button"); // where the visitor has come to so far
      node.before(before);
      before.focus();
    });
    if (row.focus) {
      await tabTo(page, place, row.focus, name);
      await row.keys(page.keyboard, place);
      await until(() => row.shown(place), row.edited ?? row.start, "edited");
    }
    await tabTo(page, place, `button:text-is("Send ${name}")`, name);
    const found = await sent(page, name, () => page.keyboard.press("Enter"));
    assert.deepEqual(found, got(row, row.edited === undefined ? 0 : 1));
    await tabTo(page, place, `button:text-is("Update ${name}")`, name);
    await page.keyboard.press("Space");
    await until(() => row.shown(place), row.updated, "updated");
    quiet(page);
  });
}
