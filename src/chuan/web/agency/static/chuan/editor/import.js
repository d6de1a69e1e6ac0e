// The original scrolls to the place that a question is about: when it is opened, gone into, or pointed at.

const original = document.querySelector(".original");
const questions = ".note[id^='hoi-']";

function show(question) {
  const letter = question && question.querySelector("a[href^='#goc-']");
  const mark = letter && original && document.getElementById(letter.hash.slice(1));
  if (!mark) return;
  const distance = mark.getBoundingClientRect().top - original.getBoundingClientRect().top;
  original.scrollTop += distance - original.clientHeight / 3;
}

const opened = () => show(location.hash.startsWith("#hoi-") ? document.getElementById(location.hash.slice(1)) : null);

for (const kind of ["focusin", "mouseover"]) {
  document.addEventListener(kind, (event) => show(event.target.closest(questions)));
}
window.addEventListener("hashchange", opened);
opened();
