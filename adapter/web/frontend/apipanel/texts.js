// The texts of the panel of the API.

export const texts = {
  title: "Use via API",
  intro: "Each of these can be called from a program. The snippets run as they stand.",
  language: "Language",
  loading: "Loading…",
  none: "This app has no public endpoints.",
  failed: "The list of endpoints could not be loaded.",
  parameters: "Parameters",
  returns: "Returns",
  optional: "optional",
  install: { Python: "pip install gradio_client", JavaScript: "npm install @gradio/client" },
};
