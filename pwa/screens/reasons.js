// Why: why it differs from the number, why it could not be checked, why the work stops. One tap, or a few words of one's own.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, platedTop, press, screen, word } from "../elements/frame.js";
import { scaleLine } from "../elements/scale.js";
import { glyph } from "../elements/icon.js";
import { count, propose, specOf } from "../inspection.js";
import { month, said, t } from "../words.js";
import { gone } from "./car.js";
import { grades } from "./point.js";
import { lineName, measure, pointPath, record, standAt } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */

/** A few ready answers and room for one's own words, kept as a draft while typed.
 * @param {Bay} bay @param {{draft: string, options: string[], choose: (text: string) => unknown, size?: string, label?: string}} question */
export function answers(bay, { draft, options, choose, size, label = t("own_words") }) {
  if (bay.scratch.isWriting) {
    bay.scratch.text ??= "";
    const type = (/** @type {Event} */ event) => { bay.scratch.text = /** @type {HTMLTextAreaElement} */ (event.target).value; later(bay, draft); };
    return html`<div class="pad stack-tight"><label class="strong" for="own">${label}</label><textarea class="input" data-bay id="own" rows="3" maxlength="300" .value=${bay.scratch.text} @input=${type}></textarea>
      ${press({ text: t("save"), icon: "check", size: "tap", kind: "main", onTap: () => bay.scratch.text.trim() && choose(bay.scratch.text.trim()) })}</div>`;
  }
  const open = async () => { bay.scratch.isWriting = true; bay.scratch.text = (await bay.draft(draft)) ?? ""; bay.render(); document.getElementById("own")?.focus(); };
  return html`<div class="pad stack-tight">${options.map((text) => press({ text, size, onTap: () => choose(text) }))}
    <button type="button" class="press" data-size=${size ?? nothing} @click=${open}>${glyph("pen")}<span>${t("write_it")}</span></button></div>`;
}

/** Words being typed are written down 300 ms after the last key. @param {Bay} bay @param {string} draft */
export function later(bay, draft) {
  clearTimeout(bay.scratch.draftTimer);
  const { text } = bay.scratch;
  bay.scratch.draftTimer = setTimeout(() => void bay.keepDraft(draft, text), 300);
}

/** @param {Bay} bay @param {{order: string, key: string, grade: string}} at */
export function differScreen(bay, { order: id, key, grade }) {
  const stand = standAt(bay, id, key);
  if (!stand || stand.item.finding?.value === undefined) return gone(bay);
  const { item, order, title, zone, inZone, sheet } = stand;
  const { value } = /** @type {any} */ (item.finding);
  const proposed = propose(item.point, value, specOf(item.point, sheet)) ?? "watch";
  const here = pointPath(order, item);
  const choose = async (/** @type {string} */ why) => {
    if (await record(bay, stand, { rating: grade, value, differ_reason: why }, t("point.saved", { what: title, grade: t(`grade.${grade}`) }))) { void bay.keepDraft(`${key}/differ`, ""); bay.go(here); }
  };
  const asked = { ...stand, item: { ...item, finding: { ...item.finding, grade } } };
  const [figure, unit] = measure(item.point, value).split(" ");
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`<div class="title between"><h1>${title}</h1><span class="second nowrap">${said(zone?.name)} ${count(inZone).done}/${inZone.length}</span></div>
      <div class="readout between"><p>${t("differ.advised")} ${word(proposed)}<br>${t("differ.given")} ${word(grade)}</p><output>${figure}<span class="unit"> ${unit ?? ""}</span></output></div>
      ${scaleLine({ point: item.point, value, last: item.last?.value, spec: specOf(item.point, sheet) })}<div class="gap"></div>${grades(bay, /** @type {any} */ (asked))}
      <div class="pad at-foot room"><h2 class="ask-title">${t("differ.why")}</h2><p class="second">${t("differ.seen")}</p></div>
      ${answers(bay, { draft: `${key}/differ`, size: "tap", options: [t("differ.thinnest"), t("differ.ridge"), t("differ.leaving")], choose })}<div class="gap"></div>`,
    foot: dock(back(here), press({ text: t("differ.back_to", { grade: t(`grade.${proposed}`) }), icon: "undo", href: here })), hasToast: true,
  });
}

/** @param {Bay} bay @param {{order: string, key: string}} at */
export function cannotScreen(bay, { order: id, key }) {
  const stand = standAt(bay, id, key);
  if (!stand) return gone(bay);
  const { item, order, title, zone, inZone, next } = stand;
  const isMeasured = item.point.kind === "measured";
  const choose = async (/** @type {string} */ why) => {
    if (await record(bay, stand, { rating: "not_checked", not_checked_reason: why }, t("cannot.saved", { what: title }))) { void bay.keepDraft(`${key}/cannot`, ""); bay.go(next && next.key !== key ? pointPath(order, next) : `#/car/${order.id}/zone/${item.zone}`); }
  };
  const last = item.last?.value;
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`<div class="title between"><h1>${title}</h1><span class="second nowrap">${said(zone?.name)} ${count(inZone).done}/${inZone.length}</span></div>
      <p class="pad between room"><span class="second">${last === null || last === undefined ? "" : `${t("last")} ${measure(item.point, last)} · ${month(item.last?.at)}`}</span>${word("not_checked")}</p>
      <div class="pad at-foot"><h2 class="ask-title">${t(isMeasured ? "cannot.why" : "cannot.why_look")}</h2></div>
      ${answers(bay, { draft: `${key}/cannot`, options: isMeasured ? [t("cannot.wheel"), t("cannot.tool"), t("cannot.leaving")] : [t("cannot.hidden"), t("cannot.lift"), t("cannot.leaving")], choose })}
      <p class="second pad room">${t("cannot.honest")}</p>`,
    foot: dock(back(pointPath(order, item)), press({ text: t(isMeasured ? "cannot.try" : "cannot.try_look"), href: pointPath(order, item) })), hasToast: true,
  });
}

/** Why the work stops: the day's reason table is made of these. @param {Bay} bay @param {{order: string, line: string}} at */
export function pauseScreen(bay, { order: id, line: lineId }) {
  const order = bay.view.order(id);
  const line = order?.lines?.find((/** @type {any} */ one) => one.id === lineId);
  if (!order || !line) return gone(bay);
  const choose = async (/** @type {string} */ reason) => {
    const say = t("job.paused_saved", { what: lineName(bay, line) });
    if (await bay.act(id, [{ type: "job.pause", args: { line: lineId, reason } }], { say, draft: `${lineId}/pause`, undo: () => bay.act(id, [{ type: "job.start", args: { line: lineId } }]) })) bay.go(`#/car/${id}`);
  };
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`<div class="title"><p class="second">${lineName(bay, line)}</p><h1>${t("pause.why")}</h1></div><div class="at-foot"></div>
      ${answers(bay, { draft: `${lineId}/pause`, options: [t("pause.parts"), t("pause.called"), t("pause.advisor"), t("pause.break")], choose })}<div class="gap"></div>`,
    foot: dock(back(`#/car/${id}`), press({ text: t("pause.go_on"), href: `#/car/${id}` })), hasToast: true,
  });
}
