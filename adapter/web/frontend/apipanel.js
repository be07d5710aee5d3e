// "Use via API": the app's endpoints, with snippets that run as they stand.

import { text } from "./strings.js";
import { copyButton, h, set, styled } from "./dom.js";
import { texts } from "./apipanel/texts.js";

await styled(new URL("apipanel.css", import.meta.url));

const LANGUAGES = { Python: python, JavaScript: javascript, cURL: curl };
let chosen = "Python";

/** Open the panel; `root` is the address of the app. */
export async function open(api, root) {
  const place = h("div", { class: "sf-column" }, h("p", { class: "sf-soft" }, texts.loading));
  const close = h("button", { type: "button", class: "sf-close", "aria-label": text.close, onclick: () => dialog.close() }, "×");
  const title = h("h2", { id: "api-title" }, texts.title);
  const sheet = h("div", { class: "sf-sheet" }, h("header", {}, title, close), place);
  const dialog = h("dialog", { "aria-labelledby": title.id, onclose: () => dialog.remove() }, sheet);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  try {
    const response = await fetch(api.url("info"));
    if (!response.ok) throw new Error(response.statusText);
    const { named_endpoints: endpoints } = await response.json();
    draw(place, endpoints, { root: root.href, api: api.url("") });
  } catch {
    place.replaceChildren(h("p", { class: "sf-alert", role: "alert" }, texts.failed));
  }
}

function draw(place, endpoints, urls) {
  const shown = Object.entries(endpoints).filter(([, { api_visibility: who }]) => (who ?? "public") === "public");
  if (!shown.length) return place.replaceChildren(h("p", {}, texts.none));
  const list = h("div", { class: "sf-column" });
  const choose = (language) => {
    chosen = language;
    for (const button of buttons) set(button, "aria-pressed", String(button.textContent === language));
    list.replaceChildren(...shown.map(([name, endpoint]) => section(name, endpoint, urls)));
  };
  const buttons = Object.keys(LANGUAGES).map((name) =>
    h("button", { type: "button", class: "sf-button sf-sm", onclick: () => choose(name) }, name),
  );
  place.replaceChildren(
    h("p", { class: "sf-soft" }, texts.intro),
    h("div", { class: "sf-options", role: "group", "aria-label": texts.language }, ...buttons),
    list,
  );
  choose(chosen);
}

function section(name, endpoint, urls) {
  const parts = [h("h3", {}, name)];
  if (endpoint.description) parts.push(h("p", {}, endpoint.description));
  if (texts.install[chosen]) parts.push(snippet(texts.install[chosen]));
  parts.push(snippet(LANGUAGES[chosen](name, endpoint.parameters, urls)));
  if (endpoint.parameters.length) parts.push(h("h4", {}, texts.parameters), fields(endpoint.parameters));
  if (endpoint.returns.length) parts.push(h("h4", {}, texts.returns), fields(endpoint.returns));
  return h("section", {}, ...parts);
}

function snippet(source) {
  const pre = h("pre", { tabindex: "0" }, h("code", {}, source));
  return h("div", { class: "sf-snippet" }, pre, copyButton(() => source, text.copy));
}

function fields(all) {
  const item = (field) => {
    const name = field.parameter_name ?? field.label;
    const kind = [field.python_type?.type, field.component, field.parameter_has_default && texts.optional];
    return h("li", {}, h("code", {}, name), h("span", { class: "sf-soft" }, ` ${kind.filter(Boolean).join(" · ")}`));
  };
  return h("ul", {}, ...all.map(item));
}

/** What a snippet sends for `parameter`: its default, or its component's example. */
function sample(parameter) {
  return parameter.parameter_has_default ? parameter.parameter_default : (parameter.example_input ?? null);
}

function literal(value) {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, own]) => `${JSON.stringify(key)}: ${literal(own)}`).join(", ")}}`;
}

function python(name, parameters, { root }) {
  const lines = parameters.map((parameter) => `    ${parameter.parameter_name}=${literal(sample(parameter))},`);
  return [
    "from gradio_client import Client",
    "",
    `client = Client(${JSON.stringify(root)})`,
    "result = client.predict(",
    ...lines,
    `    api_name=${JSON.stringify(name)},`,
    ")",
    "print(result)",
  ].join("\n");
}

function javascript(name, parameters, { root }) {
  const named = Object.fromEntries(parameters.map((parameter) => [parameter.parameter_name, sample(parameter)]));
  return [
    'import { Client } from "@gradio/client";',
    "",
    `const client = await Client.connect(${JSON.stringify(root)});`,
    `const result = await client.predict(${JSON.stringify(name)}, ${JSON.stringify(named, null, 2)});`,
    "console.log(result.data);",
  ].join("\n");
}

function curl(name, parameters, { api }) {
  const quoted = (value) => `'${value.replaceAll("'", "'\\''")}'`;
  const url = `${api}call${name}`;
  return [
    `EVENT_ID=$(curl -s -X POST ${quoted(url)} \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d ${quoted(JSON.stringify({ data: parameters.map(sample) }))} \\`,
    `  | sed 's/.*"event_id": *"\\([^"]*\\)".*/\\1/')`,
    `curl -sN ${quoted(url)}/"$EVENT_ID"`,
  ].join("\n");
}
