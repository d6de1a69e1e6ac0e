// The keyboard of the table, as in Word, and pasting from Word and Excel.

import { addAfter, cellsIn, copyAfter, gridOf, move, remove, rowOf, rowsIn, setValue, value } from "./rows.js";
import { pattern, renumber } from "./numbering.js";

export class Keys {
  constructor(form, undo, changed) {
    this.undo = undo;
    this.changed = changed;
    form.addEventListener("keydown", (event) => this.press(event));
    form.addEventListener("paste", (event) => this.paste(event));
    form.addEventListener("click", (event) => this.click(event));
  }

  press(event) {
    const cell = event.target;
    const control = event.ctrlKey || event.metaKey;
    if (control && !event.altKey && ["z", "y"].includes(event.key.toLowerCase())) {
      event.preventDefault();
      if (event.key.toLowerCase() === "y" || event.shiftKey) this.undo.forth();
      else this.undo.back();
      return;
    }
    const row = rowOf(cell);
    if (!row) return;
    if (event.key === "Escape") this.closeMenu(row);
    const work = this.workOf(event, cell, row, control);
    if (!work) return;
    event.preventDefault();
    work();
  }

  workOf(event, cell, row, control) {
    if (event.isComposing) return null;
    const inCell = cell.matches("td > textarea");
    if (event.altKey && event.key === "Enter") return () => this.openMenu(row);
    if (event.altKey && event.key === "ArrowUp") return () => this.act("up", row, cell);
    if (event.altKey && event.key === "ArrowDown") return () => this.act("down", row, cell);
    if (control && event.key.toLowerCase() === "d") return () => this.act("copy", row, cell);
    if (control && event.key === "Delete") return () => this.act("delete", row, cell);
    if (event.key === "Enter" && inCell && !event.shiftKey && !control) return () => this.act("add", row, cell);
    if (event.key === "Enter" && cell.matches("input")) return () => this.closeMenu(row);
    const plainTab = event.key === "Tab" && !event.shiftKey && !control && !event.altKey;
    if (plainTab && inCell && this.isLast(cell, row)) return () => this.act("add", row, cell);
    return null;
  }

  // The last cell of the last row, when something was typed in that row: Tab goes on to a new one.
  isLast(cell, row) {
    const cells = cellsIn(row);
    const rows = rowsIn(gridOf(row));
    return cell === cells.at(-1) && row === rows.at(-1) && cells.slice(1).some((one) => one.value.trim());
  }

  act(name, row, cell) {
    const grid = gridOf(row);
    const column = Math.max(cellsIn(row).indexOf(cell), 0);
    const write = grid.dataset.grid === "steps" ? pattern(grid) : null;
    let goal = row;
    if (name === "add") goal = this.added(row);
    if (name === "copy") goal = copyAfter(row);
    if (name === "up") move(row, -1);
    if (name === "down") move(row, 1);
    if (name === "delete") goal = remove(row);
    renumber(grid, write);
    this.focus(goal, name === "add" ? this.firstColumn(goal) : column);
    this.undo.note();
    this.changed();
  }

  added(row) {
    const fresh = addAfter(row);
    setValue(fresh, "phase", value(row, "phase"));
    return fresh;
  }

  firstColumn(row) {
    return gridOf(row).dataset.grid === "steps" ? 1 : 0;
  }

  focus(row, column) {
    const cells = cellsIn(row);
    const cell = cells[Math.min(column, cells.length - 1)];
    if (cell) cell.focus();
  }

  openMenu(row) {
    const menu = row.querySelector(".row-menu");
    if (!menu) return;
    menu.open = true;
    menu.querySelector("input").focus();
  }

  closeMenu(row) {
    const menu = row.querySelector(".row-menu");
    if (!menu || !menu.open) return;
    menu.open = false;
    this.focus(row, this.firstColumn(row));
  }

  click(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.add) {
      const grid = document.querySelector(`[data-grid="${button.dataset.add}"]`);
      this.act("add", rowsIn(grid).at(-1) || addAfter(null, grid), null);
      return;
    }
    const [name] = button.value.split(":");
    if (!["add", "copy", "up", "down", "delete"].includes(name) || !rowOf(button)) return;
    event.preventDefault();
    const menu = button.closest(".row-menu");
    if (menu) menu.open = false;
    this.act(name, rowOf(button), null);
  }

  // Cells of Word and Excel come as lines with tabs: they fill cells to the right and rows below.
  paste(event) {
    const cell = event.target;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!cell.matches("td > textarea") || !text.includes("\t")) return;
    event.preventDefault();
    const grid = gridOf(cell);
    const write = grid.dataset.grid === "steps" ? pattern(grid) : null;
    const from = cellsIn(rowOf(cell)).indexOf(cell);
    let row = rowOf(cell);
    lines(text).forEach((parts, index) => {
      if (index) row = nextOrNew(row);
      const cells = cellsIn(row);
      parts.slice(0, cells.length - from).forEach((part, at) => { cells[from + at].value = part.trim(); });
    });
    if (from > 0) renumber(grid, write);
    this.focus(row, from);
    this.undo.note();
    this.changed();
  }
}

// Excel puts a cell with line breaks between quotation marks.
function lines(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const cells = rows.at(-1);
    const begins = cells.at(-1) === "";
    if (sign === '"' && (quoted || begins)) {
      if (quoted && text[at + 1] === '"') { cells[cells.length - 1] += '"'; at += 1; } else quoted = !quoted;
    } else if (sign === "\t" && !quoted) cells.push("");
    else if (sign === "\n" && !quoted) rows.push([""]);
    else cells[cells.length - 1] += sign === "\n" ? " " : sign;
  }
  return rows;
}

function nextOrNew(row) {
  const rows = rowsIn(gridOf(row));
  const next = rows[rows.indexOf(row) + 1];
  const free = next && cellsIn(next).slice(1).every((cell) => !cell.value.trim());
  return free ? next : addAfter(row);
}
