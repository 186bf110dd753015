// The bay's glyphs and grade marks, drawn inline in the text colour: a shape, never colour alone.
import { html, svg } from "../vendor/lit-html.js";

/** @type {Record<string, unknown>} */
const GLYPHS = {
  back: svg`<path d="M15 5l-7 7 7 7"/>`,
  next: svg`<path d="M9 5l7 7-7 7"/>`,
  camera: svg`<path d="M4 8h3.5l1.8-3h5.4l1.8 3H20v11H4z"/><circle cx="12" cy="13.2" r="3.4"/>`,
  check: svg`<path d="M5 12.5l4.6 4.6L19.5 7"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  minus: svg`<path d="M5 12h14"/>`,
  phone: svg`<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 17.6h2"/>`,
  shop: svg`<path d="M4 10.5L12 4l8 6.5V20H4z"/><path d="M8.6 14.4l2.4 2.4 4.4-4.6"/>`,
  offline: svg`<path d="M4 4l16 16M5 11.5a10 10 0 0 1 4-2.3M19 11.5a10 10 0 0 0-5.2-2.8M8.4 15a5 5 0 0 1 6.4.4M12 19h.01"/>`,
  alert: svg`<path d="M12 4v10M12 19v.4"/>`,
  torch: svg`<path d="M8 3h8v4l-2 3v11h-4V10L8 7zM8 7h8M12 13v2"/>`,
  ring: svg`<circle cx="12" cy="12" r="8"/>`,
  arrow: svg`<path d="M19 5L6 18M6 9.5V18h8.5"/>`,
  undo: svg`<path d="M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`,
  play: svg`<path d="M8 5l11 7-11 7z" fill="currentColor"/>`,
  bksp: svg`<path d="M9 5h12v14H9l-6-7zM12.5 9.5l5 5M17.5 9.5l-5 5"/>`,
  export: svg`<path d="M12 15V4M8 8l4-4 4 4M5 13v7h14v-7"/>`,
  refresh: svg`<path d="M19 12a7 7 0 1 1-2-4.9M19 3.5v4.2h-4.2"/>`,
  book: svg`<path d="M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM9 9h6M9 13h4"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M4.5 21a7.5 7.5 0 0 1 15 0"/>`,
  send: svg`<path d="M12 20V5M5.5 11.5L12 5l6.5 6.5"/>`,
  wait: svg`<path d="M7 3h10M7 21h10M8 3c0 5 8 5 8 9s-8 4-8 9M16 3c0 5-8 5-8 9s8 4 8 9"/>`,
  no: svg`<circle cx="12" cy="12" r="8.5"/><path d="M6.2 6.2l11.6 11.6"/>`,
  pen: svg`<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19z"/>`,
  list: svg`<path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"/>`,
  link: svg`<path d="M8 5h8v6H8zM4 17h6v4H4zM14 17h6v4h-6zM12 11v3M7 17v-3h10v3"/>`,
};

/** @type {Record<string, unknown>} */
const MARKS = {
  good: svg`<path fill-rule="evenodd" d="M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22zM6.1 12.3l2-2 2.6 2.6 5.3-5.4 2 2-7.3 7.4z"/>`,
  watch: svg`<path fill-rule="evenodd" d="M12 1.2a1.6 1.6 0 0 1 1.4.8l10 18.3a1.6 1.6 0 0 1-1.4 2.4H2a1.6 1.6 0 0 1-1.4-2.4L10.6 2a1.6 1.6 0 0 1 1.4-.8zM10.6 8v7h2.8V8zM10.6 17v2.8h2.8V17z"/>`,
  replace: svg`<path fill-rule="evenodd" d="M3.5 1.5h17a2 2 0 0 1 2 2v17a2 2 0 0 1-2 2h-17a2 2 0 0 1-2-2v-17a2 2 0 0 1 2-2zM6.6 8.6l3.4 3.4-3.4 3.4 2 2 3.4-3.4 3.4 3.4 2-2-3.4-3.4 3.4-3.4-2-2-3.4 3.4-3.4-3.4z"/>`,
  not_checked: svg`<circle cx="12" cy="12" r="9.8" fill="none" stroke="currentColor" stroke-width="2.2" stroke-dasharray="3.6 3.1"/>`,
};

/** @param {string} name */
export const glyph = (name) => html`<svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">${GLYPHS[name]}</svg>`;

/** Circle 正常, triangle 留意, square 需更换, dashed circle 没查. @param {string} grade */
export const mark = (grade) => html`<svg class="mark" data-state=${grade} viewBox="0 0 24 24" aria-hidden="true">${MARKS[grade]}</svg>`;

/** The same mark inside a drawing. @param {string} grade @param {number} x @param {number} y @param {number} size */
export const markIn = (grade, x, y, size) => svg`<svg x=${x} y=${y} width=${size} height=${size} viewBox="0 0 24 24" class="mark-in" data-state=${grade}>${MARKS[grade]}</svg>`;
