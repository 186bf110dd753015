// Pictures from the phone's own store first, from the shop only when they are not here.
import { html, nothing, svg } from "../vendor/lit-html.js";
import { t } from "../words.js";
import { glyph } from "./icon.js";

/** @typedef {import("../bay.js").Bay} Bay */
/** @typedef {{id: string, sha256: string, marks?: any[], state?: string}} Photo */

const DRAWN = new URL("../art/car.svg", import.meta.url).href;

/** @param {Bay} bay @param {Photo | undefined} photo @param {{isFull?: boolean, alt?: string, className?: string}} [how] */
export function picture(bay, photo, { isFull = false, alt = "", className = "" } = {}) {
  const url = photo ? bay.pictures.of(photo, isFull) : null;
  if (!url) return html`<span class="no-picture ${className}" aria-label=${t("photo.on_the_way")}>${glyph("camera")}</span>`;
  return html`<img class=${className || nothing} src=${url} alt=${alt}>`;
}

/** This car as it was photographed at reception, or a drawing where nobody did. @param {Bay} bay @param {Record<string, any>} order @param {string} [className] */
export function carPicture(bay, order, className = "") {
  const url = order.car_photo ? bay.pictures.of({ id: order.car_photo, sha256: `photo:${order.car_photo}` }, className !== "thumb") : null;
  return html`<img class=${className || nothing} src=${url ?? DRAWN} ?data-drawn=${!url} alt=${url ? t("car.photo") : ""}>`;
}

/** Rings and arrows over a photograph, in shares of its size. @param {any[] | undefined} marks */
export function rings(marks) {
  if (!marks?.length) return nothing;
  return html`<svg class="rings" viewBox="0 0 800 600" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    ${marks.map((one) => [stroke(one, 17, "under"), stroke(one, 9, "over")])}</svg>`;
}

/** @param {any} one @param {number} width @param {string} className */
const stroke = (one, width, className) => (one.kind === "ring"
  ? svg`<ellipse class=${className} stroke-width=${width} cx=${one.x * 800} cy=${one.y * 600} rx=${one.rx * 800} ry=${one.ry * 600} />`
  : svg`<path class=${className} stroke-width=${width} d=${arrow(one)} />`);

/** @param {{x: number, y: number, dx: number, dy: number}} one */
export function arrow({ x, y, dx, dy }) {
  const [tx, ty, fx, fy] = [x * 800, y * 600, dx * 800, dy * 600];
  const angle = Math.atan2(ty - fy, tx - fx);
  const barb = (/** @type {number} */ turn) => `${tx - 62 * Math.cos(angle + turn)} ${ty - 62 * Math.sin(angle + turn)}`;
  return `M${fx} ${fy}L${tx} ${ty}M${barb(0.5)}L${tx} ${ty}L${barb(-0.5)}`;
}

/** Object URLs by hash, loaded once. @param {{read: (store: string, key: string) => Promise<any>, write: (store: string, key: string, value: unknown) => Promise<unknown>, changed: () => void}} world */
export function gallery({ read, write, changed }) {
  /** @type {Map<string, string | null>} */
  const urls = new Map();

  /** @param {string} key @param {ArrayBuffer} bytes @param {string} mime */
  function show(key, bytes, mime) {
    urls.set(key, URL.createObjectURL(new Blob([bytes], { type: mime })));
    changed();
  }

  /** @param {string} address */
  async function fetched(address) {
    const answer = await fetch(address, { headers: { "X-Bay": "1" }, redirect: "error" });
    const mime = answer.headers.get("content-type") ?? "";
    if (!answer.ok || !mime.startsWith("image/")) throw new Error(address);
    return { bytes: await answer.arrayBuffer(), mime };
  }

  /** @param {Photo} photo @param {boolean} isFull @param {string} key */
  async function load(photo, isFull, key) {
    const blob = isFull ? await read("blobs", photo.sha256) : undefined;
    if (blob) return show(key, blob.bytes, blob.mime);
    const thumb = await read("thumbs", photo.sha256);
    if (thumb && !isFull) return show(key, thumb, "image/jpeg");
    try {
      const { bytes, mime } = await fetched(`/sync/photos/${photo.id}${isFull ? "" : "/thumb"}`);
      if (!isFull) await write("thumbs", photo.sha256, bytes);
      return show(key, bytes, mime);
    } catch {
      if (thumb) return show(key, thumb, "image/jpeg");
      setTimeout(() => urls.delete(key), 15_000); // ask again later
    }
  }

  /** @param {string} address */
  async function loadAddress(address) {
    const kept = await read("thumbs", address);
    if (kept) return show(address, kept.bytes, kept.mime);
    try {
      const taken = await fetched(address);
      await write("thumbs", address, taken);
      show(address, taken.bytes, taken.mime);
    } catch { setTimeout(() => urls.delete(address), 15_000); }
  }

  /** Every drawing of the lists, and the small picture of every photo, while the shop can be reached: later it may not be.
   * @param {string[]} addresses @param {Photo[]} photos @param {(wanted: Set<string>) => Promise<Set<string>>} missing */
  async function stock(addresses, photos, missing) {
    const lacking = await missing(new Set([...addresses, ...photos.map((photo) => photo.sha256)]));
    for (const address of addresses.filter((one) => lacking.has(one))) await write("thumbs", address, await fetched(address));
    for (const photo of photos.filter((one) => lacking.has(one.sha256))) await fetched(`/sync/photos/${photo.id}/thumb`).then(({ bytes }) => write("thumbs", photo.sha256, bytes), () => {});
  }

  return {
    stock,
    /** @param {Photo} photo @param {boolean} [isFull] */
    of(photo, isFull = false) {
      const key = `${isFull ? "full" : "thumb"}:${photo.sha256}`;
      if (!urls.has(key)) { urls.set(key, null); void load(photo, isFull, key); }
      return urls.get(key) ?? null;
    },
    /** A drawing of the template, kept on the phone once seen. @param {string | undefined} address */
    drawing(address) {
      if (!address) return null;
      if (!urls.has(address)) { urls.set(address, null); void loadAddress(address); }
      return urls.get(address) ?? null;
    },
    clear() { for (const url of urls.values()) if (url) URL.revokeObjectURL(url); urls.clear(); },
  };
}
