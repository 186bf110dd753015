// Twelve big keys: digits, one word at the left, one step back at the right.
import { html } from "../vendor/lit-html.js";
import { t } from "../words.js";
import { glyph } from "./icon.js";

/** @param {{onDigit: (digit: string) => void, onBack: () => void, left?: unknown}} keys */
export const keypad = ({ onDigit, onBack, left = html`<span></span>` }) => html`
  <div class="keys" role="group" aria-label=${t("keys")}>
    ${["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => key(digit, onDigit))}
    ${left}${key("0", onDigit)}
    <button type="button" class="key" data-word aria-label=${t("keys.back")} @click=${onBack}>${glyph("bksp")}</button>
  </div>`;

/** @param {string} digit @param {(digit: string) => void} onDigit */
const key = (digit, onDigit) => html`<button type="button" class="key" @click=${() => onDigit(digit)}>${digit}</button>`;

/** The boxes of a value with its printed point. @param {{typed: string, int: number, dec: number, unit: string, isNegative?: boolean}} value */
export function boxes({ typed, int, dec, unit, isNegative = false }) {
  const box = (/** @type {number} */ i) => html`<i ?data-typed=${i < typed.length} ?data-now=${i === typed.length}>${typed[i] ?? ""}</i>`;
  const row = (/** @type {number} */ from, /** @type {number} */ to) => Array.from({ length: to - from }, (_, i) => box(from + i));
  return html`<output aria-label=${typed || t("point.not_yet")}>${isNegative ? "−" : ""}${row(0, int)}${dec ? "." : ""}${row(int, int + dec)}<span class="unit"> ${unit}</span></output>`;
}
