// What needs the technician: who changed what, what to do with the hands now, and that nothing was lost.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, main, plate, press, screen, titled } from "../elements/frame.js";
import { picture } from "../elements/picture.js";
import { clock, t } from "../words.js";
import { lineName, pointTitle } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */

/** @param {Bay} bay */
export function needsScreen(bay) {
  const { needs } = bay;
  return screen(bay, {
    top: titled(bay, t("pill.you_items", { n: needs.length })),
    main: html`${needs.map((need) => card(bay, need))}
      <p class="second pad room">${t(needs.length ? "needs.rest" : "needs.none")}</p>`,
    foot: dock(back("#/cars"), press({ text: t(needs.length ? "needs.leave" : "cars.back"), href: "#/cars" })),
  });
}

/** @param {Bay} bay @param {any} need */
function card(bay, need) {
  const { mutation } = need;
  const order = mutation && bay.view.order(mutation.stream.slice(3));
  const isBlob = need.status === "blob";
  return html`<article class="sheet-paper"><div class="row-link"><span class="grow">${order ? plate(order) : nothing}<b>${about(bay, order, mutation)}</b><span class="second">${mutation ? t("needs.you_did", { time: clock(mutation.at_wall), what: t(`did.${mutation.type}`) }) : ""}</span></span>
      ${isBlob && mutation ? picture(bay, { id: mutation.args.photo, sha256: mutation.args.sha256 }, { className: "thumb" }) : nothing}</div>
    <div class="pad room"><p class="said">${need.message ?? t(isBlob ? "needs.photo" : `needs.${need.status}`)}</p><p class="second room-tight">${t(isBlob ? "needs.photo_rest" : need.status === "rejected" ? "needs.kept" : "needs.advisor")}</p>
      ${action(bay, need, order)}</div></article>`;
}

/** @param {Bay} bay @param {any} order @param {any} mutation */
function about(bay, order, mutation) {
  const id = mutation?.args.line ?? mutation?.args.addon ?? mutation?.args.target_id;
  const line = order?.lines?.find((/** @type {any} */ one) => one.id === id);
  if (line) return lineName(bay, line);
  const finding = order?.inspections?.flatMap((/** @type {any} */ one) => one.findings).find((/** @type {any} */ one) => one.id === (mutation?.args.finding ?? id));
  const sheet = bay.sheetOf(order), template = bay.templateOf(sheet);
  const point = template?.points.find((/** @type {any} */ one) => one.id === (finding?.point ?? mutation?.args.item));
  return point ? titleOf(template, point, finding?.position ?? mutation?.args.position ?? "") : mutation ? t(`did.${mutation.type}`) : "";
}

/** @param {any} template @param {any} point @param {string} position */
const titleOf = (template, point, position) => pointTitle(template, /** @type {any} */ ({ point, position }));

/** @param {Bay} bay @param {any} need @param {any} order */
function action(bay, need, order) {
  const settle = (/** @type {string} */ to) => async () => { await bay.settle(need.mid); bay.go(to); };
  const { mutation } = need;
  if (need.status === "blob" && order) {
    const { target, target_id } = mutation.args;
    return main({ text: t("needs.retake"), icon: "camera", onTap: settle(`#/car/${order.id}/camera/${target}/${target_id}`) });
  }
  const isWork = mutation?.type.startsWith("job.");
  return main({ text: t(isWork ? "needs.stop" : "needs.seen"), icon: "person", onTap: settle(order ? `#/car/${order.id}` : "#/needs") });
}
