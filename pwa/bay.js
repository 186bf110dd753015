// The running app of one person: what is on the phone, what it looks like now, and the one way to write something down.
import { gallery } from "./elements/picture.js";
import { blobOf, commit, look } from "./ledger.js";
import { append, erase, read, readAll, trace, write } from "./log.js";
import { sha256 } from "./photo.js";
import { courier } from "./courier.js";
import { t } from "./words.js";
import { uuidv7 } from "./vendor/uuidv7.js";
import { build } from "./view.js";

const UNDO_MS = 8_000;
const QUIET_MS = 60_000;

/**
 * @typedef {ReturnType<typeof open> extends Promise<infer B> ? B : never} Bay
 * @typedef {{text: string, undo?: () => unknown, action?: string}} Strip
 */

/**
 * @param {{person: import("./db.js").Person, database: import("./db.js").Database, device: import("./db.js").DeviceDatabase, tree: string, render: () => void}} setup
 */
export async function open({ person, database, device, tree, render }) {
  const boot = uuidv7();
  const context = { author: person.id, build: tree, boot, uuid: uuidv7, now: Date.now, mono: () => performance.now() };
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`bay-${person.id}`);
  let all = await readAll(database);
  let view = build(all.docs, all.pending);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let stripTimer;
  let stocked = "";
  /** @type {{state: import("./sync.js").State | null, isRunning: boolean, hasTried: boolean}} */
  let status = { state: null, isRunning: false, hasTried: false };

  const pictures = gallery({ read: (store, key) => read(database, store, key), write: (store, key, value) => write(database, store, key, value).catch(() => {}), changed: () => render() });

  /** Pictures the lists and cars need are brought in once they are known; what no list names any more goes. */
  async function stock() {
    const points = [...all.docs].filter(([key]) => key.startsWith("list:template:")).flatMap(([, doc]) => doc.data.points);
    const addresses = points.flatMap((point) => [point.good_picture, point.bad_picture]).filter(Boolean);
    const photos = view.orders.flatMap((order) => [
      ...(order.car_photo ? [{ id: order.car_photo, sha256: `photo:${order.car_photo}` }] : []),
      ...(order.inspections ?? []).flatMap((/** @type {any} */ one) => one.findings).concat(order.lines ?? []).flatMap((/** @type {any} */ one) => one.photos ?? []).filter((/** @type {any} */ one) => one.state === "stored"),
    ]);
    const signature = [...addresses, ...photos.map((photo) => photo.sha256)].join();
    if (signature === stocked) return;
    stocked = signature;
    await pictures.stock(addresses, photos, (wanted) => missing(wanted)).catch(() => { stocked = ""; });
  }

  /** @param {Set<string>} wanted */
  const missing = (wanted) => database.withDb(async (db) => {
    const kept = new Set((await db.getAllKeys("thumbs")).map(String));
    for (const key of kept) if (key.startsWith("/") && !wanted.has(key)) await db.delete("thumbs", key);
    return new Set([...wanted].filter((key) => !kept.has(key)));
  });

  async function reload() {
    all = await readAll(database);
    view = build(all.docs, all.pending);
    render();
  }

  const world = {
    look: () => look(database),
    commit: async (/** @type {import("./ledger.js").Change[]} */ changes) => { await commit(database, changes); await reload(); channel?.postMessage("changed"); },
    blob: (/** @type {string} */ sha) => blobOf(database, sha),
    fetch: globalThis.fetch.bind(globalThis), now: Date.now, random: Math.random, hash: sha256,
    onStep: (/** @type {import("./sync.js").Request} */ request, /** @type {import("./sync.js").Outcome} */ outcome) =>
      void trace(database, { at: new Date().toISOString(), kind: request.kind, path: request.path, status: outcome.status, ours: outcome.ours }).catch(() => {}),
  };
  const sender = courier(world, { userId: person.id, build: tree }, (now) => {
    status = now;
    if (now.hasTried && !now.isRunning && !now.state.stop) void stock().catch(() => {});
    render();
  });
  if (channel) channel.onmessage = () => void reload();

  const bay = {
    person, database, device, tree, pictures, sender, render, boot,
    /** @type {Strip | null} */
    strip: null,
    /** What the screen now open remembers until it is left. @type {Record<string, any>} */
    scratch: {},
    /** @type {{isWaiting: boolean, isLater: boolean, apply: () => void}} */
    update: { isWaiting: false, isLater: false, apply: () => {} },
    get view() { return view; },
    get status() { return status; },
    get needs() { return all.needs.filter((/** @type {any} */ need) => !need.settled); },
    get intents() { return all.intents; },
    get blobs() { return all.blobs; },
    get pending() { return all.pending.filter((mutation) => mutation.seq > (all.meta.acked?.seq ?? 0)); },
    get lastOk() { return all.meta.last_ok ?? null; },
    get skewMs() { return all.meta.offset_ms ?? 0; },
    /** The shop's time as near as the phone knows it. */
    now: () => Date.now() + (all.meta.offset_ms ?? 0),
    newId: uuidv7,
    reload,
    /** @param {string} path */
    go(path) { location.hash = path; },

    /** @returns {"you" | "lost" | "phone" | "shop"} */
    where() {
      if (bay.needs.length) return "you";
      if (bay.isLost()) return "lost";
      const { mutations, photos } = bay.counts();
      return mutations || photos ? "phone" : "shop";
    },
    /** Out of reach for a minute; said at once when the app was started without a network. */
    isLost: () => Boolean(status.state?.since) && (!reached || Date.now() - /** @type {number} */ (status.state?.since) > QUIET_MS),
    get hasReached() { return reached; },
    counts() {
      const photos = Object.values(all.blobs).filter((state) => state === "local").length;
      return { mutations: bay.pending.length, photos, needs: bay.needs.length };
    },

    /**
     * Write down what was done. The screen says "saved" only after the phone has it for good; otherwise it says so and keeps the value.
     * @param {string} orderId @param {{type: string, args: Record<string, any>}[]} wishes
     * @param {{say?: string, undo?: () => unknown, picture?: import("./log.js").Picture, intent?: string, draft?: string, isQuiet?: boolean}} [how]
     */
    async act(orderId, wishes, { say, undo, picture, intent, draft, isQuiet = false } = {}) {
      const version = bay.sheetOf(bay.view.order(orderId))?.template_version ?? null;
      const intentions = wishes.map((wish) => ({ ...wish, stream: `ro:${orderId}`, base_rev: view.rev(orderId), tmpl_v: version, blobs: picture ? [picture.sha256] : [] }));
      try {
        const written = await append(database, intentions, context, { picture, intent, draft, makeRoom: () => device.dropBallast() });
        all = { ...all, pending: [...all.pending, ...written], blobs: picture ? { ...all.blobs, [picture.sha256]: "local" } : all.blobs };
        view = build(all.docs, all.pending);
      } catch (error) {
        console.warn("not saved", error);
        navigator.vibrate?.([80, 60, 80]);
        bay.tell({ text: t(picture ? "fault.photo_full" : "fault.not_saved"), action: t("fault.save_again"), undo: () => bay.act(orderId, wishes, { say, undo, picture, intent, draft }) }, false);
        return false;
      }
      if (!isQuiet) navigator.vibrate?.(15);
      channel?.postMessage("changed");
      if (say) bay.tell({ text: say, undo });
      persist();
      sender.poke();
      render();
      return true;
    },
    /** @param {Strip} strip @param {boolean} [isPassing] */
    tell(strip, isPassing = true) {
      clearTimeout(stripTimer);
      bay.strip = strip;
      if (isPassing) stripTimer = setTimeout(() => { bay.strip = null; render(); }, UNDO_MS);
      render();
    },
    undo() {
      const { strip } = bay;
      bay.strip = null;
      render();
      return strip?.undo?.();
    },
    /** The open inspection of an order. @param {Record<string, any> | undefined} order */
    sheetOf(order) {
      const sheets = order?.inspections ?? [];
      return sheets.find((/** @type {any} */ one) => !one.finished_at) ?? sheets.at(-1);
    },
    /** @param {Record<string, any> | undefined} sheet */
    templateOf: (sheet) => (sheet ? bay.view.list(`template:${sheet.template}`) : undefined),
    /** @param {string} id */
    operation: (id) => bay.view.list("operations")?.operations?.find((/** @type {any} */ one) => one.id === id),
    /** @param {string} key */
    draft: (key) => read(database, "drafts", key),
    /** @param {string} key @param {string} text */
    keepDraft: (key, text) => (text ? write(database, "drafts", key, text) : erase(database, "drafts", key)).catch(() => {}),
    /** @param {string} id @param {unknown} value */
    async keepIntent(id, value) { await write(database, "intents", id, value); },
    /** @param {string} id */
    async dropIntent(id) { await erase(database, "intents", id); await reload(); },
    /** @param {string} mid */
    async settle(mid) {
      const need = all.needs.find((/** @type {any} */ one) => one.mid === mid);
      await write(database, "needs", mid, { ...need, settled: true });
      await reload();
    },
    probe: () => database.probe().catch(() => {}),
    close() { sender.stop(); channel?.close(); pictures.clear(); return database.close(); },
  };

  let reached = false;
  const step = world.onStep;
  world.onStep = (request, outcome) => { reached ||= outcome.ours; step(request, outcome); };
  let isPersistAsked = false;
  function persist() {
    if (isPersistAsked) return;
    isPersistAsked = true;
    void navigator.storage?.persist?.().catch(() => false);
    void device.fillBallast().catch(() => {});
  }
  return bay;
}
