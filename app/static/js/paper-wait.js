// The signed paper takes a second or two to be made: ask quietly until its buttons are there.
const PAUSE = 2000;
const TRIES = 45;

class PaperWait extends HTMLElement {
  tries = 0;

  connectedCallback() { this.wait(); }

  wait() {
    if (this.querySelector("[data-waiting]") && this.tries++ < TRIES) setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    try {
      const answer = document.hidden ? null : await fetch(this.dataset.url);
      if (answer?.ok) this.innerHTML = await answer.text();
    } catch { /* no network: ask again later */ }
    this.wait();
  }
}

customElements.define("paper-wait", PaperWait);
