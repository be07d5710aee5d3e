// Code in colours: a small tokenizer for the languages that one meets most, which makes elements and no markup.

import { h, styled } from "../dom.js";

await styled(new URL("colours.css", import.meta.url));

const LONGEST = 60_000; // characters; more is left plain
const words = (list) => new RegExp(`(?:${list.trim().split(/\s+/).join("|")})\\b`, "y");
const rules = (...all) => all.filter(Boolean);

const NUMBER = ["number", /(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\w*/y];
const CALL = ["call", /[A-Za-z_$][\w$]*(?=\s*\()/y];
const NAME = ["", /[A-Za-z_$][\w$]*/y];
const DOUBLE = ["string", /"(?:[^"\\\n]|\\[\s\S])*"?/y];
const SINGLE = ["string", /'(?:[^'\\\n]|\\[\s\S])*'?/y];
const TICKS = ["string", /`(?:[^`\\]|\\[\s\S])*`?/y];
const HASH = ["comment", /#[^\n]*/y];
const SLASHES = ["comment", /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y];

/** A language that is written as C is: comments after slashes, keywords, calls. */
const likeC = (keywords, ...more) => rules(SLASHES, ...more, DOUBLE, SINGLE, ["keyword", words(keywords)], NUMBER, CALL, NAME);

const JS =
  "as async await break case catch class const continue debugger default delete do else enum export extends false finally " +
  "for from function get if implements import in instanceof interface let new null of private public readonly return set static " +
  "super switch this throw true try type typeof undefined var void while with yield";
const C =
  "alignas auto bool break case catch char class const constexpr continue default delete do double else enum explicit extern " +
  "false float for friend goto if inline int long namespace new nullptr NULL operator private protected public register return short " +
  "signed sizeof static struct switch template this throw true try typedef typename union unsigned using virtual void volatile while";
const JAVA =
  "abstract as base bool boolean break byte case catch char class const continue data default do double else enum extends " +
  "false final finally float for foreach fun get if implements import in instanceof int interface internal is let long namespace new " +
  "null object open out override package private protected public readonly record return sealed set short static string super switch " +
  "this throw throws true try typeof using val var virtual void when while yield";
const GO =
  "break case chan const continue default defer else fallthrough false for func go goto if import interface map nil package " +
  "range return select struct switch true type var";
const RUST =
  "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub " +
  "ref return self Self static struct super trait true type unsafe use where while";
const PYTHON =
  "and as assert async await break case class continue def del elif else except False finally for from global if import " +
  "in is lambda match None nonlocal not or pass raise return self True try while with yield";
const SHELL = `case do done elif else esac export fi for function if in local return set then until while cd echo exit source sudo`;
const SQL =
  "add all alter and as asc begin between by case check commit constraint create cross default delete desc distinct drop " +
  "else end exists false foreign from full group having if in index inner insert into is join key left like limit not null offset on " +
  "or order outer primary references right rollback select set table then true union unique update using values view when where with";
const RUBY =
  "alias and begin break case class def do else elsif end ensure false for if in module next nil not or redo rescue retry " +
  "return self super then true undef unless until when while yield require";
const R = `break else FALSE for function if in Inf NA NaN next NULL repeat return TRUE while library`;

const VALUE = [DOUBLE, SINGLE, ["keyword", /(?:true|false|null|yes|no|on|off)\b/y], NUMBER];
const LANGUAGES = {
  python: rules(HASH, ["string", /[rbfuRBFU]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?)/y], ["call", /@[\w.]+/y], ["keyword", words(PYTHON)], NUMBER, CALL, NAME),
  javascript: likeC(JS, TICKS),
  c: likeC(C, ["keyword", /#\s*\w+/y]),
  java: likeC(JAVA, ["call", /@\w+/y]),
  go: likeC(GO, TICKS),
  rust: rules(SLASHES, DOUBLE, ["string", /'(?:[^'\\\n]|\\.)'/y], ["keyword", words(RUST)], NUMBER, ["call", /[a-z_]\w*(?=!?\s*\()/y], NAME),
  php: likeC(`${JAVA} echo elseif endif foreach function global include isset require unset`, HASH, ["call", /\$\w+/y]),
  shell: rules(HASH, DOUBLE, SINGLE, ["number", /\$\{[^}]*\}|\$\w+/y], ["keyword", words(SHELL)], ["call", /--?[a-zA-Z][\w-]*/y], NAME),
  sql: rules(["comment", /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y], SINGLE, DOUBLE, ["keyword", new RegExp(words(SQL).source, "iy")], NUMBER, CALL, NAME),
  ruby: rules(HASH, DOUBLE, SINGLE, ["number", /:\w+|@\w+/y], ["keyword", words(RUBY)], NUMBER, CALL, NAME),
  r: rules(HASH, DOUBLE, SINGLE, ["keyword", words(R)], NUMBER, CALL, NAME),
  json: rules(["call", /"(?:[^"\\\n]|\\.)*"(?=\s*:)/y], ...VALUE, SLASHES),
  yaml: rules(HASH, ["call", /[\w.-]+(?=:(?:\s|$))/y], ...VALUE, ["", /[\w.-]+/y]),
  ini: rules(HASH, ["comment", /;[^\n]*/y], ["keyword", /\[[^\]\n]*\]/y], ["call", /[\w.-]+(?=\s*=)/y], ...VALUE, ["", /[\w.-]+/y]),
  css: rules(["comment", /\/\*[\s\S]*?(?:\*\/|$)/y], DOUBLE, SINGLE, ["keyword", /@[\w-]+|!important/y], ["call", /[\w-]+(?=\s*:\s)/y], ["number", /#[\da-fA-F]{3,8}\b|-?[\d.]+[a-z%]*/y], ["", /[\w-]+/y]),
  html: rules(["comment", /<!--[\s\S]*?(?:-->|$)/y], ["keyword", /<[/!?]?[\w:-]*|\/?>/y], ["call", /[\w:@.-]+(?==)/y], ["string", /(?<==\s*)(?:"[^"]*"?|'[^']*'?)/y], ["", /[^<>\s="']+/y]),
  diff: rules(["added", /^\+[^\n]*/my], ["removed", /^-[^\n]*/my], ["keyword", /^@@[^\n]*/my], ["", /[^\n]+/y]),
};
const ALSO = {
  python: "py python3 ipython pycon",
  javascript: "js jsx ts tsx typescript mjs node",
  c: "cpp c++ h hpp cc objc arduino",
  java: "csharp cs c# kotlin kt scala swift dart groovy",
  go: "golang",
  rust: "rs",
  shell: "bash sh zsh console dockerfile docker makefile powershell",
  ruby: "rb",
  json: "jsonc json5",
  yaml: "yml",
  ini: "toml cfg conf properties env",
  css: "scss less",
  html: "xml svg vue svelte jinja2",
  sql: "sqlite postgresql mysql",
  diff: "patch",
};
const NAMED = Object.fromEntries(Object.entries(ALSO).flatMap(([name, all]) => all.split(" ").map((also) => [also, name])));

/** Return `source` as nodes, in the colours of `language`; null where nothing is known of it. */
export function paint(source, language) {
  const name = String(language ?? "").toLowerCase();
  const own = LANGUAGES[NAMED[name] ?? name];
  if (!own || source.length > LONGEST) return null;
  const found = document.createDocumentFragment();
  let plain = "";
  for (let at = 0; at < source.length; ) {
    const [kind, length] = token(own, source, at);
    if (kind) {
      found.append(plain, h("span", { class: `sf-code-${kind}` }, source.slice(at, at + length)));
      plain = "";
    } else plain += source.slice(at, at + length);
    at += length;
  }
  found.append(plain);
  found.normalize(); // no empty texts: equal code has equal nodes
  return found;
}

function token(own, source, at) {
  for (const [kind, pattern] of own) {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found?.[0]) return [kind, found[0].length];
  }
  return ["", 1];
}
