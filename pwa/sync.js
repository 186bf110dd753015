// Bringing the log to the shop: push, pull, pictures. `plan` and `settle` are pure; `cycle` gives them the network, the clock and chance.

const BATCH_BYTES = 128 * 1024;
const TEN_MINUTES = 600_000;
const AWAY = new Set([429, 502, 503, 504, 507]);

/**
 * @typedef {import("./ledger.js").Local} Local
 * @typedef {import("./ledger.js").Change} Change
 * @typedef {"me" | "push" | "pull" | "have" | "put" | "done"} Phase
 * @typedef {{phase: Phase, userId: string, build: string, batch: number, failures: number, since: number | null, wait_ms: number,
 *   stop: null | "away" | "signed_out" | "revoked" | "trouble", missing: string[], tooOld: boolean}} State
 * @typedef {{kind: string, method: string, path: string, body?: unknown, bytes?: ArrayBuffer, mime?: string, sha256?: string, last?: import("./log.js").Mutation, first?: number}} Request
 * @typedef {{status: number, ours: boolean, body: any} | {status: 0, ours: false, body: null}} Outcome
 */

/** @param {{userId: string, build: string}} who @returns {State} */
export const fresh = ({ userId, build }) => ({
  phase: "me", userId, build, batch: 50, failures: 0, since: null, wait_ms: 0, stop: null, missing: [], tooOld: false,
});

/** The state a new cycle begins in: what was learnt of failures stays. @param {State} state @returns {State} */
export const again = (state) => ({ ...state, phase: state.stop === "signed_out" ? "me" : state.phase === "me" ? "me" : "push", stop: null, missing: [] });

/** The next request, or null when the cycle is over. @param {Local} local @param {State} state @returns {Request | null} */
export function plan(local, state) {
  if (state.stop || state.phase === "done") return null;
  if (state.phase === "me") return { kind: "me", method: "GET", path: "/sync/me" };
  if (local.mustFork) return { kind: "fork", method: "POST", path: "/sync/fork", body: {} };
  if (state.phase === "push" && local.head.length) return planPush(local, state);
  if (state.phase === "push" || state.phase === "pull") return planPull(local);
  if (state.phase === "have") return { kind: "have", method: "POST", path: "/sync/blobs/have", body: { sha256: local.waiting } };
  return planPut(local, state);
}

/** @param {Local} local @param {State} state @returns {Request} */
function planPush(local, state) {
  const [first] = local.head;
  const expected = local.acked.seq + 1;
  if (first.seq > expected) return { kind: "skip", method: "POST", path: "/sync/skip", body: { device_id: local.device_id, from_seq: expected, to_seq: first.seq - 1 } };
  if (isPoison(local, state)) return { kind: "park", method: "POST", path: "/sync/park", last: first, body: { device_id: local.device_id, seq: first.seq, mid: first.mid, raw: JSON.stringify(first) } };
  const mutations = fitting(local.head.slice(0, state.batch));
  return { kind: "push", method: "POST", path: "/sync/push", body: { device_id: local.device_id, build: state.build, pending: local.pending, mutations }, first: first.seq };
}

/** As many as fit, and always at least one. @param {import("./log.js").Mutation[]} mutations */
function fitting(mutations) {
  let bytes = 0;
  const over = mutations.findIndex((mutation) => (bytes += JSON.stringify(mutation).length) > BATCH_BYTES);
  return over < 0 ? mutations : mutations.slice(0, Math.max(1, over));
}

/** One mutation the shop cannot take is handed over unread, so that the rest can follow. @param {Local} local @param {State} state */
function isPoison(local, state) {
  if (state.tooOld) return true;
  const { trouble } = local;
  return Boolean(trouble && trouble.seq === local.head[0].seq && trouble.tries >= 5);
}

/** @param {Local} local @returns {Request} */
function planPull({ device_id, cursor }) {
  const query = new URLSearchParams({ device_id, timeline: cursor?.timeline ?? "", rev: String(cursor?.rev ?? 0), limit: "20" });
  return { kind: "pull", method: "GET", path: `/sync/pull?${query}` };
}

/** @param {Local} local @param {State} state @returns {Request | null} */
function planPut(local, state) {
  const sha256 = state.missing.find((one) => local.waiting.includes(one));
  return sha256 ? { kind: "put", method: "PUT", path: `/sync/blobs/${sha256}`, sha256 } : null;
}

/**
 * What an answer means: what to write down, and where the cycle stands after it.
 * @param {Local} local @param {State} state @param {Request} request @param {Outcome} outcome @param {{now: number, random: number, half_rtt?: number}} at
 * @returns {{changes: Change[], state: State}}
 */
export function settle(local, state, request, outcome, at) {
  if (outcome.ours && outcome.status === 401) return { changes: [], state: { ...state, stop: "signed_out" } };
  if (outcome.ours && outcome.status === 403) return { changes: [], state: { ...state, stop: "revoked" } };
  if (!outcome.ours || AWAY.has(outcome.status)) {
    if (outcome.status >= 400 && outcome.status < 600 && !AWAY.has(outcome.status) && request.kind === "push") return refused(local, state, request, outcome, at);
    return away(state, at);
  }
  const taken = { ...state, failures: 0, since: null, wait_ms: 0 };
  if (outcome.status !== 200 && outcome.status !== 201) return refused(local, state, request, outcome, at);
  return SETTLE[request.kind](local, taken, request, outcome.body, at) ?? away(state, at);
}

/** No answer that counts: keep all, wait longer each time, with chance so that twenty phones do not come at once.
 * @param {State} state @param {{now: number, random: number}} at @returns {{changes: Change[], state: State}} */
function away(state, at) {
  const failures = state.failures + 1;
  const wait_ms = Math.min(300_000, 2000 * 2 ** Math.min(failures - 1, 8)) * (0.75 + at.random / 2);
  return { changes: [], state: { ...state, failures, since: state.since ?? at.now, wait_ms: Math.min(300_000, wait_ms), stop: "away" } };
}

/** @param {Local} local @param {State} state @param {Request} request @param {Outcome} outcome @param {{now: number, random: number}} at @returns {{changes: Change[], state: State}} */
function refused(local, state, request, outcome, at) {
  if (request.kind === "put") return refusedPicture(state, request, outcome, at);
  if (request.kind !== "push") return away(state, at);
  const size = /** @type {any} */ (request.body).mutations.length;
  if (outcome.status === 426) return { changes: [], state: { ...state, tooOld: true } };
  if (outcome.status === 413 && size > 1) return { changes: [], state: { ...state, batch: Math.floor(size / 2) } };
  const seq = /** @type {number} */ (request.first);
  const known = local.trouble?.seq === seq ? local.trouble : { seq, tries: 0, since: at.now };
  const tries = outcome.status === 413 ? 5 : ripen(known, size, at.now);
  const batch = known.tries >= 2 && size > 1 ? Math.ceil(size / 2) : state.batch;
  const later = away({ ...state, batch }, at);
  return { changes: [{ do: "trouble", trouble: { ...known, tries } }], state: { ...later.state, stop: outcome.status === 413 ? null : "trouble" } };
}

/** Alone in its batch, failing five times and for ten minutes, before it is called poison. @param {{tries: number, since: number}} trouble @param {number} size @param {number} now */
function ripen({ tries, since }, size, now) {
  if (size > 1) return Math.min(tries + 1, 3);
  const isOld = Math.abs(now - since) >= TEN_MINUTES;
  return isOld ? tries + 1 : Math.min(tries + 1, 4);
}

/** @param {State} state @param {Request} request @param {Outcome} outcome @param {{now: number, random: number}} at @returns {{changes: Change[], state: State}} */
function refusedPicture(state, request, outcome, at) {
  if (outcome.status !== 422 && outcome.status !== 413) return away(state, at);
  const code = outcome.status === 413 ? "too_large" : outcome.body?.code ?? "unreadable";
  return { changes: [{ do: "blob", sha256: request.sha256, state: "broken", code, at: new Date(at.now).toISOString() }], state: without(state, request) };
}

/** @param {State} state @param {Request} request @returns {State} */
const without = (state, request) => ({ ...state, missing: state.missing.filter((one) => one !== request.sha256) });

/** No mid at a place that was skipped. */
const isAck = (/** @type {any} */ body) => Number.isInteger(body?.ack_seq) && (typeof body.ack_mid === "string" || (body.ack_mid ?? null) === null);

/** @type {Record<string, (local: Local, state: State, request: Request, body: any, at: {now: number, half_rtt?: number}) => {changes: Change[], state: State} | null>} */
const SETTLE = {
  me(_local, state, _request, body) {
    if (!body?.user?.id) return null;
    if (body.user.id !== state.userId) return { changes: [], state: { ...state, stop: "signed_out" } }; // never send one person's work as another's
    return { changes: [], state: { ...state, phase: "push" } };
  },
  fork(_local, state, _request, body) {
    return body?.device_id ? { changes: [{ do: "fork", device_id: body.device_id }], state: { ...state, phase: "push" } } : null;
  },
  push(local, state, request, body) {
    if (!isAck(body) || !Array.isArray(body.verdicts)) return null;
    const changes = [{ do: "verdicts", verdicts: body.verdicts, at: body.server_time }, { do: "trouble", trouble: null }];
    if (body.device_fork) return { changes: [...changes, { do: "meta", key: "fork", value: true }], state };
    const moved = body.ack_seq !== local.acked.seq;
    const ack = [{ do: "ack", seq: body.ack_seq, mid: body.ack_mid }];
    return { changes: [...changes, ...ack], state: { ...state, batch: 50, phase: moved ? "push" : "pull" } };
  },
  skip: (_local, state, _request, body) => (isAck(body) ? { changes: [{ do: "meta", key: "acked", value: { seq: body.ack_seq, mid: body.ack_mid } }], state } : null),
  park(_local, state, request, body) {
    if (!isAck(body)) return null;
    const { seq, mid } = /** @type {import("./log.js").Mutation} */ (request.last);
    const verdicts = [{ mid, seq, status: "parked", code: "unreadable" }];
    return { changes: [{ do: "verdicts", verdicts, at: body.server_time ?? null }, { do: "ack", seq: body.ack_seq, mid: body.ack_mid }, { do: "trouble", trouble: null }], state };
  },
  pull(local, state, _request, body, at) {
    if (!isAck(body) || !Array.isArray(body.docs) || typeof body.timeline !== "string" || !Number.isInteger(body.rev)) return null;
    const offset_ms = Date.parse(body.server_time) - at.now + (at.half_rtt ?? 0);
    const phase = body.more ? "pull" : local.waiting.length ? "have" : "done";
    return { changes: [{ do: "pull", answer: body, offset_ms }], state: { ...state, phase } };
  },
  have(local, state, _request, body) {
    if (!Array.isArray(body?.missing)) return null;
    const changes = local.waiting.filter((one) => !body.missing.includes(one)).map((sha256) => ({ do: "blob", sha256, state: "stored" }));
    return { changes, state: { ...state, phase: "put", missing: body.missing } };
  },
  put: (_local, state, request) => ({ changes: [{ do: "blob", sha256: request.sha256, state: "stored" }], state: without(state, request) }),
};

/**
 * @typedef {{look: () => Promise<Local>, commit: (changes: Change[]) => Promise<void>, blob: (sha256: string) => Promise<{bytes: ArrayBuffer, mime: string} | undefined>,
 *   fetch: typeof fetch, now: () => number, random: () => number, hash: (bytes: ArrayBuffer) => Promise<string>, onStep?: (request: Request, outcome: Outcome, state: State) => void}} World
 */

/** One round: everything up, everything down, pictures last. At most a minute. @param {World} world @param {State} before @returns {Promise<State>} */
export async function cycle(world, before) {
  let state = again(before);
  const end = world.now() + 60_000;
  for (let steps = 0; steps < 400 && Math.abs(end - world.now()) <= 60_000; steps += 1) {
    const local = await world.look();
    const request = plan(local, state);
    if (!request) break;
    const sent = world.now();
    const outcome = await send(world, request);
    const settled = settle(local, state, request, outcome, { now: world.now(), random: world.random(), half_rtt: (world.now() - sent) / 2 });
    if (settled.changes.length) await world.commit(settled.changes);
    state = settled.state;
    world.onStep?.(request, outcome, state);
  }
  return state;
}

/** An answer counts only if it is the shop's own: a café's log-in page says 200 too. @param {World} world @param {Request} request @returns {Promise<Outcome>} */
async function send(world, request) {
  const lost = /** @type {Outcome} */ ({ status: 0, ours: false, body: null });
  if (request.kind === "put") {
    const blob = await world.blob(/** @type {string} */ (request.sha256));
    if (!blob || (await world.hash(blob.bytes)) !== request.sha256) return { status: 422, ours: true, body: { code: "damaged_on_phone" } };
    request = { ...request, bytes: blob.bytes, mime: blob.mime };
  }
  const payload = request.bytes ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
  const size = typeof payload === "string" ? payload.length : payload?.byteLength ?? 0;
  const aborter = new AbortController();
  const deadline = setTimeout(() => aborter.abort(), 10_000 + size / 4);
  try {
    const headers = { "X-Bay": "1", ...(payload ? { "content-type": request.mime ?? "application/json" } : {}) };
    const answer = await world.fetch(request.path, { method: request.method, body: payload, headers, redirect: "error", signal: aborter.signal, cache: "no-store", credentials: "same-origin" });
    const ours = answer.headers.get("x-bay") === "1" && (answer.headers.get("content-type") ?? "").startsWith("application/json");
    return { status: answer.status, ours, body: ours ? await answer.json() : null };
  } catch {
    return lost; // also an abort we did not cause: Safari reports a dropped connection so
  } finally {
    clearTimeout(deadline);
  }
}
