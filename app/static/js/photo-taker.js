/** <photo-taker data-target data-id data-then data-into>: its button takes a picture, sends the bytes, then fetches the fresh fragment. */

class PhotoTaker extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = document.createElement("input");
    this.input.type = "file";
    this.input.accept = "image/*";
    this.input.setAttribute("capture", "environment");
    this.input.hidden = true;
    this.append(this.input);
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.input.click());
    this.input.addEventListener("change", () => this.send(this.input.files[0]));
  }

  async send(file) {
    if (!file || this.button.getAttribute("aria-busy") === "true") return;
    this.button.setAttribute("aria-busy", "true");
    try {
      const answer = await this.put(file);
      if (answer.ok) await window.htmx.ajax("GET", this.dataset.then, { target: this.dataset.into, swap: "outerHTML" });
      else this.say(await answer.text());
    } catch {
      this.say(this.dataset.offline ?? "");
    } finally {
      this.button.removeAttribute("aria-busy");
      this.input.value = "";
    }
  }

  put(file) {
    const query = new URLSearchParams({ target: this.dataset.target, target_id: this.dataset.id });
    const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrf-token"] ?? "";
    const headers = { "x-csrf-token": token, "hx-request": "true", "content-type": file.type || "application/octet-stream" };
    return fetch(`/photos?${query}`, { method: "POST", body: file, headers });
  }

  say(fragment) {
    document.getElementById("refusal").innerHTML = fragment;
  }
}

customElements.define("photo-taker", PhotoTaker);
