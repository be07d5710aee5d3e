// Starts the page: config, nodes, listeners; and what stands around the app: messages, theme, footer.

import { Api } from "./api.js";
import { layouts } from "./layout.js";
import { Listeners } from "./listeners.js";
import { text } from "./strings.js";
import { build } from "./build.js";
import { h, same, set } from "./dom.js";
import { always } from "./nodes.js";
import { told } from "./told.js";

const THEMES = ["system", "light", "dark"];
const MOST_TOASTS = 5;
const here = new URL(".", document.baseURI);
const toasts = h("div", { class: "sf-toasts", role: "region", "aria-label": text.messages, "aria-live": "polite" });

async function readConfig() {
  const inlined = document.getElementById("config").textContent.trim();
  if (inlined) return parsed(inlined);
  const response = await fetch(new URL("config", here));
  if (!response.ok) throw new Error(text.failedWithStatus(response.status));
  return parsed(await response.text());
}

/** Read the config; a server of Gradio's leaves some of its words to the page. */
async function parsed(source) {
  const foreign = source.includes("__i18n__") && (await import("./i18n.js"));
  return JSON.parse(source, foreign ? foreign.worded : undefined);
}

/** Show a message over the page for `duration` seconds (null: until it is closed); `retry` adds a button for it. */
function notify(level, message, { title, duration = 10, visible = true, retry = null } = {}) {
  if (visible === false) return;
  const kind = ["error", "warning", "success"].includes(level) ? level : "info";
  const close = () => toast.remove();
  const again = () => (close(), retry());
  const words = told("p", String(message));
  const toast = h(
    "div",
    { class: `sf-toast sf-${kind}`, onkeydown: (event) => event.key === "Escape" && close() },
    h("div", {}, h("strong", {}, title || text[kind]), words),
    h("button", { type: "button", class: "sf-close", "aria-label": text.close, onclick: close }, "×"),
  );
  if (retry) toast.append(h("button", { type: "button", class: "sf-small", onclick: again }, text.tryAgain));
  toast.says = [kind, title, message, Boolean(retry)];
  if ([...toasts.children].some((other) => same(other.says, toast.says))) return;
  toasts.append(toast);
  if (words.scrollHeight > words.clientHeight) words.tabIndex = 0; // so that a long message scrolls by the keyboard
  while (toasts.children.length > MOST_TOASTS) toasts.firstChild.remove();
  if (duration) expire(toast, duration, close);
}

/** Close after `duration` seconds in which nobody points at the toast or has the focus in it. */
function expire(toast, duration, close) {
  let timer = null;
  const stop = () => clearTimeout(timer);
  const start = () => {
    stop();
    timer = setTimeout(close, duration * 1000);
  };
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, stop);
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, start);
  start();
}

/** Run `use` with the browser's storage, which some private windows refuse. */
function stored(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

function themeButton() {
  let current;
  const button = h("button", { type: "button" });
  const show = (theme) => {
    current = THEMES.includes(theme) ? theme : "system";
    set(document.documentElement, "data-theme", current === "system" ? null : current);
    button.textContent = text.theme[current];
  };
  button.addEventListener("click", () => {
    show(THEMES[(THEMES.indexOf(current) + 1) % THEMES.length]);
    stored((storage) => storage.setItem("theme", current));
  });
  show(new URLSearchParams(location.search).get("__theme") ?? stored((storage) => storage.getItem("theme")));
  return button;
}

function apiButton(api, root) {
  const open = async () => {
    const panel = await import("./apipanel.js").catch(() => notify("error", text.unreachable));
    panel?.open(api, root);
  };
  return h("button", { type: "button", onclick: open }, text.useViaApi);
}

/** Give the page its theme and the app's own CSS: as a sheet of its own, since inline styles are not allowed. */
function dress({ style, css }) {
  if (!style && !css) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([style, css].filter(Boolean).join("\n"));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

async function start() {
  const app = document.getElementById("app");
  const theme = themeButton();
  const config = await readConfig();
  dress(config);
  document.title = config.title || text.defaultTitle;
  app.classList.toggle("sf-wide", Boolean(config.fill_width));
  app.classList.toggle("sf-fill", Boolean(config.fill_height));
  const prefix = (config.api_prefix ?? "").replace(/^\//, "");
  const root = config.root ? new URL(`${config.root.replace(/\/$/, "")}/`, here) : here;
  const api = new Api(new URL(prefix ? `${prefix}/` : "", root), { persist: Boolean(config.persist_session) });
  document.getElementById("footer").replaceChildren(apiButton(api, root), theme);

  const announcer = document.getElementById("announcer");
  let listeners = null;
  const heard = new Set();
  const page = {
    hear: (dependencies) => dependencies.forEach(({ targets }) => targets?.forEach(([id, event]) => heard.add(`${id}:${event}`))),
    emit: (...event) => listeners?.emit(...event),
    drew: () => listeners?.drew(),
    listens: ({ id }, event) => heard.has(`${id}:${event}`),
    url: (path) => api.url(path),
    request: (...request) => api.request(...request),
    announce: (message) => (announcer.textContent = message),
    notify,
    largest: Math.max(config.max_file_size ?? Infinity, config.max_direct_size ?? 0), // bytes of a file
    largestCalled: config.max_file_size ?? Infinity, // and of one that goes through the API
  };
  page.hear(config.dependencies);
  Object.assign(always, layouts);
  const loaded = config.scripts && (await (await import("./scripts.js")).prepare(config, notify));
  const nodes = await build(config, app, page);
  if (!app.querySelector("h1")) app.prepend(h("h1", { class: "sf-unseen" }, document.title));
  document.body.append(toasts);
  listeners = new Listeners(config, nodes, { api, announce: page.announce, notify });
  set(app, "aria-busy", null);
  loaded?.();
  listeners.load();
}

start().catch((error) => {
  const app = document.getElementById("app");
  set(app, "aria-busy", null);
  app.replaceChildren(h("p", { class: "sf-alert", role: "alert" }, text.pageFailed(error.message)));
});
