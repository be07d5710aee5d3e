// Starts the page: config, nodes, listeners, and the line at its foot.

import { Api } from "./api.js";
import { Listeners } from "./listeners.js";
import { text } from "./strings.js";
import { build, h, set } from "./tree.js";

const THEMES = ["system", "light", "dark"];
const here = new URL(".", document.baseURI);

async function readConfig() {
  const inlined = document.getElementById("config").textContent.trim();
  if (inlined) return JSON.parse(inlined);
  const response = await fetch(new URL("config", here));
  if (!response.ok) throw new Error(text.failedWithStatus(response.status));
  return response.json();
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage is refused in some private windows
  }
}

function themeSwitch() {
  const asked = new URLSearchParams(location.search).get("__theme");
  const button = h("button", { type: "button", onclick: () => show(THEMES[(THEMES.indexOf(current) + 1) % 3], true) });
  let current;
  const show = (theme, keep) => {
    current = THEMES.includes(theme) ? theme : "system";
    set(document.documentElement, "data-theme", current === "system" ? null : current);
    button.textContent = text.theme[current];
    try {
      if (keep) localStorage.setItem("theme", current);
    } catch {
      // the choice then lasts as long as the page
    }
  };
  show(asked ?? stored("theme"), false);
  return button;
}

function apiButton(api) {
  const open = async () => (await import("./apipanel.js")).open(api, here);
  return h("button", { type: "button", onclick: open }, text.useViaApi);
}

async function start() {
  const footer = document.getElementById("footer");
  const app = document.getElementById("app");
  const theme = themeSwitch();
  const config = await readConfig();
  document.title = config.title || text.defaultTitle;
  app.classList.toggle("wide", Boolean(config.fill_width));
  const prefix = (config.api_prefix ?? "").replace(/^\//, "");
  const api = new Api(new URL(prefix ? `${prefix}/` : "", here));
  footer.replaceChildren(apiButton(api), theme);

  let listeners = null;
  const page = { emit: (...event) => listeners?.emit(...event) };
  const nodes = await build(config, app, page);
  const announcer = document.getElementById("announcer");
  listeners = new Listeners(config, nodes, { api, announce: (message) => (announcer.textContent = message) });
  set(app, "aria-busy", null);
  for (const event of ["pointerdown", "keydown"]) {
    addEventListener(event, () => import("./toasts.js"), { once: true, passive: true });
  }
  listeners.load();
}

start().catch((error) => {
  const app = document.getElementById("app");
  set(app, "aria-busy", null);
  app.replaceChildren(h("p", { class: "alert", role: "alert" }, text.pageFailed(error.message)));
});
