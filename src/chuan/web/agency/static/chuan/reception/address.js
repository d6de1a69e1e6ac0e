"use strict";

// The key of the form stands in the address: going back finds the same dossier, never a second one.
const key = document.querySelector('form.reception input[name="key"]');
const here = new URL(window.location.href);
if (key && !here.searchParams.has("lan")) {
  here.searchParams.set("lan", key.value);
  window.history.replaceState(window.history.state, "", here);
}
