// When to send: after a tap, when the phone wakes, when the shop pokes, every half minute; and never two at once.
import { again, cycle, fresh } from "./sync.js";

const RESTING_MS = 30_000;
const AFTER_TAP_MS = 1_000;
const STUCK_LOCK_MS = 180_000;

/**
 * @param {import("./sync.js").World} world @param {{userId: string, build: string}} who
 * @param {(status: {state: import("./sync.js").State, isRunning: boolean, hasTried: boolean}) => void} onChange
 */
export function courier(world, who, onChange) {
  let state = fresh(who);
  let isRunning = false, hasTried = false, isOver = false, isAskedAgain = false;
  let lastRun = world.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {EventSource | null} */
  let events = null;

  const tell = () => onChange({ state, isRunning, hasTried });
  const isVisible = () => document.visibilityState === "visible";

  /** The lock spares work; being right is the shop's business, so a stuck lock is stepped over. @param {() => Promise<void>} work @param {boolean} isForced */
  async function alone(work, isForced) {
    if (!navigator.locks || isForced || world.now() - lastRun > STUCK_LOCK_MS) return work();
    await navigator.locks.request(`bay-sync-${who.userId}`, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
  }

  async function run({ isForced = false } = {}) {
    if (isOver) return;
    if (isRunning) { isAskedAgain = true; return; }
    clearTimeout(timer);
    isRunning = true;
    tell();
    try {
      await alone(async () => { state = await cycle(world, state); lastRun = world.now(); hasTried = true; }, isForced);
    } catch (error) {
      console.warn("sync", error);
    } finally {
      isRunning = false;
      listen();
      tell();
      schedule(isAskedAgain && !state.stop ? AFTER_TAP_MS : pause());
      isAskedAgain = false;
    }
  }

  const pause = () => (state.stop === "away" || state.stop === "trouble" ? state.wait_ms : state.stop ? RESTING_MS * 10 : RESTING_MS);

  /** @param {number} ms */
  function schedule(ms) {
    clearTimeout(timer);
    if (!isOver && isVisible()) timer = setTimeout(run, ms);
  }

  /** The shop's poke carries nothing: it only says "pull". A broken line is reopened by the next good round, not by itself. */
  function listen() {
    if (state.stop || !isVisible() || typeof EventSource === "undefined") { events?.close(); events = null; return; }
    if (events) return;
    events = new EventSource("/sync/events");
    events.addEventListener("pull", () => void run());
    events.onerror = () => { events?.close(); events = null; };
  }

  const wake = () => { if (isVisible()) void run(); else listen(); };
  document.addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  addEventListener("pagehide", () => events?.close());

  return {
    run,
    /** Something was written down. A failing network keeps its own pace. */
    poke: () => { if (!state.stop) schedule(AFTER_TAP_MS); },
    retry: () => { state = { ...again(state), phase: "me", failures: 0, wait_ms: 0 }; return run({ isForced: true }); },
    stop() { isOver = true; clearTimeout(timer); events?.close(); document.removeEventListener("visibilitychange", wake); removeEventListener("online", wake); },
  };
}
