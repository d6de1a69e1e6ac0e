// Saving by itself: a second after the last key; what is not saved yet lies in this browser's own store.

import { rowsIn, setValue, snapshot } from "./rows.js";

const PAUSE = 1000;
const AGAIN = 5000;

export class Saving {
  constructor(form, hooks) {
    this.form = form;
    this.hooks = hooks;
    this.state = document.getElementById("saved-state");
    this.store = `chuan-draft-${form.dataset.key}`;
    this.saved = JSON.stringify(snapshot(form));
    this.timer = 0;
    this.busy = null;
    this.stopped = false;
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.save(); });
  }

  get dirty() {
    return JSON.stringify(snapshot(this.form)) !== this.saved;
  }

  changed() {
    this.keep();
    if (!this.dirty) return;
    this.say(this.form.dataset.waiting);
    this.soon(PAUSE);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  // A copy in this browser at every key: it outlives a closed tab, a lost line and an ended session.
  keep() {
    const copy = { from: this.form.elements.started_from.value, at: new Date().toISOString(), typed: snapshot(this.form) };
    try {
      if (this.dirty) localStorage.setItem(this.store, JSON.stringify(copy));
      else localStorage.removeItem(this.store);
    } catch { /* a full or forbidden store: the save itself goes on */ }
  }

  kept() {
    try { return JSON.parse(localStorage.getItem(this.store)); } catch { return null; }
  }

  forget() {
    try { localStorage.removeItem(this.store); } catch { /* nothing to forget */ }
  }

  // A save outlives its page; browsers refuse that for more than 64 kB.
  request() {
    const body = new URLSearchParams(new FormData(this.form));
    const keepalive = body.toString().length < 60000;
    return fetch(this.form.action, { method: "POST", body, headers: { "X-Autosave": "1" }, redirect: "manual", keepalive });
  }

  async save() {
    clearTimeout(this.timer);
    if (this.stopped) return;
    if (this.busy) { this.soon(200); return; }
    if (!this.dirty) return;
    const sent = snapshot(this.form);
    const rows = [...this.form.querySelectorAll("[data-grid]")].flatMap(rowsIn);
    this.say(this.form.dataset.saving);
    this.busy = this.request();
    try {
      await this.heard(await this.busy, sent, rows);
    } catch {
      this.say(this.form.dataset.offline);
      this.soon(AGAIN);
    } finally {
      this.busy = null;
    }
    if (!this.stopped && this.dirty) this.soon(PAUSE);
  }

  async heard(answer, sent, rows) {
    if (answer.status === 200) {
      const told = await answer.json();
      this.form.elements.started_from.value = told.saved;
      told.rows.forEach((row, index) => { if (rows[index]) setValue(rows[index], "was", row.was); });
      const numbers = told.rows.map((row) => String(row.was));
      const grid = this.form.querySelector('[data-grid="steps"]');
      let at = 0;
      const now = grid ? sent.map(([name, text]) => (name === "steps-was" ? [name, numbers[at++]] : [name, text])) : sent;
      this.saved = JSON.stringify(now);
      this.say(told.said);
      this.hooks.saved(told, rows);
      this.keep();
    } else if (answer.status === 409) {
      this.stopped = true;
      this.hooks.conflict(await answer.text());
    } else if (answer.status === 422) {
      this.say((await answer.json()).problem);
    } else if (answer.type === "opaqueredirect" || answer.status === 403) {
      this.say(this.form.dataset.signedOut);
      this.soon(AGAIN * 6);
    } else throw new Error(String(answer.status));
  }

  leave() {
    if (this.stopped || this.busy || !this.dirty) return;
    this.keep();
    this.request().catch(() => {});
  }

  say(words) {
    this.state.textContent = words;
  }
}
