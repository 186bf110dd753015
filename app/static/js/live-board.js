/** The advisor's board stays true by itself: texts change in place, new and moved rows wait in a strip until taken in. */

import { LiveLine } from "./live-line.js";

const UNTOUCHED_MS = 60_000;

class LiveBoard extends HTMLElement {
  connectedCallback() {
    this.touchedAt = Date.now();
    this.fresh = null;
    this.shownAt = new Date();
    this.line = new LiveLine(this.dataset.events, {
      changed: () => this.askSoon(),
      lost: () => this.showLost(true),
      back: () => this.showLost(false),
    });
    for (const kind of ["pointerdown", "pointermove", "keydown", "wheel"]) {
      this.addEventListener(kind, () => { this.touchedAt = Date.now(); }, { passive: true });
    }
    this.part("take-in").addEventListener("click", () => this.takeIn());
    this.idle = setInterval(() => {
      if (this.fresh && Date.now() - this.touchedAt > UNTOUCHED_MS) this.takeIn();
    }, 5_000);
  }

  disconnectedCallback() {
    clearInterval(this.idle);
    clearTimeout(this.soon);
    this.line.close();
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  askSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.ask(), 200);
  }

  async ask() {
    const answer = await fetch(this.dataset.lanes, { headers: { "hx-request": "true" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    this.shownAt = new Date();
    if (this.line.isLost) this.showLost(true);
    const held = this.changeInPlace(page);
    this.fresh = held.length || this.hasGone(page) ? page : null;
    this.showHeld(held);
  }

  /** Rows that stand where they stood change in place; the others are given back. */
  changeInPlace(page) {
    const held = [];
    for (const row of page.querySelectorAll(".lane")) {
      const old = this.querySelector(`#${CSS.escape(row.id)}`);
      const isAtHome = old && this.group(old) === this.group(row);
      if (!isAtHome) held.push(row);
      else if (!old.contains(document.activeElement) && this.words(old) !== this.words(row)) this.replace(old, row);
    }
    return held;
  }

  replace(old, row) {
    const fresh = row.cloneNode(true);
    fresh.querySelector(".button").dataset.kind = old.querySelector(".button").dataset.kind ?? "";
    fresh.dataset.new = "";
    fresh.addEventListener("pointerenter", () => fresh.removeAttribute("data-new"), { once: true });
    old.replaceWith(fresh);
  }

  hasGone(page) {
    let gone = false;
    for (const row of this.querySelectorAll(".lane")) {
      if (page.querySelector(`#${CSS.escape(row.id)}`)) continue;
      row.setAttribute("aria-disabled", "true");
      gone = true;
    }
    return gone;
  }

  group(row) {
    return row.closest("[data-party]")?.dataset.party;
  }

  words(row) {
    return [row.querySelector('[data-part="why"]'), row.querySelector(".due")].map((part) => part?.textContent).join();
  }

  showHeld(held) {
    const strip = this.part("held");
    strip.hidden = held.length === 0;
    if (!held.length) return;
    const title = this.part("held-title");
    title.textContent = title.dataset.words.replace("{count}", String(held.length));
    const row = held[0];
    const text = this.part("held-text");
    const plate = row.querySelector(".plate").textContent;
    text.textContent = `${plate} ${row.querySelector('[data-part="why"]').textContent} · ${text.dataset.words}`;
  }

  takeIn() {
    if (!this.fresh) return;
    this.part("lanes").replaceChildren(...this.fresh.childNodes);
    this.fresh = null;
    this.part("held").hidden = true;
  }

  showLost(isLost) {
    this.part("lost").hidden = !isLost;
    const title = this.part("lost-title");
    const time = this.shownAt.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: this.dataset.zone });
    title.textContent = title.dataset.words.replace("{time}", time);
  }
}

customElements.define("live-board", LiveBoard);
