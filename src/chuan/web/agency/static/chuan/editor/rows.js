// Rows of a table of the editor: the page itself is the state; a snapshot is the list of [name, value] of the form.

export const gridOf = (cell) => cell.closest("[data-grid]");
export const rowOf = (cell) => cell.closest("[data-row]");
export const rowsIn = (grid) => [...grid.querySelectorAll("[data-row]")];
export const fieldsIn = (row) => [...row.querySelectorAll("textarea[name], input[name], select[name]")];
export const cellsIn = (row) => [...row.querySelectorAll("td > textarea")];

const column = (field) => field.name.slice(field.name.indexOf("-") + 1);

export function value(row, name) {
  const field = fieldsIn(row).find((one) => column(one) === name);
  return field ? field.value : "";
}

export function setValue(row, name, text) {
  const field = fieldsIn(row).find((one) => column(one) === name);
  if (field) field.value = text;
}

export function emptyRow(grid) {
  const template = document.querySelector(`template[data-row-of="${grid.dataset.grid}"]`);
  return template.content.firstElementChild.cloneNode(true);
}

export function addAfter(row, grid = gridOf(row)) {
  const fresh = emptyRow(grid);
  if (row) row.after(fresh);
  else grid.append(fresh);
  return fresh;
}

export function copyAfter(row) {
  const fresh = addAfter(row);
  const values = fieldsIn(row).map((field) => field.value);
  fieldsIn(fresh).forEach((field, index) => { field.value = values[index]; });
  return fresh;
}

export function move(row, by) {
  const rows = rowsIn(gridOf(row));
  const other = rows[rows.indexOf(row) + by];
  if (!other) return false;
  if (by < 0) other.before(row);
  else other.after(row);
  return true;
}

// Removes the row and returns the one that takes the cursor; the last row is emptied instead of removed.
export function remove(row) {
  const rows = rowsIn(gridOf(row));
  const at = rows.indexOf(row);
  const next = rows[at + 1] || rows[at - 1] || addAfter(row);
  row.remove();
  return next;
}

export function snapshot(form) {
  const skipped = ["csrfmiddlewaretoken", "started_from", "do"];
  return [...form.elements].filter((one) => one.name && !skipped.includes(one.name)).map((one) => [one.name, one.value]);
}

export function restore(form, pairs) {
  for (const grid of form.querySelectorAll("[data-grid]")) {
    const prefix = `${grid.dataset.grid}-`;
    const own = pairs.filter(([name]) => name.startsWith(prefix));
    const count = own.filter(([name]) => name === `${prefix}was`).length;
    let rows = rowsIn(grid);
    while (rows.length > Math.max(count, 1)) rows.pop().remove();
    while (rows.length < count) rows.push(addAfter(null, grid));
    fill(grid, own);
  }
  for (const [name, text] of pairs) {
    const field = form.elements[name];
    if (field && !(field instanceof RadioNodeList) && !rowOf(field)) field.value = text;
  }
}

function fill(grid, pairs) {
  const lists = new Map();
  for (const [name, text] of pairs) lists.set(name, [...(lists.get(name) || []), text]);
  rowsIn(grid).forEach((row, index) => {
    for (const field of fieldsIn(row)) {
      const texts = lists.get(field.name) || [];
      if (index < texts.length) field.value = texts[index];
    }
  });
}

// What was typed, as one text to compare: where a row came from is no part of it, and rows without a word are none.
// `skipped` columns are left out: the server writes a time in full ("4 giờ" as "4 giờ làm việc").
export function words(pairs, skipped = []) {
  const counts = ([name, text]) => text.trim() && !name.endsWith("-was") && !skipped.includes(name);
  return JSON.stringify(pairs.filter(counts).map(([name, text]) => [name, text.trim().replace(/\s+/g, " ")]));
}

// Browsers that do not grow a text area by themselves get its height from its content.
export function grow(cells) {
  if (CSS.supports("field-sizing", "content")) return;
  for (const cell of cells) {
    cell.style.height = "auto";
    cell.style.height = `${cell.scrollHeight}px`;
  }
}
