/** <car-outline data-url>: tap a part of the car, choose what is wrong with it; the server keeps the mark and draws it. */

const WIDTH = 700;
const HEIGHT = 476;

class CarOutline extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("data-closed")) return;
    this.addEventListener("click", (event) => this.choose(event.target, event));
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.choose(event.target, null);
    });
    this.sheet = this.closest("#car-sheet");
    for (const button of this.sheet?.querySelectorAll("[data-kind-of-damage]") ?? [])
      button.addEventListener("click", () => this.mark(button));
  }

  /** Remember the part and the place tapped; from the keyboard, the middle of the part. */
  choose(target, event) {
    const zone = target.closest?.("[data-zone]");
    if (!zone) return;
    for (const other of this.querySelectorAll("[aria-pressed]")) other.removeAttribute("aria-pressed");
    zone.setAttribute("aria-pressed", "true");
    this.place = { zone: zone.dataset.zone, ...this.at(zone, event) };
    this.sheet.querySelector("#zone-name").textContent = zone.getAttribute("aria-label");
    const kinds = this.sheet.querySelectorAll("[data-kind-of-damage]");
    for (const button of kinds) button.disabled = false;
    if (!event) kinds[0]?.focus();
  }

  at(zone, event) {
    const svg = this.querySelector("svg");
    const box = zone.getBoundingClientRect();
    const point = new DOMPoint(event ? event.clientX : box.x + box.width / 2, event ? event.clientY : box.y + box.height / 2);
    const { x, y } = point.matrixTransform(svg.getScreenCTM().inverse());
    return { x: Math.min(WIDTH, Math.max(0, Math.round(x))), y: Math.min(HEIGHT, Math.max(0, Math.round(y))) };
  }

  /** One press, one mark: the buttons rest until the new drawing is here. */
  mark(button) {
    if (!this.place) return;
    const values = { ...this.place, kind: button.dataset.kindOfDamage };
    this.place = undefined;
    for (const other of this.sheet.querySelectorAll("[data-kind-of-damage]")) other.disabled = true;
    window.htmx.ajax("POST", this.dataset.url, { target: "#car-sheet", swap: "outerHTML", values });
  }
}

customElements.define("car-outline", CarOutline);
