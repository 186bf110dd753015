// The frame of every screen: which car above, what to press below, where the work is kept.
import { html, nothing } from "../vendor/lit-html.js";
import { t } from "../words.js";
import { glyph, mark } from "./icon.js";

/** @typedef {import("../bay.js").Bay} Bay */
/** @typedef {unknown} Part */

/** @param {Bay} bay @param {{top?: Part, main: Part, foot?: Part, isDark?: boolean, hasToast?: boolean}} parts */
export const screen = (bay, { top = nothing, main, foot = nothing, isDark = false, hasToast = false }) => html`
  <div class="screen" ?data-dark=${isDark}>
    ${top}
    ${isDark ? main : html`<main>${main}${hasToast ? nothing : html`<div class="strip-place">${toast(bay)}</div>`}</main>`}
    ${foot}
  </div>`;

/** @param {Bay} bay @param {string} title */
export const titled = (bay, title) => html`<header class="top"><h1>${title}</h1>${pill(bay)}</header>`;

/** @param {Bay} bay @param {Record<string, any> | undefined} order @param {{isBig?: boolean}} [how] */
export const platedTop = (bay, order, { isBig = false } = {}) => html`<header class="top">${isBig ? html`<h1>${plate(order, isBig)}</h1>` : plate(order)}${pill(bay)}</header>`;

/** @param {Record<string, any> | undefined} order @param {boolean} [isBig] */
export const plate = (order, isBig = false) => html`<span class="plate" data-size=${isBig ? "big" : nothing}>${order?.plate_shown ?? order?.plate ?? ""}</span>`;

const PILLS = { you: "alert", lost: "offline", phone: "phone", shop: "check" };

/** On this phone, at the shop, needs you: the only three states there are. @param {Bay} bay @param {{isLong?: boolean}} [how] */
export function pill(bay, { isLong = false } = {}) {
  const state = bay.where();
  const { mutations, photos, needs } = bay.counts();
  const both = isLong && photos ? t("pill.phone_photos", { n: mutations, photos }) : isLong ? t("pill.phone_items", { n: mutations }) : t("pill.phone", { n: mutations || photos });
  const text = { you: t(isLong ? "pill.you_items" : "pill.you", { n: needs }), lost: t("pill.lost"), phone: both, shop: t(isLong ? "pill.shop" : "pill.shop_short") }[state];
  return html`<a class="pill" data-sync=${state} href=${state === "you" ? "#/needs" : "#/sync"} aria-live="polite">${glyph(PILLS[state])}${text}</a>`;
}

/** @param {string} grade @param {Part} [text] */
export const word = (grade, text = t(`grade.${grade}`)) => html`<span class="word" data-state=${grade}>${mark(grade)} ${text}</span>`;

/** @param {string} href */
export const back = (href) => html`<a class="press" data-square href=${href} aria-label=${t("back")}>${glyph("back")}</a>`;

/** @param {Part[]} presses */
export const dock = (...presses) => html`<nav class="dock">${presses}</nav>`;

/** The one next step. @param {{text: string, icon?: string, after?: string, href?: string, onTap?: () => void, kind?: string, size?: string, isOff?: boolean, isNarrow?: boolean}} what */
export function press({ text, icon, after, href, onTap, kind, size, isOff = false, isNarrow = false }) {
  const inside = html`${icon ? glyph(icon) : nothing}<span>${text}</span>${after ? glyph(after) : nothing}`;
  const classes = isNarrow ? "press narrow" : "press";
  if (href && !isOff) return html`<a class=${classes} data-kind=${kind ?? nothing} data-size=${size ?? nothing} href=${href}>${inside}</a>`;
  return html`<button type="button" class=${classes} data-kind=${kind ?? nothing} data-size=${size ?? nothing} aria-disabled=${isOff ? "true" : nothing} @click=${isOff ? nothing : onTap}>${inside}</button>`;
}

/** @param {Omit<Parameters<typeof press>[0], "kind">} what */
export const main = (what) => press({ ...what, kind: "main" });

/** The black strip: what was saved, and the way back. @param {Bay} bay */
export function toast(bay) {
  const { strip } = bay;
  if (!strip) return nothing;
  return html`<div class="toast" role="status"><span class="grow">${strip.text}</span>
    ${strip.undo ? html`<button type="button" class="press" data-size="tap" @click=${() => bay.undo()}>${strip.action ?? t("undo")}</button>` : nothing}</div>`;
}

/** @param {{title: string, text?: Part, kind?: string, action?: Part}} what */
export const notice = ({ title, text = nothing, kind, action = nothing }) => html`
  <div class="notice" data-kind=${kind ?? nothing}><div><b>${title}</b><p>${text}</p></div>${action}</div>`;

/** @param {string} icon @param {Part} text @param {Part} [after] */
export const head = (icon, text, after = nothing) => html`<h2 class="head">${icon ? glyph(icon) : nothing}${text}${after === nothing ? nothing : html`<span class="push">${after}</span>`}</h2>`;
