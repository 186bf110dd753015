/** The line to the shop: calls back on every change, and when the line goes down or comes up again. */

const SILENCE_MS = 25_000; // the server beats every 15 s
const POLL_MS = 15_000;

export class LiveLine {
  /** @param {string} url @param {{changed: (id: string) => void, lost: () => void, back: () => void}} calls */
  constructor(url, calls) {
    this.calls = calls;
    this.isLost = false;
    this.source = new EventSource(url);
    this.source.addEventListener("open", () => this.heard());
    this.source.addEventListener("beat", () => this.heard());
    this.source.addEventListener("changed", (event) => {
      this.heard();
      calls.changed(event.data);
    });
    this.source.addEventListener("error", () => this.lose());
    this.watch = setInterval(() => this.check(), 5_000);
    this.last = Date.now();
  }

  heard() {
    this.last = Date.now();
    if (!this.isLost) return;
    this.isLost = false;
    clearInterval(this.poll);
    this.calls.back();
    this.calls.changed("");
  }

  check() {
    if (Date.now() - this.last > SILENCE_MS) this.lose();
  }

  lose() {
    if (this.isLost) return;
    this.isLost = true;
    this.calls.lost();
    this.poll = setInterval(() => this.calls.changed(""), POLL_MS);
  }

  close() {
    clearInterval(this.watch);
    clearInterval(this.poll);
    this.source.close();
  }
}
