// Six digits make this phone somebody's device.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, screen } from "../elements/frame.js";
import { keypad } from "../elements/keypad.js";
import { t } from "../words.js";

/** @typedef {{typed: string, say: string, isBusy: boolean, who: import("../db.js").Person | null, hasPeople: boolean, onDigit: (digit: string) => void, onBack: () => void}} Enrolment */

/** @param {Enrolment} enrol */
export function enrolScreen({ typed, say, isBusy, who, hasPeople, onDigit, onBack }) {
  const slots = Array.from({ length: 6 }, (_, i) => html`<span ?data-now=${i === typed.length && !isBusy}>${typed[i] ?? ""}</span>`);
  return screen(/** @type {any} */ ({ strip: null }), {
    main: html`
      <div class="title"><p class="second strong room">${t("brand")}</p><h1>${who ? t("enrol.again", { name: who.name }) : t("enrol.title")}</h1>
        <p class="second">${who?.unsent ? t("enrol.again_hint", { n: who.unsent }) : t("enrol.hint")}</p></div>
      <div class="codes code-slots" role="status" aria-label=${t("enrol.typed", { n: typed.length })}>${slots}</div>
      <p class="second pad" role="alert">${isBusy ? t("enrol.busy") : say || t("enrol.valid")}</p>
      <div class="gap" data-grow></div>
      ${keypad({ onDigit, onBack })}`,
    foot: hasPeople ? dock(back("#/who"), html`<span class="grow"></span>`) : nothing,
  });
}
