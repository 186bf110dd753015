// A ring or an arrow over a photograph: tap where the fault is. The picture itself is never changed.
import { html, svg } from "../vendor/lit-html.js";
import { glyph } from "../elements/icon.js";
import { arrow, picture } from "../elements/picture.js";
import { main, screen, toast } from "../elements/frame.js";
import { t } from "../words.js";
import { gone } from "./car.js";

/** @typedef {import("../bay.js").Bay} Bay */

/** @param {any} order @param {string} id */
function find(order, id) {
  const holders = [...(order.inspections ?? []).flatMap((/** @type {any} */ one) => one.findings), ...(order.lines ?? [])];
  return holders.flatMap((one) => one.photos ?? []).find((one) => one.id === id);
}

/** @param {Bay} bay @param {{order: string, photo: string}} at */
export function annotateScreen(bay, { order: id, photo: photoId }) {
  const order = bay.view.order(id);
  const photo = order && find(order, photoId);
  if (!order || !photo) return gone(bay);
  bay.scratch.marks ??= photo.marks ?? [];
  bay.scratch.tool ??= "ring";
  const { marks, tool } = bay.scratch;
  const pick = (/** @type {string} */ kind) => () => { bay.scratch.tool = kind; bay.render(); };
  const save = async () => { if (await bay.act(id, [{ type: "photo.mark", args: { photo: photoId, marks: bay.scratch.marks } }], { say: t("ring.saved") })) history.back(); };
  const toolButton = (/** @type {string} */ kind, /** @type {string} */ icon) => html`<button type="button" class="press" aria-pressed=${tool === kind} @click=${pick(kind)}>${glyph(icon)}${t(kind === "ring" ? "ring" : "ring.arrow")}</button>`;
  return screen(bay, {
    isDark: true,
    main: html`<div class="finder" @pointerdown=${(/** @type {PointerEvent} */ event) => begin(bay, event)} @pointermove=${(/** @type {PointerEvent} */ event) => drag(bay, event)} @pointerup=${() => { bay.scratch.held = null; }}>
        ${picture(bay, photo, { isFull: true, alt: "" })}<svg class="rings" viewBox="0 0 800 600" preserveAspectRatio="xMidYMid slice">${marks.map((/** @type {any} */ one) => drawn(one))}</svg>
        <p class="finder-say">${t("ring.say")}</p></div>${toast(bay)}
      <div class="tools">${toolButton("ring", "ring")}${toolButton("arrow", "arrow")}<button type="button" class="press" @click=${() => { bay.scratch.marks = marks.slice(0, -1); bay.render(); }}>${glyph("undo")}${t("undo")}</button></div>`,
    foot: html`<nav class="dock"><button type="button" class="press" data-square aria-label=${t("back")} @click=${() => history.back()}>${glyph("back")}</button>${main({ text: t("ring.save"), icon: "check", onTap: save })}</nav>`,
  });
}

/** @param {any} one */
const drawn = (one) => (one.kind === "ring"
  ? svg`<g><ellipse class="under" cx=${one.x * 800} cy=${one.y * 600} rx=${one.rx * 800} ry=${one.ry * 600} stroke-width="13" /><ellipse cx=${one.x * 800} cy=${one.y * 600} rx=${one.rx * 800} ry=${one.ry * 600} stroke-width="7" /></g>`
  : svg`<g><path class="under" d=${arrow(one)} stroke-width="13" /><path d=${arrow(one)} stroke-width="7" /></g>`);

/** Where a finger is, in shares of the drawn 800 × 600 frame that covers the finder. @param {PointerEvent} event */
function place(event) {
  const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
  const share = Math.max(box.width / 800, box.height / 600);
  return { x: (event.clientX - box.left - (box.width - 800 * share) / 2) / (800 * share), y: (event.clientY - box.top - (box.height - 600 * share) / 2) / (600 * share) };
}

/** @param {Bay} bay @param {PointerEvent} event */
function begin(bay, event) {
  const { x, y } = place(event);
  const fresh = bay.scratch.tool === "ring" ? { kind: "ring", x, y, rx: 0.09, ry: 0.12 } : { kind: "arrow", x, y, dx: Math.max(0.02, x - 0.16), dy: Math.max(0.02, y - 0.2) };
  bay.scratch.marks = [...bay.scratch.marks, fresh];
  bay.scratch.held = { x, y };
  bay.render();
}

/** Dragging only resizes; a tap alone is enough. @param {Bay} bay @param {PointerEvent} event */
function drag(bay, event) {
  const { held, marks } = bay.scratch;
  if (!held) return;
  const { x, y } = place(event);
  const last = marks.at(-1);
  const moved = last.kind === "ring" ? { ...last, rx: Math.max(0.03, Math.abs(x - held.x)), ry: Math.max(0.03, Math.abs(y - held.y)) } : { ...last, dx: x, dy: y };
  if (Math.hypot(x - held.x, y - held.y) > 0.02) { bay.scratch.marks = [...marks.slice(0, -1), moved]; bay.render(); }
}
