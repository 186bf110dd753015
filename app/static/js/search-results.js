/** <search-results>: arrows walk through what the box found, Esc closes it and gives the focus back. */

const box = () => document.getElementById("q");
const hits = () => [...document.querySelectorAll("search-results .hit-main")];

function step(by) {
  const all = hits();
  const at = all.indexOf(document.activeElement);
  const next = at + by;
  if (next < 0) box()?.focus();
  else all[Math.min(next, all.length - 1)]?.focus();
}

function close() {
  document.getElementById("results")?.replaceChildren();
  box()?.focus();
}

document.addEventListener("keydown", (event) => {
  const isInside = event.target === box() || event.target.closest?.("search-results");
  if (!isInside || !hits().length) return;
  if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && event.target === box()) hits()[0].click();
  else return;
  event.preventDefault();
});

document.addEventListener("pointerdown", (event) => {
  const results = document.getElementById("results");
  if (results?.firstElementChild && !event.target.closest?.("#results, .find")) results.replaceChildren();
});

document.addEventListener("input", (event) => {
  if (event.target === box() && box().value.trim().length < 2) document.getElementById("results")?.replaceChildren();
});

customElements.define("search-results", class extends HTMLElement {});
