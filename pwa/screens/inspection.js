// Every zone of the list as one line of marks.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, main, notice, platedTop, press, screen, word } from "../elements/frame.js";
import { glyph, mark } from "../elements/icon.js";
import { count, gradeOf, items, nextOpen } from "../inspection.js";
import { nameOf, said, t } from "../words.js";
import { gone } from "./car.js";
import { minutesBetween, pointPath, sheetName, starting, stepTo } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */

/** @param {Bay} bay @param {{order: string}} at */
export function inspectionScreen(bay, { order: id }) {
  const order = bay.view.order(id);
  const sheet = bay.sheetOf(order), template = bay.templateOf(sheet);
  if (!order || !sheet || !template) return gone(bay);
  const list = items(template, order, sheet);
  const counts = count(list), next = nextOpen(list);
  const grades = /** @type {const} */ (["good", "watch", "replace", "not_checked"]);
  const used = sheet.started_at ? ` · ${t("inspection.used", { time: minutesBetween(sheet.started_at, sheet.finished_at ? Date.parse(sheet.finished_at) : bay.now()) })}` : "";
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`
      <div class="title"><h1>${sheetName(template)}</h1><p class="second room-tight">${counts.done}/${counts.all}${used}${sheet.finished_at ? ` · ${t("inspection.finished")}` : ""}</p></div>
      ${(order.targeted ?? []).map((/** @type {any} */ rule) => targeted(order, list, rule))}
      <div class="gap"></div>
      <ul class="ruled sheet-paper">${zones(template, list).map((zone) => zoneRow(order, zone, list, next))}</ul>
      <p class="second words" data-foot>${grades.map((grade) => word(grade, `${t(`grade.${grade}`)} ${counts[grade]}`))}</p>
      <div class="pad two">${sheet.finished_at ? nothing : press({ text: t("other.add"), icon: "plus", size: "tap", href: `#/car/${order.id}/other` })}
        ${next && counts.done && !sheet.finished_at ? press({ text: t("inspection.finish_early", { n: counts.not_checked }), size: "tap", onTap: () => complete(bay, order, sheet) }) : nothing}</div>
      <div class="gap"></div>`,
    foot: dock(back(`#/car/${order.id}`), sheet.finished_at ? press({ text: t("car.back"), href: `#/car/${order.id}` })
      : next ? onward(stepTo(template, order, list, next))
        : main({ text: t("inspection.finish"), icon: "check", onTap: () => complete(bay, order, sheet) })),
  });
}

/** @param {{href: string, title: string}} step */
const onward = ({ href, title }) => main({ text: t("continue", { what: title }), after: "next", href });

/** @param {Bay} bay @param {any} order @param {any} sheet */
async function complete(bay, order, sheet) {
  const isSaved = await bay.act(order.id, [...starting(sheet), { type: "insp.complete", args: { insp: sheet.id } }], { say: t("inspection.completed") });
  if (isSaved) bay.go(`#/car/${order.id}`);
}

/** @param {any} order @param {any[]} list @param {any} rule */
function targeted(order, list, rule) {
  const item = list.find((one) => rule.points.includes(one.point.id) && gradeOf(one) === "not_checked");
  if (!item) return nothing;
  return notice({ title: nameOf(rule) || t("inspection.targeted"), text: said(rule.what), action: press({ text: t("inspection.go"), size: "tap", href: pointPath(order, item) }) });
}

/** The template's zones that have a place on this car, and one more for what stands in none. @param {any} template @param {any[]} list */
export function zones(template, list) {
  const known = [...template.zones].sort((a, b) => a.order - b.order).filter((zone) => list.some((item) => item.zone === zone.id));
  const ids = new Set(template.zones.map((/** @type {any} */ zone) => zone.id));
  return list.some((item) => !ids.has(item.zone)) ? [...known, { id: "other", name: t("other.zone") }] : known;
}

/** @param {any} order @param {any} zone @param {any[]} list @param {any} next */
function zoneRow(order, zone, list, next) {
  const inside = list.filter((item) => item.zone === zone.id);
  return html`<li><a class="row-link" href="#/car/${order.id}/zone/${zone.id}" aria-current=${next?.zone === zone.id ? "step" : nothing}><span class="grow">
    <b class="zone-name">${said(zone.name)}<span class="num">${count(inside).done}/${inside.length}</span></b>
    <span class="strip" aria-hidden="true">${inside.map((item) => mark(gradeOf(item)))}</span></span>${glyph("next")}</a></li>`;
}
