// The page of choices: keeps each choice as it is made, adds up, shows photos whole. Every bit of it also works without.
import { open } from "./photo-viewer.js";

const form = document.getElementById("choices");
const money = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const seen = new Set();
let timer = 0;

function addUp() {
  const sum = form.querySelector("decision-sum");
  const added = [...form.querySelectorAll('input[value="yes"]:checked')].reduce((fen, one) => fen + Number(one.dataset.fen), 0);
  const agreed = form.querySelector('input[value="yes"]:checked') !== null || (!form.dataset.draft && "kept" in sum.dataset);
  sum.querySelector(".change").hidden = !agreed;
  sum.querySelector(".unchanged").hidden = agreed;
  sum.querySelector("ins").textContent = `¥${money.format((Number(sum.dataset.base) + added) / 100)}`;
}

function keep() {
  if (!form.dataset.draft) return;
  clearTimeout(timer);
  timer = setTimeout(() => fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true }).catch(() => {}), 400);
}

form.addEventListener("change", () => { addUp(); keep(); });

form.addEventListener("click", (event) => {
  const link = event.target.closest(".photo-open");
  if (!link || !HTMLDialogElement) return;
  event.preventDefault();
  seen.add(link.dataset.photo);
  form.elements.photos.value = [...seen].join(" ");
  open(link, form.dataset.close);
  keep();
});

new IntersectionObserver((entries, watcher) => {
  if (!entries.some((one) => one.isIntersecting)) return;
  watcher.disconnect();
  form.elements.end.value = "1";
  keep();
}).observe(document.getElementById("end"));

addUp();
