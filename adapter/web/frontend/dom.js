// What makes elements, and what every module does with them.

import { text } from "./strings.js";

/** Return a new element; `on…` attributes are listeners, `true` sets an attribute, `false` and null leave it out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else set(element, name, value);
  }
  element.append(...children);
  return element;
}

export function set(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

/** Return an image; where it cannot be had, `words` stand in its place, and no browser's sign of a broken one. */
export function image(attributes, words = attributes.alt) {
  const instead = ({ target }) => target.replaceWith(Object.assign(h("span", {}, words), { image: target }));
  return h("img", { ...attributes, onerror: instead });
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export function copyButton(content, name) {
  const button = h("button", { type: "button", class: "sf-small", "aria-label": name }, text.copy);
  button.addEventListener("click", async () => {
    await copy(content());
    button.textContent = text.copied;
    setTimeout(() => (button.textContent = text.copy), 2000);
  });
  return button;
}

export async function copy(content) {
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    // there is no such API on plain http from another machine, and it is refused in some frames
    const area = h("textarea", { class: "sf-unseen" });
    area.value = content;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

/** Load the style sheet at `address`, which few pages need; a module waits for it before it draws. */
export function styled(address) {
  const link = h("link", { rel: "stylesheet", href: address });
  document.head.append(link);
  return new Promise((resolve) => (link.onload = link.onerror = resolve));
}
