// Styles that an app's HTML brings: each holds inside of its component, whatever it says.

export const STYLE = /<style\b[^>]*>([\s\S]*?)(<\/style\s*>|$)/gi;

const sheets = new Map(); // by the ids of their elements: one that is drawn again has the same

/** Give what is in `place`, an element with an id, a style that holds there only, whatever it says. */
export function dress(place, style) {
  if (!style.trim() && !sheets.has(place.id)) return;
  const sheet = sheets.get(place.id) ?? new CSSStyleSheet();
  if (!sheets.has(place.id)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  sheets.set(place.id, sheet);
  const id = `#${CSS.escape(place.id)}`;
  sheet.replaceSync(`@scope (${id}) { :scope${id} { ${style} } }`); // the scope: or ":not(&)" would mean all the rest of the page
  while (sheet.cssRules.length > 1) sheet.deleteRule(1);
}
