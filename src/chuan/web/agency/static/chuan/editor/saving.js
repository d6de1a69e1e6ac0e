// Saving by itself: a second after the last key; what is not saved yet lies in this browser's own store.

import { rowsIn, setValue, snapshot, value, words } from "./rows.js";

const PAUSE = 1000;
const AGAIN = 5000;
const identity = (pairs) => words(pairs, ["steps-time", "steps-ways"]);

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
    this.unsure = []; // what was sent from here without an answer: it may have been saved
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
    document.addEventListener("visibilitychange", () => this.save());
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
    const copy = { from: this.form.elements.started_from.value, at: new Date().toISOString(), typed: snapshot(this.form), sent: this.unsure };
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
    this.unsure.push(identity(sent));
    this.keep();
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
      if (told.put_together) { this.startAnew(sent); return; }
      this.form.elements.started_from.value = told.saved;
      told.rows.forEach((row, index) => { if (rows[index]) setValue(rows[index], "was", row.was); });
      const numbers = told.rows.map((row) => String(row.was));
      const grid = this.form.querySelector('[data-grid="steps"]');
      let at = 0;
      const now = grid ? sent.map(([name, text]) => (name === "steps-was" ? [name, numbers[at++]] : [name, text])) : sent;
      this.saved = JSON.stringify(now);
      this.unsure = [];
      this.say(told.said);
      this.hooks.saved(told, rows);
      this.keep();
    } else if (answer.status === 409) {
      const html = await answer.text();
      if (await this.savedFromHere()) { this.soon(0); return; }
      this.stopped = true;
      this.say(this.form.dataset.conflict, true);
      this.hooks.conflict(html);
    } else if (answer.status === 422) {
      this.say((await answer.json()).problem, true);
    } else if (answer.type === "opaqueredirect" || answer.status === 403) {
      if (await this.signedInAgain()) { this.soon(PAUSE); return; }
      this.say(this.form.dataset.signedOut, true);
      this.soon(AGAIN);
    } else throw new Error(String(answer.status));
  }

  // The text on the server is another one now: the page shows it; what was typed since is offered on it.
  startAnew(sent) {
    this.stopped = true;
    if (JSON.stringify(sent) === JSON.stringify(snapshot(this.form))) this.forget();
    window.location.reload();
  }

  // Signing in again gives the forms a new token, which this page takes from itself as it is served now.
  async signedInAgain() {
    const there = await this.servedNow();
    if (!there) return false;
    this.form.elements.csrfmiddlewaretoken.value = there.elements.csrfmiddlewaretoken.value;
    return true;
  }

  // The form as the server gives it now; null when it is not given: signed out, or no longer a draft.
  async servedNow() {
    const page = new DOMParser().parseFromString(await (await fetch(window.location.href)).text(), "text/html");
    return page.getElementById("draft");
  }

  // A closed tab or a lost answer: the text on the server is one that was sent from here, so going on from it is no conflict.
  async savedFromHere() {
    if (!this.unsure.length) return false;
    const there = await this.servedNow();
    if (!there || !this.unsure.includes(identity(snapshot(there)))) return false;
    const own = rowsIn(this.form);
    const theirs = rowsIn(there);
    own.forEach((row, index) => {
      const same = theirs[index] && value(theirs[index], "title") === value(row, "title");
      setValue(row, "was", same ? value(theirs[index], "was") : "");
    });
    this.form.elements.started_from.value = there.elements.started_from.value;
    return true;
  }

  leave() {
    if (this.stopped || this.busy || !this.dirty) return;
    this.unsure.push(identity(snapshot(this.form)));
    this.keep();
    this.request().catch(() => {});
  }

  // `unsaved`: it stays so until somebody does something, and is seen from every row.
  say(words, unsaved = false) {
    this.state.textContent = words;
    this.state.parentElement.classList.toggle("unsaved", unsaved);
  }
}
