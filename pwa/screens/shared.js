// How screens name and reach things: paths, titles, an order's lines.
import { isOpen, items, looks, nextOpen, shown } from "../inspection.js";
import { lasting, nameOf, placed, said, t, unitOf } from "../words.js";

/** @typedef {import("../bay.js").Bay} Bay */
/** @typedef {import("../inspection.js").Item} Item */

/** @param {Record<string, any>} order @param {{key: string}} item @param {string} [more] */
export const pointPath = (order, item, more = "") => `#/car/${order.id}/point/${encodeURIComponent(item.key)}${more ? `/${more}` : ""}`;

/** @param {any} template @param {Item} item */
export const pointTitle = (template, item) => placed(template?.positions?.[item.position], item.point.name);

/** @param {any} template */
export const sheetName = (template) => nameOf(template) || t("inspection.title");

/** @param {any} point @param {number} value */
export const measure = (point, value) => `${shown(point, value)}${point.unit ? ` ${unitOf(point.unit)}` : ""}`;

/** Lines that still count. @param {Record<string, any>} order @returns {any[]} */
export const mine = (order) => (order.lines ?? []).filter((/** @type {any} */ line) => line.work_status !== "removed" && line.status !== "withdrawn");

/** An add-on made here has no title yet: its operation names it. @param {Bay} bay @param {any} line */
export const lineName = (bay, line) => nameOf(line) || nameOf(bay.operation(line.operation_id));

/** @param {Bay} bay @param {any} line */
export const minutesRunning = (bay, line) => Math.max(0, Math.floor((bay.now() - Date.parse(line.running_since ?? 0)) / 60000)) + (line.spent_minutes ?? 0);

/** @param {Bay} bay @param {any} line */
export function stopwatch(bay, line) {
  const seconds = Math.max(0, Math.floor((bay.now() - Date.parse(line.running_since)) / 1000)) + (line.spent_minutes ?? 0) * 60;
  const pad = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  return `${hours ? `${hours}:` : ""}${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

/** Everything about one point of one car. @param {Bay} bay @param {string} orderId @param {string} key */
export function standAt(bay, orderId, key) {
  const order = bay.view.order(orderId);
  const sheet = bay.sheetOf(order), template = bay.templateOf(sheet);
  if (!order || !sheet || !template) return null;
  const list = items(template, order, sheet);
  const item = list.find((one) => one.key === key);
  if (!item) return null;
  const zone = template.zones.find((/** @type {any} */ one) => one.id === item.zone);
  const inZone = list.filter((one) => one.zone === item.zone);
  return { order, sheet, template, list, item, zone, inZone, title: pointTitle(template, item), next: nextOpen(list, key) };
}
/** @typedef {NonNullable<ReturnType<typeof standAt>>} Stand */

/** Where an open place is answered: with its glance when the whole glance is open, else by itself. @param {any} template @param {any} order @param {Item[]} list @param {Item} item */
export function stepTo(template, order, list, item) {
  const zone = template.zones.find((/** @type {any} */ one) => one.id === item.zone);
  const look = zone && looks(zone, list.filter((one) => one.zone === item.zone), order).find((/** @type {any} */ one) => one.items.includes(item) && one.items.every(isOpen));
  return look ? { href: `#/car/${order.id}/zone/${item.zone}`, title: said(look.name) } : { href: pointPath(order, item), title: pointTitle(template, item) };
}

/** First tap on a list also starts it. @param {any} sheet */
export const starting = (sheet) => (sheet.started_at ? [] : [{ type: "insp.start", args: { insp: sheet.id } }]);

/** @param {Item} item */
export const momentOf = (item) => (item.zone === "test_drive" ? "test_drive" : "maintenance");

/** @param {Bay} bay @param {Stand} stand @param {Record<string, any>} facts */
export const setting = (bay, { sheet, item }, facts) => [...starting(sheet), {
  type: "insp.item_set",
  args: { insp: sheet.id, finding: item.finding?.id ?? bay.newId(), item: item.point.id, position: item.position, moment: momentOf(item), ...facts },
}];

/** What it was before, as a further mutation: the log is never rewritten. @param {Item} item */
export function before(item) {
  const { finding } = item;
  if (!finding || (finding.grade === "not_checked" && !finding.not_checked_reason)) return { rating: "not_checked", not_checked_reason: t("undone") };
  const { value, differ_reason, not_checked_reason } = finding;
  return { rating: finding.grade, ...(value === null || value === undefined ? {} : { value }), ...(differ_reason ? { differ_reason } : {}), ...(not_checked_reason ? { not_checked_reason } : {}) };
}

/** Record one point, with the way back. @param {Bay} bay @param {Stand} stand @param {Record<string, any>} facts @param {string} say */
export function record(bay, stand, facts, say) {
  const wishes = setting(bay, stand, facts);
  const { args } = /** @type {any} */ (wishes.at(-1));
  const was = before(stand.item);
  const here = pointPath(stand.order, stand.item);
  const undo = async () => {
    await bay.act(stand.order.id, [{ type: "insp.item_set", args: { ...args, value: undefined, differ_reason: undefined, ...was } }]);
    bay.go(here);
  };
  return bay.act(stand.order.id, wishes, { say, undo });
}

/** @param {string | null | undefined} from @param {number} to */
export const monthsBetween = (from, to) => (from ? Math.round((to - Date.parse(from)) / (30.44 * 24 * 3600 * 1000)) : 0);

/** @param {string} from @param {number} to */
export const minutesBetween = (from, to) => lasting(Math.max(0, Math.round((to - Date.parse(from)) / 60000)));

/** @param {any} point */
export function limitText(point) {
  if (point.limit_by === "shop") return said(point.limit?.text); // advice, not a limit: never said as "must be replaced"
  if (point.limit?.low !== null && point.limit?.low !== undefined && (point.compare?.mode ?? "absolute") === "absolute") return t("limit.below", { n: shown(point, point.limit.low) });
  if (point.limit?.high !== null && point.limit?.high !== undefined && (point.compare?.mode ?? "absolute") === "absolute") return t("limit.above", { n: shown(point, point.limit.high) });
  return said(point.limit?.text);
}
