/** <signature-field>: a box to sign in, inside a form; its strokes go along as `strokes` and `canvas`, the server draws the picture. */
import SignaturePad from "../vendor/signature_pad.js";

class SignatureField extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("canvas")) return;
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", this.dataset.label ?? "");
    this.strokes = this.hidden_("strokes");
    this.size = this.hidden_("canvas");
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "button";
    clear.dataset.kind = "quiet";
    clear.textContent = this.dataset.clear ?? "×";
    clear.addEventListener("click", () => { this.pad.clear(); this.keep(); });
    this.append(this.canvas, clear, this.strokes, this.size);
    this.pad = new SignaturePad(this.canvas, { penColor: getComputedStyle(this).color, minDistance: 2 });
    this.pad.addEventListener("endStroke", () => this.keep());
    this.width = 0;
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this);
  }

  disconnectedCallback() {
    this.observer?.disconnect();
  }

  /** A new width redraws the ink from its points; a change of height alone is the phone's own bar and is ignored. */
  fit() {
    const width = this.canvas.clientWidth;
    if (!width || width === this.width) return;
    this.width = width;
    const data = this.pad.toData();
    const ratio = Math.max(1, devicePixelRatio);
    this.canvas.width = width * ratio;
    this.canvas.height = this.canvas.clientHeight * ratio;
    this.canvas.getContext("2d").scale(ratio, ratio);
    this.pad.fromData(data);
    this.keep();
  }

  keep() {
    this.strokes.value = this.pad.isEmpty() ? "" : JSON.stringify(this.pad.toData());
    this.size.value = `${Math.round(this.canvas.clientWidth)}x${Math.round(this.canvas.clientHeight)}`;
    this.dispatchEvent(new CustomEvent("signed", { bubbles: true, detail: { isEmpty: this.pad.isEmpty() } }));
  }

  hidden_(name) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    return input;
  }
}

customElements.define("signature-field", SignatureField);
