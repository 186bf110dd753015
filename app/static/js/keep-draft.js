/** What is typed into a field outlives a reload: <keep-draft data-key="…"><textarea>…</textarea></keep-draft>. */

class KeepDraft extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("textarea, input");
    const key = `draft:${this.dataset.key}`;
    if (!field.value) field.value = localStorage.getItem(key) ?? "";
    field.addEventListener("input", () => localStorage.setItem(key, field.value));
    field.form?.addEventListener("submit", () => localStorage.removeItem(key));
  }
}

customElements.define("keep-draft", KeepDraft);
