import "./vendor.js";
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { ME } from "./builders.js";

const { userDatabase, isDeadHandle } = await import("../../pwa/db.js");
const { append, exportAll, readAll, wallTime, write } = await import("../../pwa/log.js");
const { openDB } = await import("../../pwa/vendor/idb.js");
const context = { author: ME, build: "t", boot: "b", uuid: randomUUID, now: Date.now, mono: () => performance.now() };
const wish = (text = "x") => ({ type: "insp.note_add", stream: "ro:r1", args: { text } });
const fresh = (options) => userDatabase(randomUUID(), options);
const picture = () => ({ sha256: "ab", bytes: new ArrayBuffer(8), mime: "image/jpeg", width: 1, height: 1, thumb: new ArrayBuffer(2) });

test("200 taps at once from two tabs get 1 to 200, each naming the one before", async () => {
  const name = randomUUID();
  const tabs = [userDatabase(name), userDatabase(name)];
  await Promise.all(Array.from({ length: 200 }, (_, i) => append(tabs[i % 2], [wish(String(i))], context)));
  const { pending } = await readAll(tabs[0]);
  assert.deepEqual(pending.map((one) => one.seq), Array.from({ length: 200 }, (_, i) => i + 1));
  assert.deepEqual(pending.slice(1).map((one) => one.prev), pending.slice(0, -1).map((one) => one.mid));
  assert.equal(pending[0].prev, null);
});
test("a photograph and the words about it are kept together or not at all", async () => {
  const database = fresh();
  await assert.rejects(append(database, [{ ...wish(), args: { text: () => "can't be stored" } }], context, { picture: picture() }));
  const none = await readAll(database);
  assert.deepEqual([none.pending.length, Object.keys(none.blobs).length], [0, 0]);
  await append(database, [wish()], context, { picture: picture() });
  const both = await readAll(database);
  assert.deepEqual([both.pending.length, both.blobs.ab], [1, "local"]);
});
test("the camera intent goes in the transaction that keeps its picture", async () => {
  const database = fresh();
  await write(database, "intents", "camera", { what: "x" });
  await append(database, [wish()], context, { picture: picture(), intent: "camera" });
  assert.deepEqual((await readAll(database)).intents, []);
});
test("a connection that died under the page is reopened, and the tap is kept once", async () => {
  let opened = 0;
  const dying = async (...args) => {
    const db = await openDB(...args);
    opened += 1;
    if (opened > 2) return db;
    return new Proxy(db, { get: (target, key) => (key === "transaction" ? () => { throw new DOMException("The database connection is closing", "InvalidStateError"); } : Reflect.get(target, key)) });
  };
  const database = fresh({ open: dying });
  await append(database, [wish()], context);
  assert.equal(opened, 3);
  assert.deepEqual((await readAll(database)).pending.map((one) => one.seq), [1]);
});
test("a connection that never heals is an error, not a silent memory", async () => {
  const dead = async () => ({ transaction: () => { throw new DOMException("Internal error opening backing store", "UnknownError"); } });
  await assert.rejects(append(fresh({ open: dead }), [wish()], context), { name: "UnknownError" });
});
test("a full phone gives up what the shop has and the ballast, and then keeps the tap", async () => {
  let isFull = true, gaveUp = 0;
  const full = async (...args) => {
    const db = await openDB(...args);
    return new Proxy(db, { get: (target, key) => (key === "transaction" && isFull ? (stores, mode, more) => { if (mode === "readwrite" && [].concat(stores).includes("outbox")) throw new DOMException("full", "QuotaExceededError"); return target.transaction(stores, mode, more); } : typeof target[key] === "function" ? target[key].bind(target) : target[key]) });
  };
  const database = fresh({ open: full });
  await append(database, [wish()], context, { makeRoom: async () => { gaveUp += 1; isFull = false; } });
  assert.deepEqual([gaveUp, (await readAll(database)).pending.length], [1, 1]);
});
test("quota is not a dead handle", () => assert.deepEqual([isDeadHandle(new DOMException("x", "QuotaExceededError")), isDeadHandle(new DOMException("x", "InvalidStateError")), isDeadHandle(new Error("Connection to Indexed Database server lost. database connection"))], [false, true, true]));
test("an older app on a newer database may read and export, and makes nothing new", async () => {
  const name = randomUUID();
  const database = userDatabase(name);
  await append(database, [wish("kept")], context);
  await database.close();
  (await openDB(`bay-${name}`, 9)).close();
  const old = userDatabase(name);
  const copy = await exportAll(old);
  assert.deepEqual([old.isRescue, copy.mutations[0].args.text], [true, "kept"]);
});
test("the export holds every unsent picture, byte for byte", async () => {
  const database = fresh();
  await append(database, [wish()], context, { picture: { ...picture(), bytes: Uint8Array.from([1, 2, 3]).buffer } });
  assert.deepEqual([...Buffer.from((await exportAll(database)).blobs[0].base64, "base64")], [1, 2, 3]);
});
test("wall time carries the phone's own offset", () => {
  const at = Date.UTC(2026, 10, 21, 2, 2, 11, 402);
  assert.equal(Date.parse(wallTime(at)), at);
  assert.match(wallTime(at), /^2026-11-2\dT\d\d:\d\d:11\.402[+-]\d\d:\d\d$/);
});
