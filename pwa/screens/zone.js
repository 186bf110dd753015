// One zone: the wheels as seen from above, or a list whose glances are one tap.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, head, main, platedTop, press, screen, word } from "../elements/frame.js";
import { glyph, mark } from "../elements/icon.js";
import { WHEELS, count, gradeOf, isOpen, items, lacksPhoto, looks, nextOpen, shown } from "../inspection.js";
import { clock, said, t, unitOf } from "../words.js";
import { gone } from "./car.js";
import { limitText, measure, momentOf, pointPath, pointTitle, standAt, starting, record } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */
/** @typedef {import("../inspection.js").Item} Item */

/** @param {Bay} bay @param {{order: string, zone: string}} at */
export function zoneScreen(bay, { order: id, zone: zoneId }) {
  const order = bay.view.order(id);
  const sheet = bay.sheetOf(order), template = bay.templateOf(sheet);
  if (!order || !sheet || !template) return gone(bay);
  const all = items(template, order, sheet);
  const zone = template.zones.find((/** @type {any} */ one) => one.id === zoneId) ?? { id: "other", name: t("other.zone") };
  const list = all.filter((item) => item.zone === zone.id);
  const glances = looks(zone, list, order);
  const covered = new Set(glances.flatMap((/** @type {any} */ look) => look.items));
  const isWheels = zone.layout === "wheels";
  const onWheels = isWheels ? list.filter((item) => WHEELS.includes(item.position) && !covered.has(item)) : [];
  const rest = list.filter((item) => !covered.has(item) && !onWheels.includes(item));
  const next = list.find((item) => isOpen(item) && !covered.has(item)) ?? list.find(isOpen) ?? nextOpen(all, list.at(-1)?.key);
  const openGlance = glances.find((/** @type {any} */ look) => look.items.every(isOpen));
  const here = { bay, order, sheet, template };
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`
      <div class="title"><h1 class="between">${said(zone.name)}<span class="second num">${count(list).done}/${list.length}</span></h1>${isWheels ? html`<p class="second">${t("zone.front_up")}${units(onWheels)}</p>` : nothing}</div>
      ${onWheels.length ? html`<div class="wheels">${WHEELS.map((wheel) => wheelCard(here, wheel, onWheels.filter((item) => item.position === wheel), next))}</div>` : nothing}
      ${glances.map((/** @type {any} */ look) => glance(here, look))}
      ${rest.length ? html`${glances.length ? head("", t("zone.singly")) : html`<div class="gap"></div>`}<ul class="ruled sheet-paper">${rest.map((item) => row(here, item))}</ul>` : nothing}
      <div class="gap"></div>`,
    foot: dock(back(`#/car/${order.id}/inspection`), openGlance
      ? main({ text: said(openGlance.name), after: "next", onTap: () => document.getElementById(`look-${openGlance.id}`)?.scrollIntoView({ block: "center" }) })
      : next ? main({ text: pointTitle(template, next), after: "next", href: pointPath(order, next) }) : main({ text: t("zone.done"), icon: "check", href: `#/car/${order.id}/inspection` })),
  });
}

/** @typedef {{bay: Bay, order: any, sheet: any, template: any}} Here */

/** @param {Item[]} list */
function units(list) {
  const seen = [...new Set(list.filter((item) => item.point.unit).map((item) => `${shortName(item)} ${unitOf(item.point.unit)}`))];
  return seen.length ? ` · ${seen.join(t("listed"))}` : "";
}

/** @param {Item} item */
function shortName({ point }) {
  const name = said(point.short ?? point.name);
  return point.short ? name : name.replace(/^([前后]|轮胎|车轮)/, "").replace(/(厚度余量|厚度|深度)$/, "").replace(/^(Front|Rear) /, "");
}

/** @param {Here} here @param {string} wheel @param {Item[]} cells @param {Item | undefined} next */
const wheelCard = (here, wheel, cells, next) => html`<section class="wheel"><h2>${said(here.template.positions[wheel])}</h2>${cells.map((item) => cell(here, item, item === next))}</section>`;

/** @param {Here} here @param {Item} item @param {boolean} isNext */
function cell({ order }, item, isNext) {
  const grade = gradeOf(item), value = item.finding?.value;
  const last = item.last?.value ?? null;
  const figure = grade === "not_checked" ? (last === null ? t("zone.not_yet") : `${t("last")} ${shown(item.point, last)}`) : value === null || value === undefined ? t(`grade.${grade}`) : shown(item.point, value);
  return html`<a class="cell" data-state=${grade} ?data-next=${isNext} href=${pointPath(order, item)}>${mark(grade)}<span>${shortName(item)}</span><span class="num">${figure}</span><span class="unseen">${t(`grade.${grade}`)}</span></a>`;
}

/** @param {Here} here @param {any} look */
function glance(here, look) {
  const { items: list } = look;
  const isDone = list.every((/** @type {Item} */ item) => !isOpen(item));
  const isAllGood = isDone && list.every((/** @type {Item} */ item) => gradeOf(item) === "good");
  const names = [...new Set(list.map((/** @type {Item} */ item) => shortName(item)))].join("　");
  return html`<div id="look-${look.id}">${head(isDone ? "check" : "", said(look.name), t("zone.glance", { n: list.length }))}
    ${isDone || here.bay.scratch[look.id] ? html`<ul class="ruled sheet-paper">${isAllGood && !here.bay.scratch[look.id]
      ? html`<li><button type="button" class="row-link" @click=${() => { here.bay.scratch[look.id] = true; here.bay.render(); }}><span class="grow"><b class="keep">${names}</b><span class="second">${t("zone.together", { time: clock(list[0].finding?.taken_at) })}</span></span>${word("good")}</button></li>`
      : list.map((/** @type {Item} */ item) => row(here, item))}</ul>`
    : html`<div class="sheet-paper pad room"><p class="last-figure keep">${names}</p><div class="gap"></div>
      <div class="two"><button type="button" class="press" data-size="tap" @click=${() => allGood(here, look)}>${mark("good")}<span>${t("zone.all_good", { n: list.length })}</span></button>
        ${press({ text: t("zone.one_by_one"), size: "tap", onTap: () => { here.bay.scratch[look.id] = true; here.bay.render(); } })}</div></div>`}</div>`;
}

/** One glance, one tap, recorded as answered together. @param {Here} here @param {any} look */
function allGood({ bay, order, sheet }, look) {
  const set = look.items.filter(isOpen).map((/** @type {Item} */ item) => ({ finding: item.finding?.id ?? bay.newId(), item: item.point.id, position: item.position }));
  const undo = () => bay.act(order.id, set.map((/** @type {any} */ one) => ({ type: "insp.item_set", args: { insp: sheet.id, ...one, rating: "not_checked", not_checked_reason: t("undone"), moment: "maintenance" } })));
  return bay.act(order.id, [...starting(sheet), { type: "insp.look_set", args: { insp: sheet.id, items: set, look: look.id, moment: momentOf(look.items[0]) } }],
    { say: t("zone.look_saved", { name: said(look.name), n: set.length }), undo });
}

/** @param {Here} here @param {Item} item */
function row({ bay, order, template }, item) {
  const { point, finding } = item;
  const grade = gradeOf(item), isMeasured = point.kind === "measured";
  const title = pointTitle(template, item), path = pointPath(order, item);
  const value = finding?.value === null || finding?.value === undefined ? "" : measure(point, finding.value);
  const given = html`<a class="given" href=${path}>${word(grade, value || t(`grade.${grade}`))}</a>`;
  const answer = !isOpen(item) ? given : isMeasured ? html`<a class="press ok" data-size="tap" href=${path}>${t("zone.measure")}</a>`
    : html`<button type="button" class="press ok" data-size="tap" aria-label="${title} ${t("grade.good")}" @click=${() => good(bay, order.id, item.key, title)}>${mark("good")}${t("grade.good")}</button>`;
  return html`<li class="point"><a class="grow" href=${path}><b>${title}</b><span class="second">${lacksPhoto(item) ? t("zone.lacks_photo") : finding?.not_checked_reason && !isOpen(item) ? finding.not_checked_reason : lastText(item)}</span></a>${answer}</li>`;
}

/** @param {Bay} bay @param {string} orderId @param {string} key @param {string} title */
function good(bay, orderId, key, title) {
  const stand = standAt(bay, orderId, key);
  return stand && record(bay, stand, { rating: "good" }, t("point.saved", { what: title, grade: t("grade.good") }));
}

/** @param {Item} item */
function lastText({ point, last }) {
  const was = last ? `${t("last")} ${last.value === null || last.value === undefined ? t(`grade.${last.grade ?? "not_checked"}`) : measure(point, last.value)}` : "";
  return [was, point.kind === "measured" ? limitText(point) : ""].filter(Boolean).join(" · ") || t("zone.not_yet");
}
