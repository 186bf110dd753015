/** A field with a button that copies it: <copy-text><input readonly><button data-done="…"><span>…</span></button></copy-text>. */

class CopyText extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.copy());
  }

  async copy() {
    const field = this.querySelector("input");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // plain http in the shop's own network has no clipboard of its own
    }
    const button = this.querySelector("button");
    button.querySelector("span").textContent = button.dataset.done;
  }
}

customElements.define("copy-text", CopyText);
