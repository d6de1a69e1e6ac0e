// The keyboard of the work queue. Every key has a link or a button that does the same: without this file nothing is lost.

const OFF = "chuan-queue-keys-off";
const PLACE = "chuan-queue-place";

class Queue {
  constructor(table, help) {
    this.rows = [...table.tBodies[0].rows];
    this.help = help;
    this.search = document.querySelector("[data-key-search]");
    this.begin = document.querySelector("[data-key-new]");
    this.onOff();
    document.addEventListener("keydown", (event) => this.press(event));
    this.comeBack();
  }

  // Single letters disturb whoever speaks to the computer: they can be switched off (WCAG 2.1.4).
  onOff() {
    if (!this.help) return;
    this.help.hidden = false;
    const tick = this.help.querySelector("input");
    tick.checked = !localStorage.getItem(OFF);
    tick.addEventListener("change", () => {
      if (tick.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    });
  }

  press(event) {
    if (localStorage.getItem(OFF) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const work = this.workOf(event.key);
    if (!work) return;
    event.preventDefault();
    work();
  }

  workOf(key) {
    switch (key) {
      case "j": case "ArrowDown": return () => this.go(this.here() + 1);
      case "k": case "ArrowUp": return () => this.go(Math.max(this.here() - 1, 0));
      case "x": return this.here() < 0 ? null : () => this.act();
      case "/": return this.search && (() => this.search.focus());
      case "n": return this.begin && (() => this.begin.click());
      case "?": return this.help && (() => this.showKeys());
      default: return null;
    }
  }

  here() {
    return this.rows.findIndex((row) => row.contains(document.activeElement));
  }

  go(place) {
    const row = this.rows[Math.min(place, this.rows.length - 1)];
    if (row) row.querySelector("a").focus();
  }

  // The list comes again without the row that was done: the next one stands in its place.
  act() {
    const place = this.here();
    const button = this.rows[place].querySelector(".press button");
    if (!button) return;
    sessionStorage.setItem(PLACE, JSON.stringify({ at: location.href, place }));
    button.form.requestSubmit(button);
  }

  comeBack() {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
    sessionStorage.removeItem(PLACE);
    if (kept && kept.at === location.href) this.go(kept.place);
  }

  showKeys() {
    this.help.open = !this.help.open;
    if (this.help.open) this.help.querySelector("summary").focus();
  }
}

const table = document.querySelector("table.queue");
if (table) new Queue(table, document.querySelector("details.keys"));
