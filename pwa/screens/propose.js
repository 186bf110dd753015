// Putting work forward from a finding: its operation, every related one answered, never a price.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, head, main, notice, platedTop, press, screen, word } from "../elements/frame.js";
import { glyph } from "../elements/icon.js";
import { picture } from "../elements/picture.js";
import { gradeOf, items, nextOpen } from "../inspection.js";
import { clock, hours, nameOf, speaksEnglish, t } from "../words.js";
import { gone } from "./car.js";
import { later } from "./reasons.js";
import { lineName, measure, mine, pointPath, standAt, stepTo } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */

const ANSWERS = ["needed", "not_needed", "after_dismantling"];

/** @param {Bay} bay @param {{order: string, key: string}} at */
export function proposeScreen(bay, { order: id, key }) {
  const stand = standAt(bay, id, key);
  if (!stand?.item.finding) return gone(bay);
  const { item, order, title } = stand;
  const suggested = (item.point.suggested_operations ?? []).map((/** @type {string} */ one) => bay.operation(one)).filter(Boolean);
  const chosen = bay.operation(bay.scratch.operation) ?? suggested[0];
  if (!chosen || bay.scratch.isChoosing) return chooseOperation(bay, stand, suggested);
  return form(bay, {
    order, title, finding: item.finding, grade: gradeOf(item), point: item.point, operation: chosen, back: pointPath(order, item, "finding"),
    submit: (related, text) => submit(bay, stand, chosen, related, text),
  });
}

/** Sent back with a reason: answer it and put it forward again. @param {Bay} bay @param {{order: string, line: string}} at */
export function reviseScreen(bay, { order: id, line: lineId }) {
  const order = bay.view.order(id);
  const line = order?.lines?.find((/** @type {any} */ one) => one.id === lineId);
  const operation = line && (bay.operation(line.operation_id) ?? { id: line.operation_id, name_zh: line.title, name_en: line.title_en, related: [] });
  if (!order || !line || !operation) return gone(bay);
  const finding = (order.inspections ?? []).flatMap((/** @type {any} */ one) => one.findings).find((/** @type {any} */ one) => one.id === line.finding_id);
  bay.scratch.answers ??= Object.fromEntries((line.related ?? []).map((/** @type {any} */ one) => [one.operation_id, one.answer]));
  return form(bay, {
    order, title: lineName(bay, line), finding, grade: finding?.grade ?? "watch", point: null, operation, back: `#/car/${id}`, returned: line.return_reason, own: lineId,
    submit: async (related, text) => { if (await bay.act(id, [{ type: "addon.revise", args: { addon: lineId, related, text } }], { say: t("propose.sent_strip") })) bay.go(`#/car/${id}/proposed/${lineId}`); },
  });
}

/**
 * @param {Bay} bay
 * @param {{order: any, title: string, finding: any, grade: string, point: any, operation: any, back: string, returned?: string, own?: string, submit: (related: {operation_id: string, answer: string}[], text: string) => unknown}} what
 */
function form(bay, { order, title, finding, grade, point, operation, back: backTo, returned, own, submit }) {
  bay.scratch.answers ??= {};
  const { answers } = bay.scratch;
  const twin = duplicate(bay, order, operation.id, own);
  const isTwinOpen = twin && !bay.scratch.isNotSame;
  const open = (operation.related ?? []).filter((/** @type {any} */ one) => !answers[one.operation]).length + (isTwinOpen ? 1 : 0);
  const related = (operation.related ?? []).map((/** @type {any} */ one) => ({ operation_id: one.operation, answer: answers[one.operation] }));
  const value = finding && point && finding.value !== null && finding.value !== undefined ? ` ${measure(point, finding.value)}` : "";
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`
      <div class="row-link sheet-paper">${finding?.photos?.length ? picture(bay, finding.photos[0], { className: "thumb" }) : nothing}<span class="grow">${word(grade, title + value)}<span class="second block">${t("propose.from", { n: finding?.photos?.length ?? 0 })}</span></span></div>
      ${returned ? notice({ title: t("propose.returned"), text: `“${returned}”` }) : nothing}
      ${isTwinOpen ? notice({ kind: "stop", title: t("propose.twin"), text: html`${t("propose.twin_text", { who: twin.proposed_by?.name ?? t("propose.someone"), time: clock(twin.proposed_at), what: lineName(bay, twin) })}
        <span class="two room">${press({ text: t("propose.twin_look"), size: "tap", href: `#/car/${order.id}` })}${press({ text: t("propose.twin_other"), size: "tap", onTap: () => { bay.scratch.isNotSame = true; bay.render(); } })}</span>` }) : nothing}
      <div class="title"><p class="second">${t("propose.suggested")}</p><h1>${nameOf(operation)}</h1>
        <div class="between room-tight"><p class="second grow">${[hours(operation.hours_x100), t("propose.no_price")].filter(Boolean).join(" · ")}</p>${own ? nothing : press({ text: t("propose.other"), size: "tap", isNarrow: true, onTap: () => { bay.scratch.isChoosing = true; bay.render(); } })}</div></div>
      ${operation.related?.length ? html`<div class="sheet-paper">${head("link", t("propose.related"))}<div class="ruled">${operation.related.map((/** @type {any} */ one) => ask(bay, one))}</div></div>` : nothing}
      <div class="pad room stack-tight"><label class="strong" for="text">${t("propose.words")}</label><textarea class="input" data-bay id="text" rows="2" maxlength="500" .value=${bay.scratch.text ?? ""} @input=${(/** @type {Event} */ event) => { bay.scratch.text = /** @type {HTMLTextAreaElement} */ (event.target).value; later(bay, `${operation.id}/propose`); }}></textarea></div>`,
    foot: dock(back(backTo), open ? press({ text: t("propose.open", { n: open }), isOff: true }) : main({ text: t("propose.submit"), icon: "send", onTap: () => submit(related, bay.scratch.text?.trim() ?? "") })),
  });
}

/** @param {Bay} bay @param {any} related */
function ask(bay, related) {
  const given = bay.scratch.answers[related.operation];
  const reason = speaksEnglish() ? related.reason_en ?? "" : related.reason_zh;
  const set = (/** @type {string} */ answer) => () => { bay.scratch.answers = { ...bay.scratch.answers, [related.operation]: answer }; bay.render(); };
  return html`<fieldset class="ask"><div class="line"><b>${nameOf(bay.operation(related.operation)) || related.operation}</b><span class="second">${reason ?? ""}</span></div>
    <div class="choices" data-size="bay">${ANSWERS.map((answer) => html`<label class="choice"><input type="radio" name=${related.operation} .checked=${given === answer} @change=${set(answer)}><span>${t(`answer.${answer}`)}</span></label>`)}</div></fieldset>`;
}

/** The same work already asked for on this order. @param {Bay} bay @param {any} order @param {string} operation @param {string} [own] */
const duplicate = (bay, order, operation, own) => mine(order).find((line) => line.operation_id === operation && line.id !== own && line.work_status !== "done");

/** @param {Bay} bay @param {import("./shared.js").Stand} stand @param {any[]} suggested */
function chooseOperation(bay, stand, suggested) {
  const typed = (bay.scratch.search ?? "").trim().toLowerCase();
  const all = bay.view.list("operations")?.operations ?? [];
  const found = typed ? all.filter((/** @type {any} */ one) => `${one.name_zh} ${one.name_en} ${one.initials ?? ""}`.toLowerCase().includes(typed)).slice(0, 12) : suggested;
  const choose = (/** @type {any} */ one) => () => { bay.scratch = { operation: one.id }; bay.render(); };
  return screen(bay, {
    top: platedTop(bay, stand.order),
    main: html`<div class="title"><h1>${t("propose.choose")}</h1></div>
      <div class="pad room"><input class="input" data-bay type="search" aria-label=${t("propose.search")} placeholder=${t("propose.search")} .value=${bay.scratch.search ?? ""} @input=${(/** @type {Event} */ event) => { bay.scratch.search = /** @type {HTMLInputElement} */ (event.target).value; bay.render(); }}></div>
      <ul class="ruled sheet-paper">${found.map((/** @type {any} */ one) => html`<li><button type="button" class="row-link" @click=${choose(one)}><span class="grow"><b>${nameOf(one)}</b><span class="second">${hours(one.hours_x100)}</span></span>${glyph("next")}</button></li>`)}</ul>
      ${found.length ? nothing : html`<p class="pad second room">${t(typed ? "propose.not_found" : "propose.type")}</p>`}`,
    foot: dock(back(pointPath(stand.order, stand.item, "finding")), html`<span class="grow"></span>`),
  });
}

/** @param {Bay} bay @param {import("./shared.js").Stand} stand @param {any} operation @param {any[]} related @param {string} text */
async function submit(bay, { order, item }, operation, related, text) {
  const addon = bay.newId();
  const isTargeted = (order.targeted ?? []).some((/** @type {any} */ rule) => rule.points.includes(item.point.id));
  const args = { addon, finding: /** @type {any} */ (item.finding).id, operation: operation.id, kind: isTargeted ? "targeted" : "incidental", related, text, ...(bay.scratch.isNotSame ? { duplicate_ok: true } : {}) };
  const undo = async () => { await bay.act(order.id, [{ type: "addon.withdraw", args: { addon, reason: "undo" } }]); bay.go(pointPath(order, item, "propose")); };
  if (await bay.act(order.id, [{ type: "addon.propose", args }], { say: t("propose.sent_strip"), undo, draft: `${operation.id}/propose` })) bay.go(`#/car/${order.id}/proposed/${addon}`);
}

/** Where the proposal is on its way to the customer's yes. @param {Bay} bay @param {{order: string, line: string}} at */
export function proposedScreen(bay, { order: id, line: lineId }) {
  const order = bay.view.order(id);
  const line = order?.lines?.find((/** @type {any} */ one) => one.id === lineId);
  if (!order || !line) return gone(bay);
  const finding = (order.inspections ?? []).flatMap((/** @type {any} */ one) => one.findings).find((/** @type {any} */ one) => one.id === line.finding_id);
  const isHere = bay.pending.some((mutation) => mutation.args.addon === lineId || mutation.args.line === lineId);
  const named = (/** @type {string} */ answer) => (line.related ?? []).filter((/** @type {any} */ one) => one.answer === answer).map((/** @type {any} */ one) => nameOf(bay.operation(one.operation_id)) || one.operation_id);
  const later = named("after_dismantling");
  const step = (/** @type {string} */ icon, /** @type {string} */ title, /** @type {unknown} */ text, /** @type {boolean} */ isDone, /** @type {boolean} */ isNow) => html`<li ?data-done=${isDone} aria-current=${isNow ? "step" : nothing}>${glyph(isDone ? "check" : icon)}<span><b>${title}</b><span class="second block">${text}</span></span></li>`;
  const rank = ["proposed", "reviewed", "presented", "approved"].indexOf(line.status);
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`
      <div class="title room-top"><h1>${t(isHere ? "proposed.here" : "proposed.shop")}</h1><p class="second">${[lineName(bay, line), ...named("needed")].join("＋")}${later.length ? html`<br>${t("proposed.later", { what: later.join(t("listed")) })}` : nothing}</p><div class="gap"></div></div>
      ${finding?.photos?.length ? html`<div class="three-pictures">${finding.photos.slice(0, 3).map((/** @type {any} */ one) => picture(bay, one))}</div>` : nothing}
      <div class="room"><ol class="trail">
        ${step("check", t("trail.here"), t("trail.here_text", { time: clock(line.proposed_at) }), true, false)}
        ${step("shop", t("trail.shop"), isHere ? t(bay.status.state?.stop ? "trail.shop_lost" : "trail.shop_soon") : t("trail.shop_done"), !isHere, isHere)}
        ${step("person", t("trail.review"), t("trail.review_text"), rank > 0, !isHere && rank === 0)}
        ${step("list", t("trail.price"), order.advisor?.name ?? "", rank > 1, rank === 1)}
        ${step("wait", t("trail.yes"), t("trail.yes_text"), rank > 2, rank === 2)}</ol></div>`,
    foot: dock(back(`#/car/${id}`), nextStep(bay, order)),
  });
}

/** @param {Bay} bay @param {any} order */
function nextStep(bay, order) {
  const sheet = bay.sheetOf(order), template = bay.templateOf(sheet);
  const next = sheet && template && !sheet.finished_at ? nextOf(template, order, sheet) : null;
  return next ? main({ text: t("continue", { what: next.title }), after: "next", href: next.href }) : main({ text: t("car.back"), href: `#/car/${order.id}` });
}
/** @param {any} template @param {any} order @param {any} sheet */
function nextOf(template, order, sheet) {
  const list = items(template, order, sheet);
  const item = nextOpen(list);
  return item && stepTo(template, order, list, item);
}
