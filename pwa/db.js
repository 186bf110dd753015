// The phone's own database: opened, healed and migrated here, so that nobody else ever holds a bare handle.
import { deleteDB, openDB } from "./vendor/idb.js";

export const SCHEMA = 1;
const BALLAST_BYTES = 5 * 1024 * 1024; // given up first when the phone is full, so that words always have room
const DEAD = new Set(["InvalidStateError", "UnknownError", "AbortError"]);
const DEAD_TEXT = /connection is (closing|lost)|backing store|database connection/i;

/** Only ever adds; outbox, sent and blobs are never rewritten by a migration.
 * @param {import("idb").IDBPDatabase} db @param {number} from */
export function migrate(db, from) {
  if (from < 1) {
    for (const name of ["meta", "outbox", "sent", "docs", "drafts", "blobs", "thumbs", "intents", "needs"]) db.createObjectStore(name);
    db.createObjectStore("trace", { autoIncrement: true });
  }
}

/** @param {unknown} error */
export function isDeadHandle(error) {
  const { name = "", message = "" } = /** @type {Error} */ (error ?? {});
  return name !== "QuotaExceededError" && (DEAD.has(name) || DEAD_TEXT.test(message));
}

/** @param {unknown} error */
export const isFull = (error) => /** @type {Error} */ (error)?.name === "QuotaExceededError";

/**
 * One database that reopens itself: iOS and Chromium both kill connections under a living page.
 * @param {string} name
 * @param {{open?: typeof openDB, onStale?: () => void}} [options]
 */
export function database(name, { open = openDB, onStale = () => {} } = {}) {
  /** @type {Promise<import("idb").IDBPDatabase> | null} */
  let handle = null;
  let isRescue = false;

  const drop = () => { handle = null; };

  async function connect() {
    const callbacks = {
      upgrade: migrate, terminated: drop,
      blocking: (/** @type {number} */ _from, /** @type {number|null} */ _to, /** @type {IDBVersionChangeEvent} */ event) => {
        drop(); /** @type {IDBDatabase} */ (event.target).close(); onStale();
      },
    };
    try {
      return await open(name, SCHEMA, /** @type {any} */ (callbacks));
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "VersionError") throw error;
      isRescue = true; // older code, newer database: read, send and export, but no edits
      return open(name, undefined, { terminated: drop });
    }
  }

  /**
   * Run with a living connection; a dead one is dropped, reopened and tried again with a fresh transaction.
   * @template T @param {(db: import("idb").IDBPDatabase) => Promise<T>} work @returns {Promise<T>}
   */
  async function withDb(work) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        handle ??= connect();
        return await work(await handle);
      } catch (error) {
        drop();
        if (attempt > 3 || !isDeadHandle(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
      }
    }
  }

  return {
    name, withDb, drop,
    get isRescue() { return isRescue; },
    probe: () => withDb((db) => db.get("meta", "device_id")),
    close: async () => { (await handle)?.close(); drop(); },
  };
}
/** @typedef {ReturnType<typeof database>} Database */

/** @param {string} userId @param {Parameters<typeof database>[1]} [options] */
export const userDatabase = (userId, options) => database(`bay-${userId}`, options);

/** @typedef {{id: string, name: string, language: string, device_id: string, store: string, isLocked?: boolean, unsent?: number, photos?: number}} Person */

/** What belongs to the phone and to no person: who is enrolled, who is using it now, the ballast. */
export function deviceDatabase({ open = openDB } = {}) {
  const opened = () => open("bay-device", 1, { upgrade: (db) => { for (const name of ["people", "meta"]) db.createObjectStore(name); } });
  /** @template T @param {(db: import("idb").IDBPDatabase) => Promise<T>} work */
  async function once(work) {
    const db = await opened();
    try { return await work(db); } finally { db.close(); }
  }
  return {
    people: () => once((db) => /** @type {Promise<Person[]>} */ (db.getAll("people"))),
    /** @param {string} id */
    person: (id) => once((db) => /** @type {Promise<Person | undefined>} */ (db.get("people", id))),
    /** @param {Person} person */
    keep: (person) => once((db) => db.put("people", person, person.id)),
    /** @param {string} id */
    forget: (id) => once((db) => db.delete("people", id)),
    /** @param {string} key */
    get: (key) => once((db) => db.get("meta", key)),
    /** @param {string} key @param {unknown} value */
    set: (key, value) => once((db) => db.put("meta", value, key)),
    fillBallast: () => once(async (db) => { if (!(await db.getKey("meta", "ballast"))) await db.put("meta", new ArrayBuffer(BALLAST_BYTES), "ballast"); }),
    dropBallast: () => once((db) => db.delete("meta", "ballast")),
  };
}
/** @typedef {ReturnType<typeof deviceDatabase>} DeviceDatabase */

/** Only called when nothing unsent is left. @param {string} userId */
export const deleteUserDatabase = (userId) => deleteDB(`bay-${userId}`);
