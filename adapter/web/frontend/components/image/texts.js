// The texts of what is shown: pictures, sound, tables and plots.

export const viewTexts = {
  noPicture: "No image",
  openPicture: (name, number) => `Image ${number}: ${name}`,
  downloadAll: "Download all",
  fullscreen: "Full screen",
  nothing: { audio: "No sound", video: "No video" },
  notPlayed: "This browser cannot play it:",
  paste: { action: "Paste", name: "Paste from clipboard", none: "There is no image in the clipboard." },
  table: {
    none: "No rows",
    search: "Search",
    keep: "Keep only these rows",
    sort: "Sort by this column",
    sorted: (name, down) => (down === undefined ? "Not sorted" : `Sorted by ${name}, ${down ? "descending" : "ascending"}`),
    cell: (name, row) => (row ? `${name}, row ${row}` : `Name of ${name}`),
    addRow: "Add row",
    dropRow: "Remove row",
    addColumn: "Add column",
    dropColumn: "Remove column",
  },
  plot: {
    none: "No plot",
    noColumns: (x, y) => `The table has no columns "${x}" and "${y}" to draw.`,
    columns: ["Series", "x", "y"],
    numbers: (count) => `The numbers (${count})`,
    notDrawn: (library) => `This page draws simple charts itself, and this figure of ${library} is not one of them. Download has all of it.`,
  },
};
