/** What every staff page needs before htmx answers: nothing is pressed twice, `/` finds the search box. */

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button) return;
  if (button.getAttribute("aria-busy") === "true") event.preventDefault();
  else button.setAttribute("aria-busy", "true");
});

addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[aria-busy='true']")) button.removeAttribute("aria-busy");
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  document.getElementById("q")?.focus();
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("[data-back]");
  if (!link || history.length < 2) return;
  event.preventDefault();
  history.back();
});
