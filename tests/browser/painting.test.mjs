// Code in colours and formulas: what is drawn, and what is left as it was written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { quiet, visit } from "./page.mjs";

/** Draw Markdown with all that it asks for; return what `read`, a function in the page, makes of it. */
const drawn = (page, source, read, math = [{ left: "$$", right: "$$", display: true }, { left: "$", right: "$", display: false }]) =>
  page.evaluate(async ([text, delimiters, reader]) => {
    const { markdown, improve } = await import(new URL("components/markdown.js", document.querySelector("script[type=module]").src).href);
    const place = document.createElement("div");
    const draw = () => place.replaceChildren(markdown(text, false, delimiters));
    draw();
    if (await improve(place)) draw();
    return new Function("place", `return (${reader})(place)`)(place);
  }, [source, math, read.toString()]);

const formula = (page, tex) => drawn(page, `$$${tex}$$`, (place) => place.querySelector("math")?.textContent ?? null);
const tags = (page, tex) => drawn(page, `$$${tex}$$`, (place) => Array.from(place.querySelectorAll("math *"), (node) => node.localName).join(" "));
const code = (page, language, source) =>
  drawn(page, `\`\`\`${language}\n${source}\n\`\`\``, (place) =>
    Array.from(place.querySelector("code").childNodes, (node) => (node.localName ? `${node.className.slice("sf-code-".length)}:${node.textContent}` : node.data)));

test("formulas become MathML: fractions, roots, scripts, sums, matrices, cases, accents, alphabets", async () => {
  const page = await visit({ bypassCSP: true }); // the readers above are functions of the test
  assert.equal(await formula(page, "\\alpha \\le \\mathbb{R} \\to \\infty"), "α≤ℝ→∞");
  assert.equal(await tags(page, "\\frac{1}{x}"), "mfrac mn mi");
  assert.equal(await tags(page, "\\sqrt[3]{x^2_i}"), "mroot msubsup mi mi mn mn");
  assert.equal(await tags(page, "\\sum_{i=1}^n x"), "mrow munderover mo mrow mi mo mn mi mi");
  assert.equal(await tags(page, "\\int_0^1"), "msubsup mo mn mn");
  assert.match(await tags(page, "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}"), /^mrow mo mtable mtr mtd mn mtd mn mtr mtd mn mtd mn mo$/);
  assert.equal(await formula(page, "f(x)=\\begin{cases}1 & \\text{if } x>0\\\\0\\end{cases}"), "f(x)={1if\u00a0x>00");
  assert.equal(await tags(page, "\\hat{x} + \\left(\\frac{a}{b}\\right)'"), "mrow mover mi mo mo msup mrow mo mfrac mi mi mo mrow mo");
  assert.equal(await formula(page, "\\sin x \\cdot \\log_2 y"), "sinx⋅log2y");
});

test("what is not known stays as it is written, whole; so do prices and code", async () => {
  const page = await visit({ bypassCSP: true });
  const whole = (source) => drawn(page, source, (place) => [place.textContent, place.querySelectorAll("math").length]);
  for (const tex of ["\\unheard{x}", "\\frac{1}", "{", "x}", "\\constructor", "\\__proto__", "\\toString x", "a & b", "{".repeat(200) + "}".repeat(200)]) {
    assert.deepEqual(await whole(`$$${tex}$$`), [tex, 0]);
  }
  assert.deepEqual(await whole("From $5 to $6, or `$x$`."), ["From $5 to $6, or $x$.", 0]);
  assert.deepEqual(await whole("an open $$x + 1"), ["an open $$x + 1", 0]);
  assert.deepEqual((await whole("in $a_1$ a line, $b_2$ twice"))[1], 2);
  assert.deepEqual((await whole("$$\na\n\n- b\n$$\nafter"))[1], 1); // a displayed one may have an empty line in it
});

test("code has the colours of its language, and is the same text", async () => {
  const page = await visit({ bypassCSP: true });
  assert.deepEqual(await code(page, "py", "def f(x): # hi"), ["keyword:def", " ", "call:f", "(x): ", "comment:# hi"]);
  assert.deepEqual(await code(page, "ts", "const a = `b` // c"), ["keyword:const", " a = ", "string:`b`", " ", "comment:// c"]);
  assert.deepEqual(await code(page, "json", '{"a": [1, true]}'), ["{", 'call:"a"', ": [", "number:1", ", ", "keyword:true", "]}"]);
  assert.deepEqual(await code(page, "sql", "SELECT 'x' from t"), ["keyword:SELECT", " ", "string:'x'", " ", "keyword:from", " t"]);
  assert.deepEqual(await code(page, "html", '<a href="x">'), ["keyword:<a", " ", "call:href", "=", 'string:"x"', "keyword:>"]);
  assert.deepEqual(await code(page, "diff", "+new\n-old"), ["added:+new", "\n", "removed:-old"]);
  assert.deepEqual(await code(page, "unheard-of", "def x"), ["def x"]);
  assert.deepEqual(await code(page, "constructor", "def x"), ["def x"]);
  const all = "python javascript c java go rust php shell sql ruby r json yaml ini css html diff".split(" ");
  const odd = `"open 'open \`open /* open <!-- """ \\ # $x @y \u{1F600} <img src=x onerror=hacked=1>`;
  for (const language of all) assert.equal((await code(page, language, odd)).map((part) => part.replace(/^(keyword|call|string|number|comment|added|removed):/, "")).join(""), odd, language);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  quiet(page);
});

test("long and wicked sources are drawn in no time", async () => {
  const page = await visit({ bypassCSP: true });
  const long = await page.evaluate(async () => {
    const { markdown, improve } = await import(new URL("components/markdown.js", document.querySelector("script[type=module]").src).href);
    const place = document.createElement("div");
    place.append(markdown("```py\nx\n```\n\n$$x$$", false, [{ left: "$$", right: "$$", display: true }]));
    await improve(place);
    const math = [{ left: "$$", right: "$$", display: true }, { left: "$", right: "$", display: false }, { left: "\\(", right: "\\)", display: false }];
    const sources = ["```py\n" + "'\"a(".repeat(14_000) + "\n```", "\\( ".repeat(20_000), "$ ".repeat(20_000), "$$" + "{".repeat(20_000), "$$" + "x^".repeat(5_000) + "$$"];
    return sources.map((source) => {
      const started = performance.now();
      markdown(source, false, math);
      return performance.now() - started;
    });
  });
  for (const [at, milliseconds] of long.entries()) assert.ok(milliseconds < 3_000, `source ${at} took ${milliseconds} ms`);
});
