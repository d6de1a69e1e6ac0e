// Undo and redo over the whole form: typing in one cell is one step until the typist pauses or goes to another cell.

import { restore, snapshot } from "./rows.js";

const PAUSE = 800;

export class Undo {
  constructor(form, after) {
    this.form = form;
    this.after = after;
    this.past = [];
    this.future = [];
    this.now = snapshot(form);
    this.last = { field: null, at: 0 };
  }

  // Keeps what was before the change that has just been made; `field` is the cell typed into, null for rows.
  note(field = null) {
    const at = Date.now();
    const goesOn = field && field === this.last.field && at - this.last.at < PAUSE;
    if (!goesOn) {
      this.past.push(this.now);
      if (this.past.length > 200) this.past.shift();
    }
    this.last = { field, at };
    this.now = snapshot(this.form);
    this.future = [];
  }

  // The rows were saved: where they came from is no matter of undo.
  refresh() {
    this.now = snapshot(this.form);
  }

  back() { this.step(this.past, this.future); }
  forth() { this.step(this.future, this.past); }

  step(from, to) {
    if (!from.length) return;
    to.push(this.now);
    this.now = from.pop();
    this.last = { field: null, at: 0 };
    restore(this.form, this.now);
    this.after();
  }
}
