// One digit a box: typing moves on, deleting moves back, pasted digits spread out. Without it each box is tapped by hand.
class CodeBoxes extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", (event) => this.typed(event.target));
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("paste", (event) => this.pasted(event));
    if (this.hasAttribute("aria-invalid")) this.again();
  }

  get boxes() { return [...this.querySelectorAll("input")]; }

  typed(box) {
    box.value = box.value.normalize("NFKC").replace(/\D/g, "").slice(-1);
    if (box.value) this.boxes[this.boxes.indexOf(box) + 1]?.focus();
  }

  pressed(event) {
    if (event.key !== "Backspace" || event.target.value) return;
    this.boxes[this.boxes.indexOf(event.target) - 1]?.focus();
  }

  pasted(event) {
    const digits = event.clipboardData.getData("text").normalize("NFKC").replace(/\D/g, "").slice(-4);
    event.preventDefault();
    this.boxes.forEach((box, n) => { box.value = digits[n] ?? ""; });
    this.boxes[Math.min(digits.length, 3)].focus();
  }

  again() {
    this.boxes.forEach((box) => { box.value = ""; });
    this.boxes[0].focus();
  }
}

customElements.define("code-boxes", CodeBoxes);
