import "./vendor.js";
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { ME } from "./builders.js";
import { Shop, answer, network } from "./shop.js";

const { userDatabase } = await import("../../pwa/db.js");
const { append, readAll } = await import("../../pwa/log.js");
const { blobOf, commit, look } = await import("../../pwa/ledger.js");
const { cycle, fresh } = await import("../../pwa/sync.js");
const shaOf = (bytes) => createHash("sha256").update(Buffer.from(bytes)).digest("hex");

/** A phone with its own database, clock and network. */
async function phone(shop, { name = randomUUID(), device = "d1", fate } = {}) {
  const database = userDatabase(name);
  await commit(database, [{ do: "meta", key: "device_id", value: device }]);
  const one = { database, now: 1_790_000_000_000, state: fresh({ userId: "u1", build: "t" }), calls: [] };
  const context = { author: ME, build: "t", boot: "b", uuid: randomUUID, now: () => one.now, mono: () => 1 };
  const world = () => ({ look: () => look(database), commit: (changes) => commit(database, changes), blob: (sha) => blobOf(database, sha), fetch: network(shop, (path) => { one.calls.push(path.split("?")[0]); return fate?.(path) ?? "ok"; }), now: () => one.now, random: () => 0.5, hash: async (bytes) => shaOf(bytes) });
  one.tap = (n = 1, along = {}) => append(database, Array.from({ length: n }, () => ({ type: "insp.note_add", stream: "ro:r1", args: {}, ...along.wish })), context, along);
  one.shoot = (bytes = Uint8Array.from([1, 2, 3]).buffer, sha256 = shaOf(bytes)) => one.tap(1, { picture: { sha256, bytes, mime: "image/jpeg", width: 1, height: 1, thumb: null }, wish: { type: "photo.attach", args: { sha256 } } });
  one.sync = async (how) => { if (how) fate = how; one.state = await cycle(world(), one.state); return one.state; };
  one.settle = async () => { fate = undefined; for (let i = 0; i < 8; i += 1) { one.now += 400_000; await one.sync(); } };
  one.all = () => readAll(database);
  one.local = () => look(database);
  return one;
}
const order = async (one) => [...(await one.database.withDb((db) => db.getAll("sent"))).map((row) => row.mutation), ...(await one.all()).pending].map((mutation) => mutation.mid);

test("what was tapped arrives once, in its order, and the phone then holds nothing unsent", async () => {
  const shop = new Shop(), one = await phone(shop);
  const taps = await one.tap(120);
  const state = await one.sync();
  assert.deepEqual(shop.effects, taps.map((mutation) => mutation.mid));
  assert.equal((await one.local()).pending.mutations, 0);
  assert.equal((await one.all()).pending.length, 0);
  assert.equal(state.stop, null);
  assert.equal(one.calls.filter((path) => path === "/sync/push").length, 3);
});
for (const fate of ["lost_request", "lost_response", "truncated", "captive", "doubled", "500_after", "busy"]) {
  test(`fault ${fate}: nothing is lost and nothing is done twice`, async () => {
    const shop = new Shop(), one = await phone(shop);
    const taps = await one.tap(60);
    await one.sync((path) => (path.startsWith("/sync/push") ? fate : "ok"));
    assert.equal((await one.all()).pending.length + (await one.database.withDb((db) => db.count("sent"))), 60);
    await one.settle();
    assert.deepEqual(shop.effects, taps.map((mutation) => mutation.mid));
    assert.equal((await one.all()).pending.length, 0);
  });
}
test("an answer that is not ours is no acknowledgement", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(3);
  const state = await one.sync(() => "captive");
  assert.deepEqual([state.stop, (await one.local()).pending.mutations], ["away", 3]);
});
test("failures wait longer each time, and never over five minutes", async () => {
  const one = await phone(new Shop());
  await one.tap();
  const waits = [];
  for (let i = 0; i < 12; i += 1) waits.push((await one.sync(() => "lost_request")).wait_ms);
  assert.deepEqual(waits, [...waits].sort((a, b) => a - b));
  assert.ok(waits[0] >= 1500 && waits[0] <= 3000);
  assert.ok(waits.at(-1) <= 300_000);
  assert.equal(one.calls.length, 12);
});
test("signed out: the phone stops sending, keeps all, and sends it after signing in", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(12);
  shop.refuse = () => answer(401, { error: "signed_out" });
  assert.equal((await one.sync()).stop, "signed_out");
  assert.equal((await one.local()).pending.mutations, 12);
  shop.refuse = () => null;
  await one.sync();
  assert.equal(shop.effects.length, 12);
});
test("L16: one person's work is never sent while another is signed in", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(5);
  shop.user = "somebody else";
  assert.equal((await one.sync()).stop, "signed_out");
  assert.deepEqual([shop.effects.length, one.calls], [0, ["/sync/me"]]);
});
test("a phone that was switched off stops and keeps everything", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(2);
  shop.refuse = () => answer(403, { error: "revoked" });
  assert.equal((await one.sync()).stop, "revoked");
  assert.equal((await one.local()).pending.mutations, 2);
});
test("the shop restored from an older backup gets back what it lost", async () => {
  const shop = new Shop(), one = await phone(shop);
  const first = await one.tap(10);
  await one.sync();
  const old = shop.backup();
  const later = await one.tap(10);
  await one.sync();
  shop.restore(old);
  await one.settle();
  assert.deepEqual(shop.effects, [...first, ...later].map((mutation) => mutation.mid));
});
test("a cloned phone forks to a device of its own; both go on, nothing doubles", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(5);
  await one.sync();
  const two = await phone(shop);
  await two.database.withDb(async (db) => { // the clone: the same log, copied
    for (const row of await one.database.withDb((from) => from.getAll("sent"))) await db.put("sent", row, row.mutation.seq);
    for (const key of ["next_seq", "last_mid", "acked"]) await db.put("meta", await one.database.withDb((from) => from.get("meta", key)), key);
  });
  await one.tap(3);
  await two.tap(4);
  await one.sync();
  await two.settle();
  await one.settle();
  assert.equal(new Set(shop.effects).size, shop.effects.length);
  assert.equal(shop.effects.length, 12);
  assert.match((await two.local()).device_id, /^fork/);
  assert.equal((await two.all()).pending.length, 0);
});
test("a storage that was cleared cannot hide under the old device's number", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(5);
  await one.sync();
  const again = await phone(shop, { device: "d1" });
  const taps = await again.tap(2);
  await again.settle();
  assert.ok(taps.every((mutation) => shop.effects.includes(mutation.mid)));
  assert.equal(shop.effects.length, 7);
});
test("what the shop no longer has and the phone no longer holds is said, not passed over", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(4);
  await one.sync();
  await one.database.withDb((db) => db.clear("sent"));
  shop.devices.clear();
  shop.timeline = "T9";
  await one.tap(1);
  await one.settle();
  assert.ok(one.calls.includes("/sync/skip"));
  assert.equal((await one.local()).pending.mutations, 0);
});
test("413: the batch is halved until it fits", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(50);
  shop.refuse = (path, body) => (path === "/sync/push" && JSON.parse(body).mutations.length > 6 ? answer(413, {}) : null);
  await one.sync();
  assert.equal(shop.effects.length, 50);
});
test("one poisonous mutation is handed over unread after ten minutes, and the rest moves on", async () => {
  const shop = new Shop(), one = await phone(shop);
  const taps = await one.tap(9);
  const bad = taps[4].mid;
  shop.refuse = (path, body) => (path === "/sync/push" && JSON.parse(body).mutations.some((mutation) => mutation.mid === bad) ? answer(500, "crash", false) : null);
  for (let i = 0; i < 4; i += 1) await one.sync();
  assert.equal(shop.parked.length, 0);
  for (let i = 0; i < 25; i += 1) { one.now += 70_000; await one.sync(); }
  assert.deepEqual(shop.parked, [bad]);
  assert.deepEqual(shop.effects, taps.map((mutation) => mutation.mid).filter((mid) => mid !== bad));
  assert.equal((await one.all()).needs[0].status, "parked");
});
test("426: an app too old hands its envelopes over raw", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(3);
  shop.refuse = (path) => (path === "/sync/push" ? answer(426, {}) : null);
  await one.sync();
  assert.equal(shop.parked.length, 3);
});
test("a refusal is kept for the technician to read, and holds nothing up", async () => {
  const shop = new Shop(), one = await phone(shop);
  const [first] = await one.tap(3);
  shop.verdict = (mutation) => (mutation.mid === first.mid ? { status: "rejected", code: "not_allowed", message: "客户改成了先不做" } : { status: "applied" });
  await one.sync();
  const { needs } = await one.all();
  assert.deepEqual([needs.length, needs[0].message, needs[0].mutation.mid, shop.effects.length], [1, "客户改成了先不做", first.mid, 3]);
});
test("photographs follow the words, once each by their hash", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.shoot();
  await one.shoot(Uint8Array.from([4, 5]).buffer);
  await one.sync();
  assert.equal(shop.blobs.size, 2);
  assert.ok(one.calls.indexOf("/sync/push") < one.calls.indexOf("/sync/blobs/have"));
  assert.deepEqual(Object.values((await one.all()).blobs), ["stored", "stored"]);
  const puts = one.calls.filter((path) => path.startsWith("/sync/blobs/")).length;
  await one.sync();
  assert.equal(one.calls.filter((path) => path.startsWith("/sync/blobs/")).length, puts);
});
test("an upload cut in the middle is sent again whole", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.shoot();
  await one.sync((path) => (/blobs\/[0-9a-f]{64}/.test(path) ? "lost_response" : "ok"));
  assert.equal(Object.values((await one.all()).blobs)[0], "local");
  await one.settle();
  assert.equal(Object.values((await one.all()).blobs)[0], "stored");
});
test("a picture damaged on the phone never reaches the shop and is said", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.shoot(Uint8Array.from([9, 9]).buffer, "0".repeat(64));
  await one.sync();
  const { needs, blobs } = await one.all();
  assert.deepEqual([shop.blobs.size, blobs["0".repeat(64)], needs[0].status, needs[0].code], [0, "broken", "blob", "damaged_on_phone"]);
});
test("with an empty outbox the phone's documents are the shop's (I4)", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.tap(3);
  await one.settle();
  assert.deepEqual((await one.all()).docs.get("ro:r1").data.effects, shop.effects);
});
test("a car taken away stays until its work is at the shop", async () => {
  const shop = new Shop(), one = await phone(shop);
  await one.sync();
  const pull = shop.pull.bind(shop);
  shop.pull = (query) => ({ ...pull(query), docs: [], gone: ["ro:r1"] });
  await one.tap(1);
  await one.sync((path) => (path.startsWith("/sync/push") ? "busy" : "ok"));
  assert.ok((await one.all()).docs.has("ro:r1"));
  await one.settle();
  assert.ok(!(await one.all()).docs.has("ro:r1"));
});

const FATES = ["ok", "ok", "ok", "lost_request", "lost_response", "truncated", "captive", "doubled", "500_after", "busy"];
test("random histories: taps, bad networks, restores; every tap exactly once, in order (I1, I2, I3)", async () => {
  const step = fc.oneof({ weight: 4, arbitrary: fc.record({ do: fc.constant("tap"), n: fc.integer({ min: 1, max: 60 }) }) }, { weight: 4, arbitrary: fc.record({ do: fc.constant("sync"), fates: fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 5 }) }) }, { weight: 1, arbitrary: fc.constant({ do: "backup" }) }, { weight: 1, arbitrary: fc.constant({ do: "restore" }) });
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (history) => {
    const shop = new Shop(), one = await phone(shop);
    let copy = shop.backup();
    for (const now of history) {
      if (now.do === "tap") await one.tap(now.n);
      if (now.do === "backup") copy = shop.backup();
      if (now.do === "restore") shop.restore(copy);
      if (now.do === "sync") { let i = 0; one.now += 1000; await one.sync(() => now.fates[(i += 1) % now.fates.length]); }
    }
    const all = await order(one);
    await one.settle();
    assert.deepEqual(shop.effects, all);
    assert.equal((await one.all()).pending.length, 0);
    await one.database.close();
  }), { numRuns: 40 });
});
