// The sync side of the phone's database: what the shop has, what it has not; each answer is taken in by one strict transaction.
import { readMeta } from "./log.js";

const WEEK_MS = 7 * 24 * 3600 * 1000;
const BATCH = 50;
const STORES = ["meta", "outbox", "sent", "docs", "blobs", "needs"];

/**
 * @typedef {import("./log.js").Mutation} Mutation
 * @typedef {{seq: number, mid: string | null}} Ack
 * @typedef {{device_id: string, acked: Ack, cursor: {timeline: string, rev: number} | null, head: Mutation[], waiting: string[], mustFork: boolean,
 *   trouble: {seq: number, tries: number, since: number} | null, pending: {mutations: number, blobs: number, oldest_at: string | null}}} Local
 * @typedef {{do: string} & Record<string, any>} Change
 */

/** What a step needs to know. @param {import("./db.js").Database} database @returns {Promise<Local>} */
export function look(database) {
  return database.withDb(async (db) => {
    const transaction = db.transaction(["meta", "outbox", "blobs"]);
    const meta = await readMeta(transaction.objectStore("meta"));
    const acked = meta.acked ?? { seq: 0, mid: null };
    const unsent = IDBKeyRange.lowerBound(acked.seq, true);
    const outbox = transaction.objectStore("outbox");
    const [head, count] = await Promise.all([outbox.getAll(unsent, BATCH), outbox.count(unsent)]);
    const waiting = [];
    for (let cursor = await transaction.objectStore("blobs").openCursor(); cursor; cursor = await cursor.continue()) {
      if (cursor.value.state === "local") waiting.push(String(cursor.key));
    }
    return {
      device_id: meta.device_id, acked, cursor: meta.cursor ?? null, head, waiting, mustFork: Boolean(meta.fork), trouble: meta.trouble ?? null,
      pending: { mutations: count, blobs: waiting.length, oldest_at: head[0]?.at_wall ?? null },
    };
  });
}

/** @param {import("./db.js").Database} database @param {string} sha256 */
export const blobOf = (database, sha256) => database.withDb((db) => db.get("blobs", sha256));

/** Take in what a request brought, all of it or nothing. @param {import("./db.js").Database} database @param {Change[]} changes */
export function commit(database, changes) {
  return database.withDb(async (db) => {
    const transaction = db.transaction(STORES, "readwrite", { durability: "strict" });
    try {
      for (const change of changes) await TAKE[change.do](transaction, change);
      await transaction.done;
    } catch (error) {
      try { transaction.abort(); } catch { /* already over */ }
      await transaction.done.catch(() => {});
      throw transaction.error ?? error;
    }
  });
}

/** @type {Record<string, (transaction: any, change: any) => Promise<unknown>>} */
const TAKE = {
  ack: (transaction, { seq, mid }) => acknowledge(transaction, seq, mid),
  verdicts: takeVerdicts,
  pull: takePull,
  fork: renumber,
  trouble: (transaction, { trouble }) => transaction.objectStore("meta").put(trouble, "trouble"),
  blob: takeBlob,
  meta: (transaction, { key, value }) => transaction.objectStore("meta").put(value, key),
};

/**
 * The shop says how far it has our log. Number alone is never enough: another mutation at that place means our histories parted.
 * @param {any} transaction @param {number} seq @param {string | null} mid
 */
async function acknowledge(transaction, seq, mid) {
  const meta = transaction.objectStore("meta");
  const acked = (await meta.get("acked")) ?? { seq: 0, mid: null };
  const next = (await meta.get("next_seq")) ?? 1;
  const held = seq > 0 ? ((await transaction.objectStore("outbox").get(seq)) ?? (await transaction.objectStore("sent").get(seq))?.mutation) : null;
  if ((held && held.mid !== mid) || seq >= next) return meta.put(true, "fork");
  if (seq < acked.seq) await sendAgain(transaction, seq);
  return meta.put({ seq, mid: mid ?? null }, "acked");
}

/** The shop lost what it once had (a restored backup): bring it back from what we kept. @param {any} transaction @param {number} after */
async function sendAgain(transaction, after) {
  const sent = transaction.objectStore("sent");
  const lost = await sent.getAll(IDBKeyRange.lowerBound(after, true));
  for (const { mutation } of lost) {
    transaction.objectStore("outbox").put(mutation, mutation.seq);
    sent.delete(mutation.seq);
  }
}

/** @param {any} transaction @param {{verdicts: {mid: string, seq: number, status: string, code?: string, message?: string}[], at: string}} change */
async function takeVerdicts(transaction, { verdicts, at }) {
  for (const verdict of verdicts) {
    if (!verdict.message && !["rejected", "parked", "mismatch"].includes(verdict.status)) continue;
    const outbox = transaction.objectStore("outbox");
    const mutation = (await outbox.get(verdict.seq)) ?? (await transaction.objectStore("sent").get(verdict.seq))?.mutation;
    if (!mutation || mutation.mid !== verdict.mid) continue;
    const known = await transaction.objectStore("needs").get(verdict.mid);
    if (!known) transaction.objectStore("needs").put({ ...verdict, at, mutation, settled: false }, verdict.mid);
  }
}

/** Documents, cursor and the outbox→sent move, together. @param {any} transaction @param {{answer: any, offset_ms: number}} change */
async function takePull(transaction, { answer, offset_ms }) {
  const meta = transaction.objectStore("meta");
  const docs = transaction.objectStore("docs");
  let seen = answer.reset ? [] : await meta.get("seen");
  for (const doc of answer.docs) docs.put({ ...doc, gone: false }, doc.key);
  if (seen) seen = [...seen, ...answer.docs.map((/** @type {any} */ doc) => doc.key)];
  await acknowledge(transaction, answer.ack_seq, answer.ack_mid);
  for (const key of answer.gone ?? []) await leave(transaction, key);
  if (seen && !answer.more) {
    for (const key of await docs.getAllKeys()) if (!seen.includes(key)) await leave(transaction, String(key));
    seen = null;
  }
  meta.put(seen, "seen");
  meta.put({ timeline: answer.timeline, rev: answer.rev }, "cursor");
  meta.put(offset_ms, "offset_ms");
  meta.put(answer.server_time, "last_ok");
  if (!answer.more && !(await meta.get("fork"))) await retire(transaction, answer);
}

/** A car that is no longer mine stays until its work is at the shop (C11). @param {any} transaction @param {string} key */
async function leave(transaction, key) {
  const doc = await transaction.objectStore("docs").get(key);
  if (doc) transaction.objectStore("docs").put({ ...doc, gone: true }, key);
}

/** @param {any} transaction @param {any} answer */
async function retire(transaction, answer) {
  const objectStore = (/** @type {string} */ name) => transaction.objectStore(name);
  const acked = await objectStore("meta").get("acked");
  for (const mutation of await objectStore("outbox").getAll(IDBKeyRange.upperBound(acked.seq))) {
    objectStore("sent").put({ mutation, rev: answer.rev, at: answer.server_time }, mutation.seq);
    objectStore("outbox").delete(mutation.seq);
  }
  const now = Date.parse(answer.server_time); // the shop's clock: nothing here expires by the phone's
  for (let cursor = await objectStore("sent").openCursor(); cursor; cursor = await cursor.continue()) {
    if (cursor.value.rev <= (answer.durable_rev ?? -1) || now - Date.parse(cursor.value.at) > WEEK_MS) cursor.delete();
  }
  const unsent = new Set((await objectStore("outbox").getAll()).map((/** @type {Mutation} */ mutation) => mutation.stream));
  for (const doc of await objectStore("docs").getAll()) if (doc.gone && !unsent.has(doc.key)) objectStore("docs").delete(doc.key);
}

/** A new device to the shop: all we hold, in its order, counted from one again; the mutations' own ids stay. @param {any} transaction @param {{device_id: string}} change */
async function renumber(transaction, { device_id }) {
  const sent = transaction.objectStore("sent");
  const outbox = transaction.objectStore("outbox");
  const all = [...(await sent.getAll()).map((/** @type {any} */ row) => row.mutation), ...(await outbox.getAll())].sort((a, b) => a.seq - b.seq);
  await Promise.all([sent.clear(), outbox.clear()]);
  let prev = null;
  for (const [i, mutation] of all.entries()) {
    outbox.put({ ...mutation, seq: i + 1, prev }, i + 1);
    prev = mutation.mid;
  }
  const meta = transaction.objectStore("meta");
  for (const [key, value] of Object.entries({ device_id, next_seq: all.length + 1, last_mid: prev, acked: { seq: 0, mid: null }, fork: false, trouble: null })) meta.put(value, key);
}

/** @param {any} transaction @param {{sha256: string, state: string, code?: string, at?: string}} change */
async function takeBlob(transaction, { sha256, state, code, at }) {
  const blobs = transaction.objectStore("blobs");
  const blob = await blobs.get(sha256);
  if (blob) blobs.put({ ...blob, state }, sha256);
  if (state !== "broken") return;
  const attach = [...(await transaction.objectStore("outbox").getAll()), ...(await transaction.objectStore("sent").getAll()).map((/** @type {any} */ row) => row.mutation)]
    .find((/** @type {Mutation} */ mutation) => mutation.type === "photo.attach" && mutation.args.sha256 === sha256);
  transaction.objectStore("needs").put({ mid: sha256, status: "blob", code, at, mutation: attach ?? null, settled: false }, sha256);
}
