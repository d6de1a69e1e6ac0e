// The editor of a draft. Without this script the form is sent as a page; with it typing is saved by itself.

import { grow } from "./rows.js";
import { Keys } from "./keys.js";
import { Saving } from "./saving.js";
import { Undo } from "./undo.js";
import { restore, rowsIn, snapshot, words } from "./rows.js";

const form = document.getElementById("draft");
const cells = () => form.querySelectorAll("td > textarea");
const show = (id, html) => { const place = document.getElementById(id); if (place) place.innerHTML = html; };

const saving = new Saving(form, {
  saved(told, rows) {
    undo.refresh();
    show("beside", told.beside);
    show("notes", told.notes);
    told.rows.forEach((row, index) => {
      const notes = rows[index] && rows[index].querySelector("[data-notes]");
      if (!notes) return;
      notes.innerHTML = row.notes;
      const cell = rows[index].querySelector('[name="steps-time"]');
      const plain = (text) => text.trim().toLowerCase();
      const said = plain(cell.value) === plain(row.understood) ? "" : row.understood;
      rows[index].querySelector("[data-understood]").textContent = said && `= ${said}`;
    });
  },
  conflict(html) {
    show("conflict", html);
    document.getElementById("conflict").scrollIntoView({ block: "start" });
    document.querySelector("#conflict button").focus();
  },
});
const undo = new Undo(form, () => { grow(cells()); saving.changed(); });
new Keys(form, undo, () => { grow(cells()); saving.changed(); });

form.classList.add("with-script");
form.addEventListener("input", (event) => {
  grow([event.target].filter((one) => one.matches("td > textarea")));
  undo.note(event.target);
  saving.changed();
});
form.addEventListener("submit", async (event) => {
  if (!saving.busy) { saving.stopped = true; saving.forget(); return; }
  event.preventDefault();
  const button = event.submitter;
  await saving.busy.catch(() => {});
  setTimeout(() => form.requestSubmit(button), 50);
});
document.addEventListener("click", (event) => {
  for (const menu of form.querySelectorAll(".row-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

function offerWhatWasKept() {
  const kept = saving.kept();
  const box = document.getElementById("kept");
  if (!kept || words(kept.typed) === words(snapshot(form))) { saving.forget(); return; }
  saving.unsure.push(...(kept.sent || []));
  box.hidden = false;
  box.querySelector("[data-kept-at]").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
  box.addEventListener("click", (event) => {
    const choice = event.target.dataset.kept;
    if (!choice) return;
    box.hidden = true;
    if (choice === "drop") { saving.forget(); return; }
    restore(form, kept.typed);
    if (kept.from) form.elements.started_from.value = kept.from;
    undo.note();
    grow(cells());
    saving.changed();
    (rowsIn(form)[0] || form).querySelector("textarea, input:not([type=hidden])").focus();
  });
}

offerWhatWasKept();
grow(cells());
