// One point: a value that grades itself, or three grades; a good one flows on, a bad one stays and asks for its photograph.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, main, platedTop, press, screen, toast, word } from "../elements/frame.js";
import { glyph, mark } from "../elements/icon.js";
import { boxes, keypad } from "../elements/keypad.js";
import { picture } from "../elements/picture.js";
import { scaleLine } from "../elements/scale.js";
import { advises, count, digits, gradeOf, isOpen, isPlausible, lacksPhoto, propose, specOf, valueOf } from "../inspection.js";
import { month, said, t, unitOf } from "../words.js";
import { gone } from "./car.js";
import { limitText, measure, monthsBetween, pointPath, record, standAt, stepTo } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */
/** @typedef {import("./shared.js").Stand} Stand */
/** @typedef {"good" | "watch" | "replace"} Given */

const GRADES = /** @type {Given[]} */ (["good", "watch", "replace"]);
const NUDGE_MS = 600;

/** @param {Bay} bay @param {{order: string, key: string}} at */
export function pointScreen(bay, { order, key }) {
  const stand = standAt(bay, order, key);
  if (!stand) return gone(bay);
  const { item, sheet } = stand;
  const { point } = item;
  const isMeasured = point.kind === "measured";
  if (isMeasured && point.compare?.spec && specOf(point, sheet) === null) return specPoint(bay, stand);
  const isOpenValue = isMeasured && (gradeOf(item) === "not_checked" || bay.scratch.isTyping);
  if (isOpenValue) return typing(bay, stand);
  if (gradeOf(item) === "not_checked") return looking(bay, stand);
  return judged(bay, stand);
}

/** @param {Stand} stand */
export const zonePath = ({ order, item }) => `#/car/${order.id}/zone/${item.zone}`;

/** What good and bad look like, until there is a photograph of this car. @param {Bay} bay @param {Stand} stand */
function pair(bay, stand) {
  const { point } = stand.item;
  const good = bay.pictures.drawing(point.good_picture), bad = bay.pictures.drawing(point.bad_picture);
  const how = pointPath(stand.order, stand.item, "how");
  const half = (/** @type {string | null} */ url, /** @type {string} */ grade, /** @type {any} */ looks) => html`<a class="fill" href=${how}>${url ? html`<img src=${url} alt=${said(looks)}>` : html`<span class="no-picture"></span>`}<span class="cap">${mark(grade)}${url ? t(`point.like_${grade}`) : said(looks)}</span></a>`;
  if (!good && !bad) return html`<div class="gap" data-grow></div>`;
  return html`<div class="pair" data-grow>${half(good, "good", point.good_looks_like)}${half(bad, "replace", point.bad_looks_like)}</div>`;
}

/** @param {string} title @param {unknown} [right] */
const heading = (title, right = word("not_checked")) => html`<div class="title between"><h1>${title}</h1>${right}</div>`;

// ---- the keypad

/** @param {Bay} bay @param {Stand} stand */
function typing(bay, stand) {
  const { item, title, order, next } = stand;
  const { point, last } = item;
  const size = sizeOf(bay, point);
  const typed = bay.scratch.typed ?? "";
  const hasTens = size.int === 1 && size.dec && point.input?.max >= 10 && !typed;
  const isSigned = point.digits?.sign ? !["plus", "minus"].includes(point.digits.sign) : point.input?.min < 0;
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`${pair(bay, stand)}${heading(title)}
      <div class="readout"><div>${last ? html`<p class="second">${t("last")} ${month(last.at)}</p><p class="last-figure">${last.value === null || last.value === undefined ? t(`grade.${last.grade}`) : measure(point, last.value)}</p>` : html`<p class="second">${t("point.first_time")}</p>`}
        <p class="second">${limitText(point)}</p></div>
        ${hasTens ? press({ text: "10+", size: "tap", onTap: () => { bay.scratch.tens = true; bay.render(); } }) : nothing}
        ${isSigned && !typed ? press({ text: "±", size: "tap", onTap: () => { bay.scratch.isNegative = !isNegative(bay, point); bay.render(); } }) : nothing}
        ${boxes({ typed, ...size, unit: unitOf(point.unit), isNegative: isNegative(bay, point) })}</div>
      ${toast(bay)}
      ${keypad({ onDigit: (digit) => type(bay, stand, digit), onBack: () => { bay.scratch.typed = typed.slice(0, -1); bay.render(); },
        left: html`<a class="key" data-word href=${pointPath(order, item, "cannot")}>${t("point.cannot")}</a>` })}`,
    foot: dock(back(zonePath(stand)), press({ text: t("point.how"), icon: "book", href: pointPath(order, item, "how") }), press({ text: t("point.skip"), href: next && next !== item ? pointPath(order, next) : zonePath(stand) })),
    hasToast: true,
  });
}

/** @param {Bay} bay @param {any} point */
const isNegative = (bay, point) => bay.scratch.isNegative ?? (point.digits?.sign === "minus" || point.input?.max <= 0);

/** @param {Bay} bay @param {any} point */
function sizeOf(bay, point) {
  const { int, dec } = digits(point);
  return { int: bay.scratch.tens ? 2 : int, dec };
}

/** The last digit saves. @param {Bay} bay @param {Stand} stand @param {string} digit */
function type(bay, stand, digit) {
  const { point } = stand.item;
  const size = sizeOf(bay, point);
  const typed = (bay.scratch.typed ?? "") + digit;
  if (typed.length > size.int + size.dec) return;
  bay.scratch.typed = typed;
  bay.render();
  if (typed.length < size.int + size.dec) return;
  const value = valueOf(typed, size, isNegative(bay, point));
  if (isPlausible(point, value)) return void save(bay, stand, value);
  bay.scratch.typed = "";
  bay.tell({ text: t("point.implausible", { value: `${value} ${unitOf(point.unit)}` }) });
}

/** @param {Bay} bay @param {Stand} stand @param {number} value */
async function save(bay, stand, value) {
  const { item, sheet, title, order, next } = stand;
  const rating = propose(item.point, value, specOf(item.point, sheet)) ?? "watch";
  const isSaved = await record(bay, stand, { rating, value }, t("point.saved_value", { what: title, value: measure(item.point, value), grade: t(`grade.${rating}`) }));
  if (!isSaved) return;
  bay.scratch = {};
  if (rating === "good") return forward(bay, stand);
  bay.render();
}

/** Good flows on. @param {Bay} bay @param {Stand} stand */
export function forward(bay, { order, next, item, list, template }) {
  navigator.vibrate?.([15, 40, 15]);
  const inZone = next && next.zone === item.zone ? next : list.find((one) => one.zone === item.zone && one !== item && isOpen(one));
  const to = inZone ?? next;
  bay.go(to ? stepTo(template, order, list, to).href : `#/car/${order.id}/inspection`);
}

/** This car's own figure first: without it the value says nothing. @param {Bay} bay @param {Stand} stand */
function specPoint(bay, stand) {
  const { item, sheet, template, order } = stand;
  const { spec } = item.point.compare;
  const isFine = spec === "disc_minimum_thickness";
  const size = isFine ? { int: 2, dec: 1 } : { int: 3, dec: 0 };
  const typed = bay.scratch.spec ?? "";
  const done = async () => {
    const value = valueOf(bay.scratch.spec.padEnd(size.int + size.dec, "0"), size);
    if (await bay.act(order.id, [{ type: "insp.spec_set", args: { insp: sheet.id, spec, value } }], { say: t("point.spec_saved", { what: said(template.specs?.[spec]) || t("point.spec"), value }) })) { bay.scratch = {}; bay.render(); }
  };
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`<div class="title room-top"><p class="second">${stand.title}</p><h1>${t("point.spec_first", { what: said(template.specs?.[spec]) || t("point.spec") })}</h1><p class="second">${t("point.spec_why")}</p></div>
      <div class="gap" data-grow></div><div class="readout"><div></div>${boxes({ typed, ...size, unit: unitOf(item.point.unit) })}</div>${toast(bay)}
      ${keypad({ onDigit: (digit) => { bay.scratch.spec = (typed + digit).slice(0, size.int + size.dec); bay.render(); if (bay.scratch.spec.length === size.int + size.dec) void done(); }, onBack: () => { bay.scratch.spec = typed.slice(0, -1); bay.render(); },
        left: html`<a class="key" data-word href=${pointPath(order, item, "cannot")}>${t("point.cannot")}</a>` })}`,
    foot: dock(back(zonePath(stand)), press({ text: t("point.skip"), href: stand.next && stand.next !== item ? pointPath(order, stand.next) : zonePath(stand) })), hasToast: true,
  });
}

// ---- by eye

/** @param {Bay} bay @param {Stand} stand */
function looking(bay, stand) {
  const { item, order, title } = stand;
  const { last } = item;
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`${pair(bay, stand)}${heading(title)}
      <p class="pad room-tight">${last ? html`${t("last")} ${word(last.grade ?? "not_checked")} <span class="second nowrap">${month(last.at)}</span>` : html`<span class="second">${said(item.point.how_to_check)}</span>`}</p>
      <div class="gap"></div>${toast(bay)}${grades(bay, stand)}<div class="gap"></div>`,
    foot: dock(back(zonePath(stand)), press({ text: t("point.photo"), icon: "camera", onTap: () => toCamera(bay, stand) }), press({ text: t("point.cannot_look"), href: pointPath(order, item, "cannot") })),
    hasToast: true,
  });
}

/** Three equal answers; the proposed one keeps a dashed edge when another was given. @param {Bay} bay @param {Stand} stand */
export function grades(bay, stand) {
  const now = gradeOf(stand.item);
  const proposed = propose(stand.item.point, stand.item.finding?.value, specOf(stand.item.point, stand.sheet));
  return html`<div class="grades" role="group" aria-label=${t("point.judge")}>${GRADES.map((grade) => html`<button type="button" class="grade" data-state=${grade} aria-pressed=${now === grade} ?data-proposed=${proposed === grade && now !== grade} @click=${() => give(bay, stand, grade, proposed)}>${mark(grade)}${t(`grade.${grade}`)}</button>`)}</div>`;
}

/** @param {Bay} bay @param {Stand} stand @param {Given} grade @param {import("../inspection.js").Grade | null} proposed */
async function give(bay, stand, grade, proposed) {
  const { item, order, title } = stand;
  if (gradeOf(item) === grade) return;
  if (proposed && grade !== proposed) return bay.go(pointPath(order, item, `differ/${grade}`));
  const value = item.finding?.value ?? undefined;
  const isSaved = await record(bay, stand, { rating: grade, ...(value === undefined ? {} : { value }) }, t("point.saved", { what: title, grade: t(`grade.${grade}`) }));
  if (isSaved && grade === "good") forward(bay, stand);
}

/** A photograph needs a finding to hang on. @param {Bay} bay @param {Stand} stand */
async function toCamera(bay, stand) {
  const { item, order } = stand;
  if (!item.finding) {
    const isSaved = await record(bay, stand, { rating: "not_checked", not_checked_reason: t("undone") }, t("point.opened"));
    if (!isSaved) return;
    bay.strip = null;
  }
  const id = standAt(bay, order.id, item.key)?.item.finding?.id;
  bay.go(`#/car/${order.id}/camera/finding/${id}`);
}

// ---- judged

/** @param {Bay} bay @param {Stand} stand */
function judged(bay, stand) {
  const { item, order, zone, inZone, title, sheet } = stand;
  const { point, finding, last } = item;
  const f = /** @type {any} */ (finding);
  const [photo] = f.photos ?? [];
  const hasValue = f.value !== null && f.value !== undefined;
  const spec = specOf(point, sheet);
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`${hero(bay, stand, photo)}
      <div class="title between"><h1>${title}</h1><span class="second nowrap">${said(zone?.name)} ${count(inZone).done}/${inZone.length}</span></div>
      ${f.two_readings ? html`<p class="pad strong">${t("point.two_readings")}</p>` : nothing}
      ${hasValue ? html`${value(bay, stand)}${scaleLine({ point, value: f.value, last: last?.value, spec })}<p class="pad room-tight verdict">${verdict(stand)}</p>` : html`<p class="pad room-tight">${f.differ_reason || f.not_checked_reason || (last ? html`${t("last")} ${word(last.grade ?? "not_checked")}` : nothing)}</p>`}
      ${toast(bay)}${grades(bay, stand)}<div class="gap"></div>`,
    foot: foot(bay, stand), hasToast: true,
  });
}

/** @param {Bay} bay @param {Stand} stand @param {any} photo */
function hero(bay, stand, photo) {
  const { item, order } = stand;
  if (photo) {
    const n = item.finding?.photos.length;
    const isHere = item.finding?.photos.some((/** @type {any} */ one) => bay.blobs[one.sha256] === "local");
    return html`<a class="hero" data-fill href=${pointPath(order, item, "finding")}>${picture(bay, photo, { isFull: true, alt: stand.title })}<span class="hero-tag" data-at="end">${glyph(isHere ? "phone" : "check")}${t(isHere ? "photo.n_here" : "photo.n_shop", { n })}</span></a>`;
  }
  if (!lacksPhoto(item)) return pair(bay, stand);
  return html`<button type="button" class="hero" data-fill data-empty @click=${() => toCamera(bay, stand)}>${glyph("camera")}<b>${t("point.needs_photo")}</b><span class="second">${t("point.needs_photo_hint")}</span></button>`;
}

/** @param {Bay} bay @param {Stand} stand */
function value(bay, stand) {
  const { point, finding } = stand.item;
  const step = point.nudge ?? point.input?.step ?? 1;
  const shownValue = bay.scratch.value ?? finding?.value;
  const nudge = (/** @type {number} */ by) => {
    const next = Math.round((shownValue + by) * 1e6) / 1e6;
    if (!isPlausible(point, next)) return;
    bay.scratch.value = next;
    clearTimeout(bay.scratch.timer);
    bay.scratch.timer = setTimeout(() => { delete bay.scratch.value; void correct(bay, stand, next); }, NUDGE_MS); // settle before writing: the log is never rewritten
    bay.render();
  };
  const [figure, unit] = measure(point, shownValue).split(" ");
  return html`<div class="value"><button type="button" class="press" aria-label=${t("point.less", { n: step })} @click=${() => nudge(-step)}>${glyph("minus")}</button>
    <output @click=${() => { bay.scratch = { isTyping: true }; bay.render(); }}>${figure}<span class="unit"> ${unit ?? ""}</span></output>
    <button type="button" class="press" aria-label=${t("point.more", { n: step })} @click=${() => nudge(step)}>${glyph("plus")}</button></div>`;
}

/** @param {Bay} bay @param {Stand} stand @param {number} next */
function correct(bay, stand, next) {
  const rating = propose(stand.item.point, next, specOf(stand.item.point, stand.sheet)) ?? gradeOf(stand.item);
  return record(bay, stand, { rating, value: next }, t("point.saved_value", { what: stand.title, value: measure(stand.item.point, next), grade: t(`grade.${rating}`) }));
}

/** What the number says, in one line. @param {Stand} stand */
export function verdict({ item, sheet }) {
  const { point, finding, last } = item;
  const value = finding?.value;
  const proposed = propose(point, value, specOf(point, sheet));
  const months = monthsBetween(last?.at, Date.now());
  const worn = last?.value !== null && last?.value !== undefined && months > 0 ? t("point.worn", { months, n: Math.abs(Math.round((last.value - value) * 100) / 100) }) : "";
  const advice = proposed === "watch" && advises(point, value, specOf(point, sheet)) ? `${t("comma")}${said(point.advise_now_within_watch.text)}` : "";
  return html`${worn}${worn ? t("comma") : ""}${limitText(point)}${advice}${proposed ? html`${t("comma")}<b>${t("point.advice", { grade: t(`grade.${proposed}`) })}</b>` : nothing}`;
}

/** Replace without a photo: photograph. Replace with one: propose work. Otherwise: on. @param {Bay} bay @param {Stand} stand */
function foot(bay, stand) {
  const { item, order, next } = stand;
  const onward = next && next !== item ? pointPath(order, next) : zonePath(stand);
  const isReplace = gradeOf(item) === "replace", hasPhotos = Boolean(item.finding?.photos?.length);
  if (isReplace && !hasPhotos) return dock(back(zonePath(stand)), main({ text: t("point.photo"), icon: "camera", onTap: () => toCamera(bay, stand) }), press({ text: t("point.next"), href: onward }));
  const photo = press({ text: t(hasPhotos ? "point.photo_more" : "point.photo"), icon: "camera", isNarrow: true, onTap: () => toCamera(bay, stand) });
  if (hasPhotos && gradeOf(item) !== "good" && !proposedFor(order, item)) return dock(back(zonePath(stand)), photo, main({ text: t("addon.propose"), after: "next", href: pointPath(order, item, "propose") }));
  return dock(back(zonePath(stand)), photo, main({ text: t("point.next"), after: "next", href: onward }));
}

/** @param {any} order @param {any} item */
export const proposedFor = (order, item) => (order.lines ?? []).find((/** @type {any} */ line) => line.finding_id && line.finding_id === item.finding?.id && line.status !== "withdrawn");
