// Start here: who is using the phone, which screen is open, the shell kept whole, a new version offered and never forced.
import { open as openBay } from "./bay.js";
import { deleteUserDatabase, deviceDatabase, userDatabase } from "./db.js";
import { scaler } from "./photo.js";
import { aboutScreen } from "./screens/about.js";
import { annotateScreen } from "./screens/annotate.js";
import { cameraScreen } from "./screens/camera.js";
import { carScreen } from "./screens/car.js";
import { carsScreen } from "./screens/cars.js";
import { enrolScreen } from "./screens/enrol.js";
import { findingScreen, howScreen } from "./screens/finding.js";
import { inspectionScreen } from "./screens/inspection.js";
import { jobScreen } from "./screens/job.js";
import { leaveScreen } from "./screens/leave.js";
import { needsScreen } from "./screens/needs.js";
import { otherScreen } from "./screens/other.js";
import { pointScreen } from "./screens/point.js";
import { proposeScreen, proposedScreen, reviseScreen } from "./screens/propose.js";
import { cannotScreen, differScreen, pauseScreen } from "./screens/reasons.js";
import { syncScreen } from "./screens/sync.js";
import { whoScreen } from "./screens/who.js";
import { zoneScreen } from "./screens/zone.js";
import { html, render as draw } from "./vendor/lit-html.js";
import { speak, t } from "./words.js";

const TREE = document.querySelector('meta[name="bay-tree"]')?.getAttribute("content") ?? "";
const WORKER = new URL("./photo-worker.js", import.meta.url).href;
const FOUR_HOURS = 4 * 3600 * 1000;

/** @type {[string, (bay: any, at: any) => unknown][]} */
const ROUTES = [
  ["cars", carsScreen], ["car/:order", carScreen], ["car/:order/inspection", inspectionScreen], ["car/:order/zone/:zone", zoneScreen], ["car/:order/other", otherScreen],
  ["car/:order/point/:key", pointScreen], ["car/:order/point/:key/how", howScreen], ["car/:order/point/:key/cannot", cannotScreen], ["car/:order/point/:key/differ/:grade", differScreen],
  ["car/:order/point/:key/finding", findingScreen], ["car/:order/point/:key/propose", proposeScreen], ["car/:order/revise/:line", reviseScreen], ["car/:order/proposed/:line", proposedScreen],
  ["car/:order/camera/:target/:id", cameraScreen], ["car/:order/annotate/:photo", annotateScreen], ["car/:order/job/:line", jobScreen], ["car/:order/job/:line/pause", pauseScreen],
  ["sync", syncScreen], ["needs", needsScreen], ["about", aboutScreen], ["leave", leaveScreen],
];

const device = deviceDatabase();
/** @type {any} */
let bay = null;
/** @type {import("./db.js").Person[]} */
let people = [];
const enrol = { typed: "", say: "", isBusy: false, who: /** @type {import("./db.js").Person | null} */ (null) };
let path = "";
let isDrawing = false;

/** The URLs that may ever become code here: the worker of the shell and the one of pictures. */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("bay-sw", { createScriptURL: (/** @type {string} */ url) => { if (url === "/bay/sw.js" || url === WORKER) return url; throw new TypeError(url); } });
const scriptUrl = (/** @type {string} */ url) => /** @type {string} */ (/** @type {unknown} */ (policy ? policy.createScriptURL(url) : url));
const scale = scaler(() => new Worker(scriptUrl(WORKER), { type: "module" }));

/** @param {string} hash */
function find(hash) {
  const parts = hash.replace(/^#\/?/, "").split("/");
  for (const [pattern, screen] of ROUTES) {
    const names = pattern.split("/");
    if (names.length !== parts.length || !names.every((name, i) => name.startsWith(":") || name === parts[i])) continue;
    return { screen, at: Object.fromEntries(names.flatMap((name, i) => (name.startsWith(":") ? [[name.slice(1), decodeURIComponent(parts[i])]] : []))) };
  }
  return { screen: carsScreen, at: {} };
}

/** Many causes, one drawing a frame. */
function render() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => { isDrawing = false; drawNow(); });
}

function drawNow() {
  if (location.hash !== path) enter();
  const root = /** @type {HTMLElement} */ (document.getElementById("app"));
  if (!bay || location.hash === "#/enrol" || location.hash === "#/who") {
    const isWho = people.length && (location.hash === "#/who" || (!bay && location.hash !== "#/enrol"));
    draw(isWho ? whoScreen(people, choose) : enrolScreen({ ...enrol, hasPeople: people.length > 0, onDigit: typeCode, onBack: () => { enrol.typed = enrol.typed.slice(0, -1); render(); } }), root);
    return;
  }
  const { screen, at } = find(location.hash);
  draw(screen(bay, at), root);
}

function enter() {
  bay?.scratch.leave?.();
  if (bay) bay.scratch = {};
  path = location.hash;
  scrollTo(0, 0);
}

// ---- who

/** @param {string} digit */
function typeCode(digit) {
  if (enrol.isBusy || enrol.typed.length === 6) return;
  Object.assign(enrol, { typed: enrol.typed + digit, say: "" });
  render();
  if (enrol.typed.length === 6) void sendCode();
}

async function sendCode() {
  enrol.isBusy = true;
  render();
  const known = enrol.who ?? bay?.person ?? null;
  const body = JSON.stringify({ code: enrol.typed, label: label(), ...(known ? { device_id: known.device_id } : {}) });
  const answer = await fetch("/sync/enrol", { method: "POST", body, headers: { "X-Bay": "1", "content-type": "application/json" }, redirect: "error" }).catch(() => null);
  const isOurs = answer?.headers.get("x-bay") === "1";
  Object.assign(enrol, { typed: "", isBusy: false, say: t(answer?.status === 429 ? "enrol.too_many" : isOurs && /** @type {number} */ (answer?.status) < 500 ? "enrol.wrong" : "enrol.unreachable") });
  if (!answer?.ok || !isOurs) return render();
  const { user, device_id, store } = await answer.json();
  enrol.say = "";
  await take({ id: user.id, name: user.name, language: user.language, device_id, store: store.name });
}

const label = () => `${/iPhone|iPad/.test(navigator.userAgent) ? "iPhone" : /Android/.test(navigator.userAgent) ? "Android" : "Browser"} ${screen.width}×${screen.height}`;

/** This person's own database; a new device number counts what is still unsent from one again. @param {import("./db.js").Person} person */
async function take(person) {
  if (bay) await bay.close();
  const database = userDatabase(person.id, { onStale: () => { bay?.tell({ text: t("update.elsewhere") }, false); } });
  const { commit } = await import("./ledger.js");
  const before = await database.withDb((db) => db.get("meta", "device_id"));
  if (before !== person.device_id) await commit(database, [{ do: "fork", device_id: person.device_id }]);
  await device.keep({ ...person, isLocked: false });
  await device.set("current", person.id);
  await start(person, database);
  bay.go("#/cars");
}

/** @param {import("./db.js").Person} person @param {import("./db.js").Database} [database] */
async function start(person, database = userDatabase(person.id)) {
  speak(person.language);
  bay = await openBay({ person, database, device, tree: TREE, render });
  Object.assign(bay, { scale, lock, signOut, setLanguage, isInstalled: isInstalled(), isPersisted: (await navigator.storage?.persisted?.()) ?? null, update });
  people = await device.people();
  void bay.sender.run();
  render();
}

const isInstalled = () => matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true;

/** @param {string} language */
async function setLanguage(language) {
  bay.person.language = language;
  await device.keep(bay.person);
  speak(language);
  render();
}

/** A locked person's work waits for that person's own six digits. @param {import("./db.js").Person} person */
async function choose(person) {
  enrol.who = person;
  if (person.isLocked || (await device.get("current")) !== person.id) { location.hash = "#/enrol"; return; }
  if (!bay) await start(person);
  location.hash = "#/cars";
}

async function lock() {
  const { mutations, photos } = bay.counts();
  await device.keep({ ...bay.person, isLocked: true, unsent: mutations, photos });
  await leave();
}

async function signOut() {
  const { mutations, photos } = bay.counts();
  if (mutations || photos) return;
  const { id } = bay.person;
  await leave();
  await device.forget(id);
  await deleteUserDatabase(id);
  people = await device.people();
  render();
}

async function leave() {
  await fetch("/sync/sign-out", { method: "POST", body: JSON.stringify({ device_id: bay.person.device_id }), headers: { "X-Bay": "1", "content-type": "application/json" }, redirect: "error" }).catch(() => null);
  await bay.close();
  await device.set("current", null);
  bay = null;
  enrol.who = null;
  people = await device.people();
  location.hash = "#/who";
  render();
}

// ---- the shell

const update = { isWaiting: false, isLater: false, apply: () => {} };

async function keepShell() {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register(scriptUrl("/bay/sw.js"), { scope: "/bay/", updateViaCache: "none" });
  const isFirst = !navigator.serviceWorker.controller;
  let isReloaded = isFirst;
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (!isReloaded) { isReloaded = true; location.reload(); } isReloaded = false; });
  const notice = () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    update.isWaiting = true;
    update.apply = () => registration.waiting?.postMessage({ type: "skip" });
    render();
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", notice));
  notice();
  registration.active?.postMessage({ type: "heal" });
  const look = () => void registration.update().catch(() => {});
  look();
  setInterval(look, FOUR_HOURS);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") { look(); void bay?.probe(); } });
}

/** What this browser lacks to keep work safe without a network. */
const lacking = () => [["indexedDB", globalThis.indexedDB], ["serviceWorker", navigator.serviceWorker], ["crypto", globalThis.crypto?.subtle]].filter(([, has]) => !has).map(([name]) => name);

async function begin() {
  speak(navigator.language.startsWith("zh") ? "zh_CN" : undefined);
  const missing = lacking();
  if (missing.length) {
    draw(html`<div class="screen"><main><div class="title room-top"><h1>${t("unfit.title")}</h1><p class="room">${t(/MicroMessenger/.test(navigator.userAgent) ? "unfit.wechat" : "unfit.text")}</p><p class="second">${missing.join(" · ")}</p></div></main></div>`, /** @type {HTMLElement} */ (document.getElementById("app")));
    return;
  }
  people = await device.people();
  const current = await device.get("current");
  const person = people.find((one) => one.id === current && !one.isLocked);
  if (person) await start(person);
  render();
}

let ticks = 0;
setInterval(() => { ticks += 1; if (document.visibilityState === "visible" && (document.querySelector("[data-tick]") || ticks % 10 === 0)) render(); }, 1000);
addEventListener("hashchange", render);
void begin();
void keepShell().catch((error) => console.warn("shell", error));
