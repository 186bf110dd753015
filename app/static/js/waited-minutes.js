/** Minutes since a moment, ticking by the server's clock: <waited-minutes data-since="…" data-now="…">. */

class WaitedMinutes extends HTMLElement {
  connectedCallback() {
    this.offset = Date.parse(this.dataset.now) - Date.now();
    this.timer = setInterval(() => this.show(), 10_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const passed = Date.now() + this.offset - Date.parse(this.dataset.since);
    const minutes = String(Math.max(0, Math.floor(passed / 60_000)));
    if (this.textContent !== minutes) this.textContent = minutes;
  }
}

customElements.define("waited-minutes", WaitedMinutes);
