// Fills in templates: lists of texts, which are functions of the props, and of Handlebars tags, as objects.

const UNSAFE = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "`": "&#x60;", "=": "&#x3D;" };

const escaped = (value) => String(value).replace(/[&<>"'`=]/g, (character) => UNSAFE[character]);
const empty = (value) => (!value && value !== 0) || (Array.isArray(value) && !value.length);
const own = (value, name) => (value !== null && value !== undefined && Object.hasOwn(Object(value), name) ? value[name] : undefined);

/** Return what `nodes` say of `props`. What a tag gives stands there as it is: it is never read as a script. */
export function fill(nodes, props) {
  if (nodes.fails) throw new Error(nodes.fails);
  return all(nodes, { context: props, outer: null, data: { root: props }, names: {}, props });
}

function all(nodes, scope) {
  return nodes.map((node) => (typeof node === "function" ? node(scope.props) : node.show ? shown(node, scope) : block(node, scope))).join("");
}

function shown({ show, raw }, scope) {
  const value = read(show, scope);
  return value === null || value === undefined ? "" : raw ? String(value) : escaped(value);
}

/** Return what a path, a literal or a helper gives. */
function read(term, scope) {
  if ("value" in term) return term.value;
  if ("call" in term) return helped(term, scope);
  let place = scope;
  for (let up = term.up; up > 0 && place.outer; up -= 1) place = place.outer;
  const [first, ...rest] = term.path;
  const named = !term.own && !term.data && !term.up && first in scope.names;
  const start = term.data ? place.data : named ? scope.names : place.context;
  const found = (named ? [first, ...rest] : term.path).reduce(own, start);
  return typeof found === "function" ? found.call(place.context) : found;
}

function helped({ call, args }, scope) {
  const [value, name] = args.map((one) => read(one, scope));
  if (call === "lookup") return own(value, name);
  if (call === "log") return void console.log(value);
  throw new Error(`Missing helper: "${call}"`);
}

const within = (scope, context, data, names, values) => ({
  ...scope,
  context,
  outer: scope,
  data: { ...scope.data, ...data },
  names: { ...scope.names, ...Object.fromEntries(names.map((name, index) => [name, values[index]])) },
});

function block({ block: kind, args, hash, names, body, other }, scope) {
  const value = read(args[0], scope);
  const otherwise = () => all(other, scope);
  const zero = hash.includeZero && read(hash.includeZero, scope) && value === 0;
  if (kind === "if") return zero || (value && !empty(value)) ? all(body, scope) : otherwise();
  if (kind === "unless") return zero || (value && !empty(value)) ? otherwise() : all(body, scope);
  if (kind === "with") return empty(value) ? otherwise() : all(body, within(scope, value, {}, names, [value]));
  if (kind !== "each" && !Array.isArray(value)) {
    if (value === true) return all(body, scope);
    return value === false || value === null || value === undefined ? otherwise() : all(body, within(scope, value, {}, names, [value]));
  }
  if (value === null || typeof value !== "object") return otherwise();
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const told = (key, index) => ({ key, index, first: index === 0, last: index === keys.length - 1 });
  const item = (key, index) => all(body, within(scope, value[key], told(key, index), names, [value[key], key]));
  return keys.length ? keys.map(item).join("") : otherwise();
}
