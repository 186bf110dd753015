// What the technician sees: the shop's last snapshot with everything not yet in it played over it.
import { apply } from "./mutators.js";

/**
 * @typedef {{orders: Record<string, any>[], order: (id: string) => Record<string, any> | undefined, list: (name: string) => any, rev: (id: string) => number}} View
 * @typedef {{key: string, rev: number, data: any, gone?: boolean}} Doc
 */

/** @param {Map<string, Doc>} docs @param {import("./log.js").Mutation[]} pending @returns {View} */
export function build(docs, pending) {
  const orders = new Map();
  for (const [key, doc] of docs) if (key.startsWith("ro:")) orders.set(key, { ...doc.data, gone: Boolean(doc.gone || doc.data.gone) });
  for (const mutation of pending) {
    const order = orders.get(mutation.stream);
    if (order) orders.set(mutation.stream, apply(order, mutation));
  }
  return {
    orders: [...orders.values()].sort(byPromise),
    order: (id) => orders.get(`ro:${id}`),
    list: (name) => docs.get(`list:${name}`)?.data,
    rev: (id) => docs.get(`ro:${id}`)?.rev ?? 0,
  };
}

/** The car promised first comes first; one being worked on before all. @param {Record<string, any>} a @param {Record<string, any>} b */
function byPromise(a, b) {
  return (a.promised_at ?? "9").localeCompare(b.promised_at ?? "9") || String(a.number).localeCompare(String(b.number));
}
