/** A part of a page that follows what happens: read again on every change of its order, only differences taken over. */

import { LiveLine } from "./live-line.js";

class LiveFragment extends HTMLElement {
  connectedCallback() {
    this.line = new LiveLine(this.dataset.events, {
      changed: (id) => { if (!id || id === this.dataset.order) this.askSoon(); },
      lost: () => this.showLost(true),
      back: () => this.showLost(false),
    });
  }

  disconnectedCallback() {
    clearTimeout(this.soon);
    this.line.close();
  }

  askSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.ask(), 200);
  }

  async ask() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || this.querySelector("details[open]")) return; // never under an open sheet
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(this.id);
    if (!fresh) return;
    globalThis.Idiomorph.morph(this, fresh.innerHTML, { morphStyle: "innerHTML", ignoreActiveValue: true });
  }

  showLost(isLost) {
    const strip = this.querySelector('[data-part="lost"]');
    if (strip) strip.hidden = !isLost;
  }
}

customElements.define("live-fragment", LiveFragment);
