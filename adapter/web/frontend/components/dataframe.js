// A table to write into: cell by cell, by keys and pasted from a spreadsheet; with rows and columns to add.

import { h } from "../dom.js";
import { meant, untabbed, words } from "./cells.js";
import { Grid, HEAD } from "./grid.js";
import { tool } from "./image.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

class Dataframe extends Grid {
  static typed = true;

  blanks(count = this.interactive ? (this.props.row_count?.[0] ?? 0) : 0) {
    return Array.from({ length: count }, () => this.headers.map(() => ""));
  }

  /** Let the visitor write into a cell: over what is in it, or starting with `typed`. */
  edit(place, column, typed = null) {
    const head = place === HEAD;
    if (this.editing || (head ? !this.interactive || !this.grows("column") : !this.editable(column))) return;
    if (!head && this.kind(column) === "bool") return this.write(place, column, !this.rows[this.order[place]][column]);
    if (!head && this.kind(column) === "image") return;
    this.choose(place, column);
    const cell = document.getElementById(this.idOf(place, column));
    const before = words(head ? this.headers[column] : this.rows[this.order[place]][column]);
    const field = h("input", { class: "sf-editor", "aria-label": viewTexts.table.cell(words(this.headers[column]), place + 1) });
    field.value = typed ?? before;
    this.editing = { cell, field };
    cell.append(field); // over what it says: the columns keep their widths
    field.focus();
    if (typed === null) field.select();
    const done = (keep, step) => {
      if (this.editing?.field !== field) return;
      this.editing = null;
      if (!keep || field.value === before) this.paint(true);
      else if (head) this.rename(column, field.value);
      else this.write(place, column, meant(field.value, this.kind(column)));
      if (step) this.step(place, column, step);
    };
    field.addEventListener("blur", () => done(true, null));
    field.addEventListener("keydown", (event) => {
      const step = { Enter: [1, 0], Tab: [0, event.shiftKey ? -1 : 1], Escape: [0, 0] }[event.key];
      if (!step || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      done(event.key !== "Escape", step);
    });
  }

  /** Go on from a cell; past a row's end to the next one. */
  step(place, column, [down, right]) {
    const beyond = column + right;
    if (beyond >= 0 && beyond < this.headers.length) return this.choose(place + down, beyond);
    const next = place + Math.sign(right);
    if (next < 0 || next >= this.order.length) return this.choose(place, column);
    this.choose(next, right > 0 ? 0 : Infinity);
  }

  editable(column) {
    return this.interactive && !this.props.static_columns?.includes(column);
  }

  body() {
    super.body();
    this.edits = h("div", { class: "sf-options sf-edits" });
    this.slot.append(this.edits);
    this.keep = tool(viewTexts.table.keep, () => this.keepFound());
    this.search.after(this.keep);
    this.table.addEventListener("paste", (event) => this.paste(event));
    this.table.addEventListener("dblclick", (event) => {
      const at = this.placeOf(event.target);
      if (at && at[0] !== HEAD) this.edit(...at);
    });
  }

  refresh(changes) {
    super.refresh(changes);
    this.drawEdits();
  }

  mark() {
    super.mark();
    this.drawEdits();
  }

  takes({ key, ctrlKey, metaKey }) {
    const [place, column] = this.cell;
    const enters = key === "F2" || (place !== HEAD && (key === "Enter" || key === " "));
    if (enters) this.edit(place, column);
    else if (place === HEAD || !this.editable(column)) return false;
    else if (key === "Delete" || key === "Backspace") this.write(place, column, meant("", this.kind(column)));
    else if (key.length === 1 && !ctrlKey && !metaKey) this.edit(place, column, key);
    else return false;
    return true;
  }

  /** Begin to write a column's name, where it may have another one. */
  renames(column) {
    this.edit(HEAD, column);
    return this.editing !== null;
  }

  pointed({ target }, again) {
    if (target.type === "checkbox") this.write(...this.cell, target.checked);
    else if (again) this.edit(...this.cell);
  }

  rename(column, name) {
    this.headers[column] = name;
    this.changed();
  }

  /** Put `value` into a cell of the view. */
  write(place, column, value) {
    const row = this.order[place];
    const previous_value = this.rows[row][column];
    if (Object.is(previous_value, value)) return this.paint(true);
    this.put(row, column, value);
    this.changed();
    this.emit("edit", { index: [row, column], value, previous_value });
  }

  put(row, column, value) {
    this.rows[row][column] = value;
    if (this.metadata?.display_value?.[row]) this.metadata.display_value[row][column] = words(value);
  }

  changed() {
    this.touched = true;
    this.paint(true);
    this.edited();
  }

  /** Put the cells of a spreadsheet into those from the chosen one on; new rows come where there may be any. */
  paste(event) {
    const given = event.clipboardData?.getData("text/plain");
    if (!given || !this.cell || this.editing || !this.interactive || this.cell[0] < 0) return;
    event.preventDefault();
    const [place, column] = this.cell;
    untabbed(given).forEach((line, down) => {
      if (place + down >= this.order.length && this.grows("row") && !this.search.value) this.order.push(this.rows.push(...this.blanks(1)) - 1);
      const row = this.order[place + down];
      if (row === undefined) return;
      line.forEach((value, right) => {
        const into = column + right;
        if (into < this.headers.length && this.editable(into)) this.put(row, into, meant(value, this.kind(into)));
      });
    });
    this.changed();
  }

  /** Whether the visitor may add and remove rows, or columns. */
  grows(what) {
    const count = what === "row" ? this.props.row_count : (this.props.column_count ?? this.props.col_count);
    return this.interactive && (count?.[1] ?? "dynamic") === "dynamic";
  }

  drawEdits() {
    const made = [];
    const offer = (what, name, allowed, run) => {
      const button = h("button", { type: "button", class: "sf-small", onclick: run }, name);
      button.disabled = !allowed;
      if (this.grows(what)) made.push(button);
    };
    const [fewestRows = 0, mostRows = Infinity] = (this.props.row_limits ?? []).map((limit) => limit ?? undefined);
    const [fewest = 1, most = Infinity] = (this.props.column_limits ?? []).map((limit) => limit ?? undefined);
    const chosen = this.cell && this.cell[0] >= 0;
    this.keep.hidden = this.props.show_search !== "filter" || !this.interactive || !this.found;
    offer("row", viewTexts.table.addRow, this.rows.length < mostRows, () => this.addRow());
    offer("row", viewTexts.table.dropRow, chosen && this.rows.length > fewestRows, () => this.dropRow());
    offer("column", viewTexts.table.addColumn, this.headers.length < most, () => this.addColumn());
    offer("column", viewTexts.table.dropColumn, this.cell && this.headers.length > fewest, () => this.dropColumn());
    this.edits.replaceChildren(...made);
    this.edits.hidden = !made.length;
  }

  /** Add a row below the chosen one, or at the end. */
  addRow() {
    const after = this.cell?.[0] >= 0 ? this.order[this.cell[0]] + 1 : this.rows.length;
    this.rows.splice(after, 0, ...this.blanks(1));
    this.restructured();
    this.choose(this.order.indexOf(after), this.cell?.[1] ?? 0);
  }

  dropRow() {
    this.rows.splice(this.order[this.cell[0]], 1);
    this.restructured();
  }

  addColumn() {
    const after = this.cell ? this.cell[1] + 1 : this.headers.length;
    this.headers.splice(after, 0, String(this.headers.length + 1));
    for (const row of this.rows) row.splice(after, 0, "");
    this.restructured();
  }

  dropColumn() {
    const [, column] = this.cell;
    for (const row of [this.headers, ...this.rows]) row.splice(column, 1);
    this.restructured();
  }

  restructured() {
    this.metadata = this.sorted = this.widths = null;
    this.touched = true;
    this.arrange();
    this.edited();
    this.drawEdits();
  }

  keepFound() {
    this.rows = this.order.map((row) => this.rows[row]);
    this.search.value = "";
    this.restructured();
  }
}

export const components = { dataframe: Dataframe };
