// The rules of a list of points the phone needs with no network: which points, what a value means, what comes next. Data comes from the template.

/**
 * @typedef {{point: Record<string, any>, position: string, key: string, zone: string, finding: Record<string, any> | undefined, last: Record<string, any> | undefined}} Item
 * @typedef {"good" | "watch" | "replace" | "not_checked"} Grade
 */

/** The template knows three drives; plug-in and range-extended cars have both halves. @type {Record<string, string>} */
const DRIVES = { hev: "hybrid", phev: "hybrid", erev: "hybrid", bev: "electric", ev: "electric" };

export const WHEELS = ["FL", "FR", "RL", "RR"];

/** @param {Record<string, any>} point @param {Record<string, any>} order */
function applies(point, order) {
  const targeted = (order.targeted ?? []).some((/** @type {any} */ rule) => rule.points.includes(point.id));
  if (point.in_general_template === false && !targeted) return false;
  if (point.applies_to && order.powertrain && !point.applies_to.includes(DRIVES[order.powertrain] ?? order.powertrain)) return false;
  return !point.vehicle_class || point.vehicle_class.includes(order.vehicle_class ?? "passenger");
}

/** Every place of this car that is looked at, in the template's order. @param {any} template @param {Record<string, any>} order @param {Record<string, any>} sheet @returns {Item[]} */
export function items(template, order, sheet) {
  const zones = [...template.zones].sort((a, b) => a.order - b.order).map((zone) => zone.id);
  const points = template.points.filter((/** @type {any} */ point) => applies(point, order));
  points.sort((/** @type {any} */ a, /** @type {any} */ b) => zones.indexOf(a.zone) - zones.indexOf(b.zone) || (a.order ?? 0) - (b.order ?? 0));
  const found = new Map((sheet.findings ?? []).map((/** @type {any} */ one) => [`${one.point}.${one.position ?? ""}`, one]));
  const listed = points.flatMap((/** @type {any} */ point) => (point.positions?.length ? point.positions : [""]).map((/** @type {string} */ position) => ({
    point, position, key: `${point.id}.${position}`, zone: point.zone, finding: found.get(`${point.id}.${position}`), last: order.last_visit?.values?.[`${point.id}|${position}`],
  })));
  return [...listed, ...others(sheet)];
}

/** What was found outside the template. @param {Record<string, any>} sheet @returns {Item[]} */
function others(sheet) {
  return (sheet.findings ?? []).filter((/** @type {any} */ one) => one.title && (one.point ?? "").startsWith("other")).map((/** @type {any} */ one) => ({
    point: { id: one.point, name: { zh: one.title, en: one.title }, kind: "observed", zone: one.zone ?? "other" }, position: one.position ?? "",
    key: `${one.point}.${one.position ?? ""}`, zone: one.zone ?? "other", finding: one, last: undefined,
  }));
}

/** @param {Item} item @returns {Grade} */
export const gradeOf = (item) => item.finding?.grade ?? "not_checked";

/** @param {Item} item */
export const isOpen = (item) => gradeOf(item) === "not_checked" && !reasonGiven(item);

/** "Undone" leaves a reason at the shop but is open again for the technician. @param {Item} item */
const reasonGiven = (item) => Boolean(item.finding?.not_checked_reason) && !item.finding?.not_checked_reason.startsWith("↺");

/** @param {Item[]} list */
export function count(list) {
  const counts = { good: 0, watch: 0, replace: 0, not_checked: 0 };
  for (const item of list) counts[gradeOf(item)] += 1;
  return { ...counts, all: list.length, done: list.length - counts.not_checked };
}

/** The next open place after this one, round and round. @param {Item[]} list @param {string} [after] */
export function nextOpen(list, after) {
  const at = list.findIndex((item) => item.key === after);
  return [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))].find(isOpen);
}

/** @param {number} value @param {Record<string, number>} bounds */
function within(value, bounds) {
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = bounds;
  return value > gt && value >= gte && value < lt && value <= lte;
}

/** The value in the unit its limits are in: itself, a share of this car's own figure, or the difference. @param {any} point @param {number} value @param {number | null | undefined} spec */
export function compared(point, value, spec) {
  const mode = point.compare?.mode ?? "absolute";
  if (mode === "absolute") return value;
  if (!spec) return null;
  const figure = mode === "percent_of_spec" ? (value * 100) / spec : value - spec;
  return Math.round(figure * 1e6) / 1e6;
}

/** The grade the template gives a value; null where no number decides. @param {any} point @param {number | null | undefined} value @param {number | null} [spec] @returns {Grade | null} */
export function propose(point, value, spec) {
  if (value === null || value === undefined || point.kind !== "measured") return null;
  const figure = compared(point, value, spec);
  if (figure === null) return null;
  for (const grade of /** @type {Grade[]} */ (["replace", "watch", "good"])) {
    if (point.thresholds[grade].some((/** @type {any} */ bounds) => within(figure, bounds))) return grade;
  }
  return null;
}

/** Whether the shop advises work though law and maker still allow it. @param {any} point @param {number | null | undefined} value @param {number | null} [spec] */
export function advises(point, value, spec) {
  const figure = value === null || value === undefined ? null : compared(point, value, spec);
  return figure !== null && Boolean(point.advise_now_within_watch?.ranges?.some((/** @type {any} */ bounds) => within(figure, bounds)));
}

/** @param {any} point @param {number} value */
export const isPlausible = (point, value) => !point.input || (value >= point.input.min && value <= point.input.max);

/** How many boxes the keypad prints, before and behind the point. @param {any} point */
export function digits(point) {
  if (point.digits) return { int: point.digits.int, dec: point.digits.dec };
  const { max = 99, min = 0, step = 1 } = point.input ?? {};
  const dec = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const widest = Math.max(Math.abs(max), Math.abs(min));
  const int = String(Math.trunc(widest)).length;
  return { int: widest <= 20 && dec === 1 ? 1 : int, dec };
}

/** Digits as typed, with the printed point put in. @param {string} typed @param {{int: number, dec: number}} boxes @param {boolean} [isNegative] */
export function valueOf(typed, { int, dec }, isNegative = false) {
  const text = dec ? `${typed.slice(0, int)}.${typed.slice(int)}` : typed;
  return isNegative ? -Number(text) : Number(text);
}

/** @param {any} point @param {number} value */
export const shown = (point, value) => value.toFixed(digits(point).dec);

/** This car's own figure a point is judged against. @param {any} point @param {Record<string, any>} sheet */
export const specOf = (point, sheet) => (point.compare?.spec ? sheet.specs?.[point.compare.spec] ?? null : null);

/** The limits of a point as they stand for this car, in the unit that is measured: where replace ends and where watch ends.
 * @param {any} point @param {number | null} spec @returns {{from: number, to: number, replace: number | null, watch: number | null, isLowBad: boolean} | null} */
export function scale(point, spec) {
  const { replace, good } = point.thresholds ?? {};
  const back = (/** @type {number | undefined} */ figure) => {
    if (figure === undefined) return null;
    const mode = point.compare?.mode ?? "absolute";
    if (mode === "absolute") return figure;
    if (!spec) return null;
    return mode === "percent_of_spec" ? (figure * spec) / 100 : figure + spec;
  };
  if (!Array.isArray(good) || good.length !== 1) return null;
  const low = back(good[0].gte ?? good[0].gt), high = back(good[0].lte ?? good[0].lt);
  const isLowBad = low !== null;
  if (low !== null && high !== null) return null;
  const edge = (/** @type {any[]} */ list) => back(isLowBad ? list[0]?.lt ?? list[0]?.lte : list[0]?.gt ?? list[0]?.gte);
  const limit = edge(replace ?? []);
  if (limit === null || (low ?? high) === null) return null;
  const start = low ?? /** @type {number} */ (high);
  const span = Math.max(Math.abs(start), 1) * 1.6;
  return isLowBad ? { from: Math.min(0, limit), to: point.scale_to ?? start + span, replace: limit, watch: start, isLowBad }
    : { from: Math.max(point.input?.min ?? 0, start - span), to: limit + (limit - start) + span / 4, replace: limit, watch: start, isLowBad };
}

/** The looks of a zone: points one glance covers, never one that was watch or worse last time, never a targeted check. @param {any} zone @param {Item[]} list @param {Record<string, any>} order */
export function looks(zone, list, order) {
  const targeted = new Set((order.targeted ?? []).flatMap((/** @type {any} */ rule) => rule.points));
  const fits = (/** @type {Item} */ item) => item.point.kind === "observed" && !targeted.has(item.point.id) && !["watch", "replace"].includes(item.last?.grade);
  return (zone.looks ?? []).map((/** @type {any} */ look) => ({ ...look, items: list.filter((item) => look.points.includes(item.point.id) && fits(item)) }))
    .filter((/** @type {any} */ look) => look.items.length > 1);
}

/** Evidence a finding still lacks before work may be proposed on it. @param {Item} item */
export const lacksPhoto = (item) => gradeOf(item) === "replace" && !item.finding?.photos?.length;
