// The shell of /bay/ and nothing else: GET only, cache-first, one older shell kept. The server fills the list in, so any changed byte is a new worker.
/** @type {{url: string, sha256: string}[]} */
const SHELL = __SHELL__;
const CACHE = "bay-shell-__TREE__";
const URLS = new Set(SHELL.map((file) => file.url));
const worker = /** @type {any} */ (self);

/** @param {ArrayBuffer} bytes */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Fetch one file past every cache and keep it only if it is exactly what the list says.
 * @param {Cache} cache @param {{url: string, sha256: string}} file */
async function take(cache, file) {
  const answer = await fetch(file.url, { cache: "reload", credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${file.url}: ${answer.status}`);
  if ((await sha256(await answer.clone().arrayBuffer())) !== file.sha256) throw new Error(`${file.url}: other bytes`);
  await cache.put(file.url, answer);
}

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(SHELL.map((file) => take(cache, file)));
}

/** A half-evicted cache is a white page; put back what is missing. */
async function heal() {
  const cache = await caches.open(CACHE);
  const missing = [];
  for (const file of SHELL) if (!(await cache.match(file.url))) missing.push(file);
  const taken = await Promise.allSettled(missing.map((file) => take(cache, file)));
  return { missing: missing.length, healed: taken.filter((one) => one.status === "fulfilled").length };
}

async function activate() {
  const shells = (await caches.keys()).filter((name) => name.startsWith("bay-shell-") && name !== CACHE);
  await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name))); // a tab of the previous version still reads its shell
  if (!shells.length) await worker.clients.claim();
}

/** @param {Request} request */
async function answer(request) {
  const url = request.mode === "navigate" ? "/bay/" : new URL(request.url).pathname;
  const kept = (await (await caches.open(CACHE)).match(url)) ?? (await caches.match(url));
  return kept ?? fetch(request);
}

worker.addEventListener("install", (/** @type {ExtendableEvent} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {ExtendableEvent} */ event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (/** @type {FetchEvent} */ event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const isShell = request.mode === "navigate" ? url.pathname === "/bay/" : URLS.has(url.pathname) || url.pathname.startsWith("/bay/s/");
  if (isShell) event.respondWith(answer(request));
});
worker.addEventListener("message", (/** @type {ExtendableMessageEvent} */ event) => {
  if (event.data.type === "skip") worker.skipWaiting();
  if (event.data.type === "version") event.source?.postMessage({ type: "version", tree: CACHE });
  if (event.data.type === "heal") event.waitUntil(heal().then((found) => event.source?.postMessage({ type: "healed", ...found })));
});
