// The whole picture over the page: pinch with two fingers, or tap for a closer look. Without it the link opens the picture.
export function open(link, closeWord) {
  const viewer = document.createElement("dialog");
  viewer.className = "viewer";
  const picture = new Image();
  picture.src = link.href;
  picture.alt = link.parentElement.querySelector("img").alt;
  picture.addEventListener("click", () => viewer.toggleAttribute("data-close-up"));
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button";
  close.textContent = closeWord;
  close.addEventListener("click", () => viewer.close());
  viewer.addEventListener("close", () => { viewer.remove(); link.focus(); });
  viewer.append(picture, close);
  document.body.append(viewer);
  viewer.showModal();
}
