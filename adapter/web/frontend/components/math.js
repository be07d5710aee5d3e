// Formulas: the part of LaTeX that answers use most, as MathML; of others the source is shown.

const MATHML = "http://www.w3.org/1998/Math/MathML";
const DEEPEST = 60; // groups inside groups

const table = (entries) => Object.assign(Object.create(null), entries); // without names of its own, such as "constructor"
const GREEK = "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω";
const LETTERS = "infty ∞ partial ∂ nabla ∇ hbar ℏ ell ℓ Re ℜ Im ℑ aleph ℵ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ top ⊤ bot ⊥ angle ∠ triangle △ degree ° prime ′";
const OPERATORS =
  "times × cdot ⋅ div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ wedge ∧ land ∧ vee ∨ lor ∨ neg ¬ lnot ¬ cap ∩ cup ∪ setminus ∖ " +
  "leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ mid ∣ nmid ∤ parallel ∥ perp ⊥ vdash ⊢ models ⊨ " +
  "to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦ uparrow ↑ downarrow ↓ longrightarrow ⟶ gets ← hookrightarrow ↪ " +
  "ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ colon : langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | lVert ‖ rVert ‖ vert | Vert ‖ backslash \\ therefore ∴ because ∵";
const BIG = "sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀";
const FUNCTIONS = "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp det dim ker deg arg hom gcd Pr";
const LIMITS = "lim limsup liminf max min sup inf argmax argmin";
const ACCENTS = "hat ^ widehat ^ bar ¯ overline ¯ vec → tilde ~ widetilde ~ dot ˙ ddot ¨ overbrace ⏞ overrightarrow →";
const UNDER = "underline _ underbrace ⏟";
const SPACES = table({ ",": 0.167, ":": 0.222, ";": 0.278, "!": -0.167, " ": 0.25, quad: 1, qquad: 2, enspace: 0.5 }); // em
const VARIANTS = table({ mathbb: "double-struck", mathcal: "script", mathscr: "script", mathfrak: "fraktur" });
const STYLES = table({ mathbf: "bold", boldsymbol: "bold", bm: "bold", mathrm: "plain", operatorname: "plain", mathit: "", mathsf: "plain", mathtt: "plain" });
const STARTS = { "double-struck": [0x1d538, 0x1d552], script: [0x1d49c, 0x1d4b6], fraktur: [0x1d504, 0x1d51e] };
const ELSEWHERE = { "double-struck": "CℂHℍNℕPℙQℚRℝZℤ", script: "BℬEℰFℱHℋIℐLℒMℳRℛ", fraktur: "CℭHℌIℑRℜZℨ" };
const FENCES = table({ matrix: ["", ""], pmatrix: ["(", ")"], bmatrix: ["[", "]"], vmatrix: ["|", "|"], Vmatrix: ["‖", "‖"], Bmatrix: ["{", "}"], smallmatrix: ["", ""], cases: ["{", ""] });
const ROWS = ["aligned", "align", "align*", "gathered", "gather", "gather*", "split", "array", "equation", "equation*"];

const halves = (words) => words.flatMap((word, at) => (at % 2 ? [] : [[word, words[at + 1]]]));
const pairs = (list) => table(Object.fromEntries(halves(list.split(" "))));
const [letters, operators, big, accents, under] = [`${GREEK} ${LETTERS}`, OPERATORS, BIG, ACCENTS, UNDER].map(pairs);
const functions = new Set(FUNCTIONS.split(" "));
const limits = new Set(LIMITS.split(" "));

/** Return `source` as a formula, on a line of its own if `display`; null if it has what is not known here. */
export function paint(source, display) {
  try {
    const math = m("math", { display: display ? "block" : "inline" }, new Formula(source).whole());
    math.setAttribute("aria-label", source);
    return math;
  } catch {
    return null; // the reader sees what was written
  }
}

function m(tag, attributes, ...children) {
  const element = document.createElementNS(MATHML, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const row = (nodes) => (nodes.length === 1 ? nodes[0] : m("mrow", {}, ...nodes));
const space = (width) => m("mspace", { width: `${width}em` });

class Formula {
  constructor(source) {
    this.tokens = source.match(/\\(?:[a-zA-Z]+\*?|[\s\S])|\s+|\d+(?:[.,]\d+)*|[\s\S]/g) ?? [];
    this.at = 0;
    this.depth = 0;
    this.large = [];
  }

  get next() {
    while (/^\s+$/.test(this.tokens[this.at] ?? "")) this.at += 1;
    return this.tokens[this.at];
  }

  take() {
    const token = this.next;
    if (token === undefined) throw new Error("the formula ends too early");
    this.at += 1;
    return token;
  }

  expect(wanted) {
    if (this.take() !== wanted) throw new Error(`no ${wanted}`);
  }

  whole() {
    const nodes = this.until();
    if (this.next !== undefined) throw new Error(`not expected: ${this.next}`);
    return row(nodes);
  }

  /** Read up to one of `ends`, which stays. */
  until(...ends) {
    if ((this.depth += 1) > DEEPEST) throw new Error("too deep");
    const nodes = [];
    while (this.next !== undefined && this.next !== "}" && !ends.includes(this.next)) nodes.push(this.scripted());
    this.depth -= 1;
    return nodes;
  }

  /** An atom with what stands above and below it. */
  scripted() {
    const base = ["^", "_"].includes(this.next) ? m("mrow", {}) : this.atom();
    const around = { "^": null, _: null };
    for (;;) {
      if (this.next === "'") {
        this.at += 1;
        around["^"] = m("mrow", {}, ...(around["^"] ? [around["^"]] : []), m("mo", {}, "′"));
      } else if (this.next in around && this.next) around[this.take()] = this.argument();
      else if (["\\limits", "\\nolimits"].includes(this.next)) this.at += 1;
      else break;
    }
    const { "^": above, _: below } = around;
    const [both, over, low] = this.large.includes(base) ? ["munderover", "mover", "munder"] : ["msubsup", "msup", "msub"];
    if (above && below) return m(both, {}, base, below, above);
    return above ? m(over, {}, base, above) : below ? m(low, {}, base, below) : base;
  }

  /** What a command takes: a group, or one sign. */
  argument() {
    if (this.next !== "{") return this.atom();
    this.at += 1;
    const nodes = this.until();
    this.expect("}");
    return row(nodes);
  }

  /** The characters of a group, as they are. */
  text() {
    this.expect("{");
    let open = 1;
    let found = "";
    while (open) {
      const token = this.tokens[this.at++];
      if (token === undefined) throw new Error("a text does not end");
      open += token === "{" ? 1 : token === "}" ? -1 : 0;
      if (open) found += token.replace(/^\\(?=[^a-zA-Z])/, "");
    }
    return found;
  }

  atom() {
    const token = this.take();
    if (token === "{") {
      this.at -= 1;
      return this.argument();
    }
    if (token[0] === "\\") return this.command(token.slice(1));
    if (/^\d/.test(token)) return m("mn", {}, token);
    if (/\p{L}/u.test(token)) return m("mi", {}, token);
    if ("#$%&^_".includes(token)) throw new Error(`not expected: ${token}`);
    return m("mo", "()[]|/".includes(token) ? { stretchy: "false" } : {}, { "-": "−", "*": "∗", "~": "\u00a0" }[token] ?? token);
  }

  command(name) {
    const own = this[`_${name}`];
    if (own) return own.call(this);
    if (name in SPACES) return space(SPACES[name]);
    if (name in letters) return m("mi", name in FIXED ? { mathvariant: "normal" } : {}, letters[name]);
    if (name in operators) return m("mo", {}, operators[name]);
    if (name in big) return this.tall(m("mo", { largeop: "true" }, big[name]), !name.includes("int"));
    if (functions.has(name)) return m("mi", {}, name);
    if (limits.has(name)) return this.tall(m("mo", {}, name), true);
    if (name in accents) return m("mover", { accent: "true" }, this.argument(), m("mo", {}, accents[name]));
    if (name in under) return m("munder", {}, this.argument(), m("mo", {}, under[name]));
    if (name in VARIANTS) return styled(this.text(), VARIANTS[name]);
    if (name in STYLES) return this.set(STYLES[name]);
    if (/^[{}%$#&_|]$/.test(name)) return m("mo", { stretchy: "false" }, name === "|" ? "‖" : name);
    if (/^(displaystyle|textstyle|scriptstyle|nonumber|notag|big|Big|bigg|Bigg|bigl|bigr|Bigl|Bigr)$/.test(name)) return m("mrow", {});
    throw new Error(`unknown: ${name}`);
  }

  tall(node, scripts) {
    if (scripts) this.large.push(node);
    return node;
  }

  set(style) {
    const word = /^\{[a-zA-Z\s]+\}$/.test(this.tokens.slice(this.at, this.at + 40).join("").split("}")[0] + "}");
    const inside = word ? m("mi", style === "plain" ? { mathvariant: "normal" } : {}, this.text()) : this.argument();
    if (style !== "bold") return inside;
    const bold = m("mstyle", {}, inside);
    bold.style.fontWeight = "bold";
    return bold;
  }

  _frac() {
    return m("mfrac", {}, this.argument(), this.argument());
  }

  _sqrt() {
    if (this.next !== "[") return m("msqrt", {}, this.argument());
    this.at += 1;
    const index = row(this.until("]"));
    this.expect("]");
    return m("mroot", {}, this.argument(), index);
  }

  _binom() {
    const inside = m("mfrac", { linethickness: "0" }, this.argument(), this.argument());
    return m("mrow", {}, m("mo", {}, "("), inside, m("mo", {}, ")"));
  }

  _text() {
    return m("mtext", {}, this.text().replace(/^ | $/g, "\u00a0"));
  }

  _not() {
    const sign = this.atom();
    sign.append("\u0338");
    return sign;
  }

  _boxed() {
    const box = m("mrow", {}, this.argument());
    box.style.border = "1px solid";
    box.style.padding = ".2em";
    return box;
  }

  _tag() {
    return m("mtext", {}, `\u2003(${this.text()})`);
  }

  _overset() {
    const above = this.argument();
    return m("mover", {}, this.argument(), above);
  }

  _underset() {
    const below = this.argument();
    return m("munder", {}, this.argument(), below);
  }

  _left() {
    const open = this.fence();
    const inside = this.until("\\right");
    this.expect("\\right");
    return m("mrow", {}, open, ...inside, this.fence());
  }

  fence() {
    const token = this.take();
    const name = token.replace(/^\\/, "");
    const sign = token === "." ? "" : (operators[name] ?? (name === "|" && token !== "|" ? "‖" : name));
    if (sign.length > 1) throw new Error(`no fence: ${sign}`);
    return m("mo", { fence: "true", stretchy: "true" }, sign);
  }

  _begin() {
    const name = this.text();
    const fences = FENCES[name] ?? (ROWS.includes(name) ? ["", ""] : null);
    if (!fences) throw new Error(`unknown: ${name}`);
    if (name === "array") this.text();
    const lines = [[[]]];
    while (this.next !== "\\end") {
      const nodes = this.until("&", "\\\\", "\\end", "\\hline");
      lines.at(-1).at(-1).push(...nodes);
      if (this.next === "&") lines.at(-1).push([]);
      else if (this.next === "\\\\") lines.push([[]]);
      else if (this.next !== "\\hline") break;
      this.at += 1;
    }
    this.expect("\\end");
    if (this.text() !== name) throw new Error(`${name} does not end`);
    if (lines.length > 1 && !lines.at(-1).flat().length) lines.pop();
    const ranged = name === "cases" || name.startsWith("align") || name === "split";
    const side = (at) => (name === "cases" ? "left" : at % 2 ? "left" : "right");
    const cell = (nodes, at) => {
      const made = m("mtd", {}, ...nodes);
      if (ranged) made.style.textAlign = side(at);
      return made;
    };
    const rows = m("mtable", ROWS.includes(name) ? { displaystyle: "true" } : {}, ...lines.map((cells) => m("mtr", {}, ...cells.map(cell))));
    const [open, close] = fences.map((sign) => sign && m("mo", { fence: "true", stretchy: "true" }, sign));
    return m("mrow", {}, open, rows, close);
  }
}

const FIXED = table({ ...pairs(LETTERS), ...Object.fromEntries(Object.entries(pairs(GREEK)).filter(([name]) => /^[A-Z]/.test(name))) });
for (const [also, name] of Object.entries({ dfrac: "frac", tfrac: "frac", dbinom: "binom", textrm: "text", textbf: "text", textit: "text", mbox: "text", stackrel: "overset" })) {
  Formula.prototype[`_${also}`] = Formula.prototype[`_${name}`];
}

/** Letters in another alphabet. */
function styled(plain, alphabet) {
  const [capital, small] = STARTS[alphabet];
  const known = ELSEWHERE[alphabet];
  const other = (letter) => {
    const at = known.indexOf(letter);
    if (at >= 0) return known[at + 1];
    if (/[A-Z]/.test(letter)) return String.fromCodePoint(capital + letter.charCodeAt(0) - 65);
    return /[a-z]/.test(letter) ? String.fromCodePoint(small + letter.charCodeAt(0) - 97) : letter;
  };
  return m("mi", { mathvariant: "normal" }, [...plain].map(other).join(""));
}
