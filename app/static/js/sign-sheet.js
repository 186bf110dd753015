// The sheet to sign on. Ink is kept in the direction of the writing, so that it outlives turning the phone, and the server
// gets it upright. The canvas itself is never transformed (signature_pad's coordinates stay true).
class SignSheet extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    this.canvas = this.querySelector("canvas");
    this.fault = this.querySelector(".sign-fault");
    const { default: SignaturePad } = await import(this.dataset.pad);
    this.pad = new SignaturePad(this.canvas, { minWidth: 1.2, maxWidth: 3.4, penColor: getComputedStyle(this.canvas).color });
    this.pad.addEventListener("endStroke", () => this.changed());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.querySelector('[data-act="undo"]').addEventListener("click", () => this.redraw(this.pad.toData().slice(0, -1)));
    this.querySelector('[data-act="clear"]').addEventListener("click", () => this.redraw([]));
    this.fit();
    this.watcher = new ResizeObserver(() => this.fit());
    this.watcher.observe(this.canvas.parentElement);
    matchMedia("(orientation: portrait)").addEventListener("change", () => this.fit());
    this.dataset.ready = "";
  }

  get isTurned() { return getComputedStyle(this.canvas.parentElement).writingMode.startsWith("vertical"); }

  /** Give the canvas the size of its box; the ink moves along, as large as fits. */
  fit() {
    const { clientWidth: width, clientHeight: height } = this.canvas.parentElement;
    if (this.box && this.box.width === width && this.box.height === height) return;
    const ink = this.box ? this.upright() : null;
    this.box = { width, height, isTurned: this.isTurned };
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.getContext("2d").scale(ratio, ratio);
    this.redraw(ink ? this.laid(ink) : []);
  }

  /** The strokes as somebody reads them, and the size of the field in that direction. */
  upright() {
    const { width, height, isTurned } = this.box;
    const turn = (point) => (isTurned ? { x: point.y, y: width - point.x } : { x: point.x, y: point.y });
    const strokes = this.pad.toData().map((group) => ({ ...group, points: group.points.map((point) => ({ ...point, ...turn(point) })) }));
    return { strokes, width: isTurned ? height : width, height: isTurned ? width : height };
  }

  /** The other way round: upright strokes onto the canvas as it lies now. */
  laid(ink) {
    const { width, height, isTurned } = this.box;
    const scale = Math.min((isTurned ? height : width) / ink.width, (isTurned ? width : height) / ink.height);
    const lay = ({ x, y }) => (isTurned ? { x: width - y * scale, y: x * scale } : { x: x * scale, y: y * scale });
    return ink.strokes.map((group) => ({ ...group, points: group.points.map((point) => ({ ...point, ...lay(point) })) }));
  }

  redraw(strokes) {
    this.pad.clear();
    if (strokes.length) this.pad.fromData(strokes, { clear: false });
    this.changed();
  }

  changed() {
    const isBlank = this.pad.toData().length === 0;
    for (const button of this.querySelectorAll("button")) button.disabled = isBlank;
    this.toggleAttribute("data-inked", !isBlank);
    this.fault.hidden = true;
  }

  async submit(event) {
    event.preventDefault();
    if (this.isBusy) return;
    const ink = this.upright();
    const points = (group) => group.points.map(({ x, y, time }) => ({ x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, time }));
    this.form.elements.strokes.value = JSON.stringify(ink.strokes.map((group) => ({ points: points(group) })));
    this.form.elements.canvas.value = `${Math.round(ink.width)}x${Math.round(ink.height)}`;
    this.busy(true);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: new URLSearchParams(new FormData(this.form)), headers: { accept: "application/json" } });
      const body = await answer.json();
      if (answer.ok || body.go) return location.assign(body.next);
      this.say(body.error);
    } catch {
      this.say(this.dataset.offline);
    }
    this.busy(false);
  }

  busy(isBusy) {
    this.isBusy = isBusy;
    this.querySelector('[data-kind="primary"]').setAttribute("aria-busy", String(isBusy));
  }

  say(sentence) {
    this.fault.textContent = sentence;
    this.fault.hidden = false;
  }
}

customElements.define("sign-sheet", SignSheet);
