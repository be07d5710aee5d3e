import assert from "node:assert/strict";
import { before, test } from "node:test";
import { address, light, visit } from "./page.mjs";

let page;
before(async () => {
  page = await visit();
});

/** Render `source` with the page's own module; return the nodes as HTML. */
const render = (source, module = "markdown", name = "markdown") =>
  page.evaluate(
    async ([url, name, source]) => {
      const place = document.createElement("div");
      place.append((await import(url))[name](source));
      return place.innerHTML;
    },
    [`${address}static/components/${module}.js`, name, source],
  );

const MARKDOWN = {
  "# One\n## Two ##": "<h1>One</h1><h2>Two</h2>",
  "Title\n===\ntext": "<h1>Title</h1><p>text</p>",
  "*a* **b** ***c*** ~~d~~ `e`": "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <del>d</del> <code>e</code></p>",
  "**a *b* c** *a **b** c*": "<p><strong>a <em>b</em> c</strong> <em>a <strong>b</strong> c</em></p>",
  "snake_case_name and 2 * 3 * 4": "<p>snake_case_name and 2 * 3 * 4</p>",
  "``a ` b`` \\*no\\* &amp; &lt;": "<p><code>a ` b</code> *no* &amp; &lt;</p>",
  "a  \nb\nc\\\nd": "<p>a<br>b\nc<br>d</p>",
  "- a\n- b\n  - c\n- d": "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>",
  "3. a\n4. b": '<ol start="3"><li>a</li><li>b</li></ol>',
  "- a\n\n- b": "<ul><li><p>a</p></li><li><p>b</p></li></ul>",
  "- [ ] a\n- [x] b":
    '<ul><li><input type="checkbox" disabled="" aria-label="a"> a</li><li><input type="checkbox" disabled="" checked="" aria-label="b"> b</li></ul>',
  "- foo\n\n  bar": "<ul><li><p>foo</p><p>bar</p></li></ul>",
  "- a\n- [ ] b\n  1. c\n\n     d": '<ul><li>a</li><li><input type="checkbox" disabled="" aria-label="b"> b<ol><li><p>c</p><p>d</p></li></ol></li></ul>',
  "> a\nb\n\nc": "<blockquote><p>a\nb</p></blockquote><p>c</p>",
  "[A b][a  B] [a B] ![c][a b]\n\n[a b]: /u 't'":
    '<p><a href="/u" title="t">A b</a> <a href="/u" title="t">a B</a> <img src="/u" alt="c" title="t" loading="lazy"></p>',
  "a <!-- b --> c\n\n<!-- d\n\ne -->\n\n&ouml;&#246;": "<p>a  c</p><p>öö</p>",
  "*a <b>x*</b> b*": "<p><em>a <b>x*</b> b</em></p>",
  "a | b\n- | -\n1 | 2\n\nc": "<table><thead><tr><th align=\"left\">a</th><th align=\"left\">b</th></tr></thead><tbody><tr><td align=\"left\">1</td><td align=\"left\">2</td></tr></tbody></table><p>c</p>",
  "[a](javascript:b) [c](JAVASCRIPT&colon;d) <vbscript:e> ![f](data:text/html,g)":
    "<p><span>a</span> <span>c</span> <span>vbscript:e</span> <span>Image: f</span></p>",
  "> a\n> > b": "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
  "```js\n<b> *x*\n```": '<pre tabindex="0"><code data-language="js">&lt;b&gt; *x*</code></pre>',
  "|a|b|\n|:-:|-:|\n|1|`2`|":
    '<table><thead><tr><th align="center">a</th><th align="right">b</th></tr></thead><tbody><tr><td align="center">1</td><td align="right"><code>2</code></td></tr></tbody></table>',
  "a\n\n---\n\nb": "<p>a</p><hr><p>b</p>",
  "[a](/b \"t\") <https://c.org>":
    '<p><a href="/b" title="t">a</a> <a href="https://c.org" target="_blank" rel="noopener noreferrer">https://c.org</a></p>',
  "see https://a.org/b_c_d.": '<p>see <a href="https://a.org/b_c_d" target="_blank" rel="noopener noreferrer">https://a.org/b_c_d</a>.</p>',
  "![a](/b.png)": '<p><img src="/b.png" alt="a" loading="lazy"></p>',
  "[a](javascript:b) <script>c</script>": "<p><span>a</span> &lt;script&gt;c&lt;/script&gt;</p>",
  "<h1 style='text-align: center; position: fixed'>T</h1>": '<h1 style="text-align: center;">T</h1>',
  "<details><summary>s</summary>\n\n*in*\n\n</details>\n\nout": "<details><summary>s</summary><p><em>in</em></p></details><p>out</p>",
  "H<sub>2</sub>O <b onclick='x'>b</b> 1 < 2": "<p>H<sub>2</sub>O <b>b</b> 1 &lt; 2</p>",
};

for (const [source, html] of Object.entries(MARKDOWN)) {
  test(`Markdown ${JSON.stringify(source)}`, async () => assert.equal((await render(source)).replace(/\n(?=<)/g, ""), html));
}

const HTML = {
  "<p class='x' title='t'>a</p>": '<p title="t">a</p>',
  "<custom>a<script>b</script></custom><!-- c -->": "a",
  "<p style='color: red; background: url(x)'>a": '<p style="color: red;">a</p>',
  "&lt;b&gt; 1 < 2": "&lt;b&gt; 1 &lt; 2",
};

for (const [source, html] of Object.entries(HTML)) {
  test(`HTML ${JSON.stringify(source)}`, async () => assert.equal(await render(source, "markup", "markup"), html));
}

const SCHEMES = ["javascript", "JaVaScRiPt", "vbscript", "data", "file", "blob", "filesystem", "view-source", "about", "chrome", "ws", "x-app"];
const HIDDEN = [..."\0\x01\x08\t\n\v\f\r\x1b\x1f \x7f\x80\x9f\xa0\xad\u034f\u1680\u200b\u200e\u2028\u202e\u2060\u3000\ufeff", "\u{e0001}", "%01", "%0a", "%20", "%7f", "&Tab;", "&NewLine;", "&#1;", "&#x0d;", "&ZeroWidthSpace;"];
const PLACES = {
  link: (address) => `[a](${address})`,
  "link in brackets": (address) => `[a](<${address}>)`,
  "link by name": (address) => `[a][b]\n\n[b]: ${address}`,
  "link by name in brackets": (address) => `[a][b]\n\n[b]: <${address}>`,
  image: (address) => `![a](<${address}>)`,
  "address in the text": (address) => `<${address}>`,
  "bare address": (address) => `see ${address} and`,
  "tag of a link": (address) => `<a href="${address}">a</a>`,
  "tag of a link, unquoted": (address) => `<a href=${address}>a</a>`,
  "tag of an image": (address) => `<img src='${address}' alt=a>`,
};

for (const [place, put] of Object.entries(PLACES)) {
  test(`an address with any other scheme, hidden in any way, is text: ${place}`, async () => {
    const written = SCHEMES.flatMap((scheme) => {
      const [first, ...rest] = scheme;
      const hidden = HIDDEN.flatMap((one) => [`${one}${scheme}:x`, `${first}${one}${rest.join("")}:x`, `${scheme}${one}:x`]);
      return [`${scheme}:x`, `${scheme}&colon;x`, `${scheme}&#58;x`, `${scheme}&#x3a;//x`, `&#${first.charCodeAt()};${rest.join("")}:x`, ...hidden];
    });
    const led = await page.evaluate(
      async ([url, sources]) => {
        const { markdown } = await import(url);
        const led = "[href*=':'], [src*=':'], [href*='%3A' i], [src*='%3A' i], [action], [formaction]"; // what ends before the colon leads to a file
        const parts = (source) => [...markdown(source).querySelectorAll(led)].map((one) => one.outerHTML);
        return sources.map((source) => [JSON.stringify(source), ...parts(source)]).filter(([, ...found]) => found.length);
      },
      [`${address}static/components/markdown.js`, written.map(put)],
    );
    assert.deepEqual(led, []);
  });
}

test("addresses that run nothing are links, blanks around them or not", async () => {
  for (const led of ["https://a.org/b%20c", "mailto:a@b.org", "tel:+49", "ftp://a.org", "/b c", "b/c:d", "#e", "?f=g:h", "//a.org/i"]) {
    assert.match(await render(`[a](<${led}>) [a](< ${led}\u00a0>)`), /^<p><a href="[^"]+"[^>]*>a<\/a> <a href="[^"]+"[^>]*>a<\/a><\/p>$/, led);
  }
});

for (const [what, piece] of Object.entries({ marks: "*a ", brackets: "[", ticks: "` `` ", quotes: ">", tags: '<a "', lists: "- ", closed: "*a* _b_ ", nested: "*a **b ", known: "<b>", comments: "<!-- ", links: "[a](b 'c", labels: "[a][", fences: "```\n> ", words: "a\n" })) {
  test(`many open ${what} are rendered in linear time`, async () => {
    const started = Date.now();
    await render(piece.repeat(20_000));
    assert.ok(Date.now() - started < 5000);
  });
}

test("a generator's changes are put onto the values before", async () => {
  const steps = [
    [{ a: [1, 2] }, "x", 1],
    [[["add", ["a", 1], 9], ["replace", ["a", 0], 0]], [["append", [], "yz"]], []],
    [[["delete", ["a", 2], null], ["add", ["b"], true]], [], [["replace", [], 2]]],
  ];
  const values = await page.evaluate(
    async ([url, steps]) => {
      const { patched } = await import(url);
      return steps.reduce((values, data) => patched(values, data), null);
    },
    [`${address}static/queue.js`, steps],
  );
  assert.deepEqual(values, [{ a: [0, 9], b: true }, "xyz", 2]);
});

test("a page with a text above it is light", async () => void (await light(await visit())));
