// The append-only log of what a technician did: the only thing on the phone that must not be lost.
import { isFull } from "./db.js";

/**
 * @typedef {{mid: string, seq: number, prev: string | null, type: string, v: number, stream: string, author: string, args: Record<string, any>,
 *   base_rev: number, deps: string[], blobs: string[], at_wall: string, at_mono_ms: number, boot: string, tmpl_v: number | null, build: string}} Mutation
 * @typedef {{type: string, stream: string, args: Record<string, any>, base_rev?: number, tmpl_v?: number | null, blobs?: string[], deps?: string[], mid?: string}} Intention
 * @typedef {{sha256: string, bytes: ArrayBuffer, mime: string, width: number, height: number, thumb: ArrayBuffer | null}} Picture
 * @typedef {{author: string, build: string, boot: string, uuid: () => string, now: () => number, mono: () => number}} Context
 */

export const VERSION = 1;

/** Wall time with the phone's own offset, as the envelope wants it. @param {number} ms */
export function wallTime(ms) {
  const date = new Date(ms);
  const offset = -date.getTimezoneOffset();
  const pad = (/** @type {number} */ n) => String(Math.trunc(Math.abs(n))).padStart(2, "0");
  const local = new Date(ms + offset * 60000).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? "-" : "+"}${pad(offset / 60)}:${pad(offset % 60)}`;
}

/** @param {Intention} wish @param {number} seq @param {string | null} prev @param {Context} context @returns {Mutation} */
function envelope(wish, seq, prev, context) {
  return {
    mid: wish.mid ?? context.uuid(), seq, prev, type: wish.type, v: VERSION, stream: wish.stream, author: context.author, args: wish.args,
    base_rev: wish.base_rev ?? 0, deps: wish.deps ?? [], blobs: wish.blobs ?? [], at_wall: wallTime(context.now()),
    at_mono_ms: Math.round(context.mono()), boot: context.boot, tmpl_v: wish.tmpl_v ?? null, build: context.build,
  };
}

/**
 * Write mutations, and the picture they speak of, in one strict transaction: neither or both.
 * Resolves only when it is durable; a full phone gives up what the shop already has, then the ballast, then refuses.
 * @param {import("./db.js").Database} database @param {Intention[]} wishes @param {Context} context
 * @param {{picture?: Picture, intent?: string, draft?: string, makeRoom?: () => Promise<unknown>}} [along]
 * @returns {Promise<Mutation[]>}
 */
export async function append(database, wishes, context, along = {}) {
  const ready = wishes.map((wish) => ({ ...wish, mid: wish.mid ?? context.uuid() })); // a retry writes the same mutation
  const write = () => database.withDb((db) => appendOnce(db, ready, context, along));
  try {
    return await write();
  } catch (error) {
    if (!isFull(error)) throw error;
    await freeSpace(database);
    await along.makeRoom?.();
    return write();
  }
}

/** @param {import("idb").IDBPDatabase} db @param {Intention[]} wishes @param {Context} context @param {{picture?: Picture, intent?: string, draft?: string}} along */
async function appendOnce(db, wishes, context, along) {
  const transaction = db.transaction(["meta", "outbox", "blobs", "thumbs", "intents", "drafts"], "readwrite", { durability: "strict" });
  const meta = transaction.objectStore("meta");
  const outbox = transaction.objectStore("outbox");
  const written = [];
  try {
    let seq = (await meta.get("next_seq")) ?? 1;
    let prev = (await meta.get("last_mid")) ?? null;
    for (const wish of wishes) {
      const mutation = envelope(wish, seq, prev, context);
      outbox.add(mutation, seq);
      written.push(mutation);
      prev = mutation.mid;
      seq += 1;
    }
    meta.put(seq, "next_seq");
    meta.put(prev, "last_mid");
    if (along.picture) keepPicture(transaction, along.picture);
    if (along.intent) transaction.objectStore("intents").delete(along.intent);
    if (along.draft) transaction.objectStore("drafts").delete(along.draft);
    await transaction.done;
  } catch (error) {
    await transaction.done.catch(() => {});
    throw transaction.error ?? error;
  }
  return written;
}

/** @param {any} transaction @param {Picture} picture */
function keepPicture(transaction, { sha256, bytes, mime, width, height, thumb }) {
  transaction.objectStore("blobs").put({ bytes, mime, width, height, state: "local" }, sha256);
  if (thumb) transaction.objectStore("thumbs").put(thumb, sha256);
}

/** Pictures the shop has, then the oldest acknowledged mutations: never anything unsent. @param {import("./db.js").Database} database */
export function freeSpace(database) {
  return database.withDb(async (db) => {
    const transaction = db.transaction(["blobs", "sent"], "readwrite");
    for (let cursor = await transaction.objectStore("blobs").openCursor(); cursor; cursor = await cursor.continue()) {
      if (cursor.value.state === "stored") cursor.delete();
    }
    const keys = await transaction.objectStore("sent").getAllKeys();
    for (const key of keys.slice(0, Math.floor(keys.length / 2))) transaction.objectStore("sent").delete(key);
    await transaction.done;
  });
}

/** All the screen is made of. @param {import("./db.js").Database} database */
export function readAll(database) {
  return database.withDb(async (db) => {
    const transaction = db.transaction(["meta", "outbox", "docs", "needs", "blobs", "intents"]);
    const [keys, docs, pending, needs, intents, meta] = await Promise.all([
      transaction.objectStore("docs").getAllKeys(), transaction.objectStore("docs").getAll(), transaction.objectStore("outbox").getAll(),
      transaction.objectStore("needs").getAll(), transaction.objectStore("intents").getAll(), readMeta(transaction.objectStore("meta")),
    ]);
    const blobs = /** @type {Record<string, string>} */ ({});
    for (let cursor = await transaction.objectStore("blobs").openCursor(); cursor; cursor = await cursor.continue()) {
      blobs[String(cursor.key)] = cursor.value.state;
    }
    return { docs: new Map(keys.map((key, i) => [String(key), docs[i]])), pending: /** @type {Mutation[]} */ (pending), needs, intents, meta, blobs };
  });
}

/** @param {any} store */
export async function readMeta(store) {
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  return /** @type {Record<string, any>} */ (Object.fromEntries(keys.map((/** @type {string} */ key, /** @type {number} */ i) => [key, values[i]])));
}

/** @param {import("./db.js").Database} database @param {string} store @param {string} key */
export const read = (database, store, key) => database.withDb((db) => db.get(store, key));

/** @param {import("./db.js").Database} database @param {string} store @param {string} key @param {unknown} value */
export const write = (database, store, key, value) => database.withDb((db) => db.put(store, value, key));

/** @param {import("./db.js").Database} database @param {string} store @param {string} key */
export const erase = (database, store, key) => database.withDb((db) => db.delete(store, key));

/** The last 500 events of sending, for a report. @param {import("./db.js").Database} database @param {Record<string, unknown>} event */
export function trace(database, event) {
  return database.withDb(async (db) => {
    const transaction = db.transaction("trace", "readwrite");
    const key = await transaction.store.add(event);
    transaction.store.delete(IDBKeyRange.upperBound(Number(key) - 500));
    await transaction.done;
  });
}

/** Everything unsent, as one file a computer at the shop can read in. @param {import("./db.js").Database} database */
export function exportAll(database) {
  return database.withDb(async (db) => {
    const blobs = [];
    for (const sha256 of await db.getAllKeys("blobs")) {
      const blob = await db.get("blobs", sha256);
      if (blob.state !== "stored") blobs.push({ sha256, mime: blob.mime, base64: base64(new Uint8Array(blob.bytes)) });
    }
    return { format: "mingdan-bay-export/1", device_id: await db.get("meta", "device_id"), mutations: await db.getAll("outbox"), blobs };
  });
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
