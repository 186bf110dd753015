// A photograph on its way in: read at once, looked at by its bytes, scaled in a worker, kept as an ArrayBuffer under its hash.

export const LONG_EDGE = 1600;
export const NUMBER_EDGE = 2048; // slots where a number must be read off the picture
export const MAX_RAW = 10 * 1024 * 1024;

/** What the bytes are; names and declared types are not to be trusted. @param {ArrayBuffer} buffer @returns {"jpeg" | "png" | "webp" | "heic" | "gif" | null} */
export function sniff(buffer) {
  const head = new Uint8Array(buffer.slice(0, 32));
  const text = String.fromCharCode(...head);
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("GIF8")) return "gif";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (text.slice(4, 8) === "ftyp" && /hei[cxms]|hev[cxm]|mif1|msf1|avif/.test(text.slice(8, 32))) return "heic";
  return null;
}

/** Never larger than it was, never longer than the edge. @param {number} width @param {number} height @param {number} edge */
export function fit(width, height, edge) {
  const share = Math.min(1, edge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/** A canvas too large for an iPhone comes back in one colour, without an error. @param {Uint8ClampedArray} pixels */
export function isFlat(pixels) {
  for (let i = 4; i < pixels.length; i += 4) {
    for (let channel = 0; channel < 3; channel += 1) if (Math.abs(pixels[i + channel] - pixels[channel]) > 2) return false;
  }
  return true;
}

/** Why a picture cannot be taken in; the code has its sentence in words/. */
export class PictureRefused extends Error {
  /** @param {"photo.empty" | "photo.unknown" | "photo.too_large"} code */
  constructor(code) { super(code); this.code = code; }
}

/** @param {ArrayBuffer} bytes */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @typedef {{bytes: ArrayBuffer, width: number, height: number, thumb: ArrayBuffer}} Scaled
 * @param {ArrayBuffer} bytes as the camera gave them @param {{edge?: number, scale: (bytes: ArrayBuffer, edge: number) => Promise<Scaled | null>}} how
 * @returns {Promise<import("./log.js").Picture & {needs_server_convert: boolean}>}
 */
export async function takeIn(bytes, { edge = LONG_EDGE, scale }) {
  if (bytes.byteLength === 0) throw new PictureRefused("photo.empty");
  const kind = sniff(bytes);
  if (!kind) throw new PictureRefused("photo.unknown");
  const scaled = await scale(bytes.slice(0), edge).catch(() => null);
  if (scaled?.bytes.byteLength) return { ...scaled, sha256: await sha256(scaled.bytes), mime: "image/jpeg", needs_server_convert: false };
  if (bytes.byteLength > MAX_RAW) throw new PictureRefused("photo.too_large");
  return { bytes, sha256: await sha256(bytes), mime: `image/${kind}`, width: 0, height: 0, thumb: null, needs_server_convert: true };
}

/** @type {Worker | null} */
let worker = null;
let jobs = 0;

/** One picture at a time in a worker, so that the screen never waits. @param {() => Worker} start */
export function scaler(start) {
  let last = Promise.resolve(/** @type {any} */ (null));
  return (/** @type {ArrayBuffer} */ bytes, /** @type {number} */ edge) => {
    const job = last.then(() => new Promise((resolve) => {
      const id = (jobs += 1);
      worker ??= start();
      const finish = (/** @type {Scaled | null} */ scaled) => { clearTimeout(tired); worker?.removeEventListener("message", hear); resolve(scaled); };
      const hear = (/** @type {MessageEvent} */ event) => { if (event.data.id === id) finish(event.data.scaled); };
      const tired = setTimeout(() => { worker?.terminate(); worker = null; finish(null); }, 20_000);
      worker.addEventListener("message", hear);
      worker.addEventListener("error", () => { worker = null; finish(null); }, { once: true });
      worker.postMessage({ id, bytes, edge }, [bytes]);
    }));
    last = job.catch(() => null);
    return /** @type {Promise<Scaled | null>} */ (job);
  };
}
