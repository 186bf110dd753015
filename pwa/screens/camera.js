// Photographs: the phone's camera in the page where it may be had, the phone's own camera app everywhere. Many in a row, each kept at once.
import { html, nothing } from "../vendor/lit-html.js";
import { plate, screen, toast } from "../elements/frame.js";
import { glyph } from "../elements/icon.js";
import { picture } from "../elements/picture.js";
import { LONG_EDGE, NUMBER_EDGE, PictureRefused, takeIn } from "../photo.js";
import { said, t } from "../words.js";
import { gone } from "./car.js";
import { lineName, measure, pointPath, pointTitle } from "./shared.js";
import { items } from "../inspection.js";

/** @typedef {import("../bay.js").Bay & {scale: (bytes: ArrayBuffer, edge: number) => Promise<import("../photo.js").Scaled | null>}} Bay */
/** @typedef {{order: string, target: string, id: string}} Aim */

/** What the pictures are of, and where to go after. @param {Bay} bay @param {Aim} aim */
function subject(bay, { order: orderId, target, id }) {
  const order = bay.view.order(orderId);
  if (!order) return null;
  if (target !== "finding") {
    const line = order.lines?.find((/** @type {any} */ one) => one.id === id);
    return line && { order, photos: (line.photos ?? []).filter((/** @type {any} */ one) => one.target === target), title: lineName(bay, line), hint: t(`camera.${target}`), back: line.work_status === "done" ? `#/car/${orderId}/job/${id}` : `#/car/${orderId}`, edge: LONG_EDGE };
  }
  const sheet = bay.sheetOf(order), template = bay.templateOf(sheet);
  const item = template && items(template, order, sheet).find((one) => one.finding?.id === id);
  if (!item?.finding) return null;
  const value = item.finding.value === null || item.finding.value === undefined ? "" : ` ${measure(item.point, item.finding.value)}`;
  return { order, photos: item.finding.photos ?? [], title: pointTitle(template, item) + value, hint: said(item.point.photo_hint) || t("camera.hint"), back: pointPath(order, item), edge: item.point.reads_number || item.point.kind === "measured" ? NUMBER_EDGE : LONG_EDGE };
}

/** @param {Bay} bay @param {Aim} aim */
export function cameraScreen(bay, aim) {
  const of = subject(bay, aim);
  if (!of) return gone(bay);
  const { photos } = of;
  startViewfinder(bay);
  const hasView = Boolean(bay.scratch.stream);
  const shoot = () => void snap(bay, aim, of);
  const finder = html`${hasView ? html`<video autoplay playsinline muted .srcObject=${bay.scratch.stream}></video>` : html`<span class="finder-empty">${glyph("camera")}<b>${t(bay.scratch.isBusy ? "camera.keeping" : "camera.open")}</b></span>`}
    <svg class="frame-corners" viewBox="0 0 390 560" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><path stroke-width="4" d="M48 170v-26a10 10 0 0 1 10-10h26M306 134h26a10 10 0 0 1 10 10v26M342 390v26a10 10 0 0 1-10 10h-26M84 426H58a10 10 0 0 1-10-10v-26" /></svg>
    <span class="finder-say between"><span><strong>${of.title}</strong><br>${of.hint}</span>${plate(of.order)}</span>
    ${hasView ? html`<span class="hero-tag">${t("camera.anywhere")}</span>` : nothing}`;
  return screen(bay, {
    isDark: true,
    main: html`
      ${hasView ? html`<button type="button" class="finder" ?data-flash=${bay.scratch.isFlash} aria-label=${t("camera.anywhere")} @click=${shoot}>${finder}</button>` : html`<label class="finder">${fileInput(bay, aim, of, true)}${finder}</label>`}
      <div class="shots">${photos.slice(-3).reverse().map((/** @type {any} */ one, /** @type {number} */ i) => html`<figure ?data-new=${!i}>${picture(bay, one, { alt: t("photo.nth", { n: photos.length - i }) })}</figure>`)}
        <p class="shots-say" role="status">${photos.length ? html`<strong>${t("camera.n", { n: photos.length })}</strong><br><span class="second">${t("camera.kept")}</span>` : html`<span class="second">${t("camera.none")}</span>`}</p></div>${toast(bay)}`,
    foot: html`<nav class="dock" data-camera>
      ${hasView && bay.scratch.hasTorch ? html`<button type="button" class="press" aria-pressed=${Boolean(bay.scratch.isLit)} @click=${() => light(bay)}>${glyph("torch")}<span>${t("camera.light")}</span></button>` : html`<label class="press">${glyph("list")}<span>${t("camera.album")}</span>${fileInput(bay, aim, of, false)}</label>`}
      ${hasView ? html`<button type="button" class="shutter" aria-label=${t("camera.shoot")} @click=${shoot}></button>` : html`<label class="shutter" aria-label=${t("camera.shoot")}>${fileInput(bay, aim, of, true)}</label>`}
      <a class="press" data-kind="main" href=${of.back}>${t("camera.done")}</a></nav>`,
  });
}

/** The intent is on the phone before the camera app opens: a page killed for memory finds its way back.
 * @param {Bay} bay @param {Aim} aim @param {NonNullable<ReturnType<typeof subject>>} of @param {boolean} isCamera */
function fileInput(bay, aim, of, isCamera) {
  const before = () => void bay.keepIntent("camera", { what: of.title, back: location.hash, at: new Date().toISOString() });
  const taken = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const buffers = await Promise.all([...(input.files ?? [])].map((file) => file.arrayBuffer())); // at once: iOS takes the file away later
    input.value = "";
    for (const bytes of buffers) await keep(bay, aim, of, bytes, isCamera ? "camera" : "gallery");
  };
  return html`<input class="file" type="file" accept=${isCamera ? "image/*" : "image/jpeg,image/png"} capture=${isCamera ? "environment" : nothing} ?multiple=${!isCamera} data-camera=${isCamera ? "" : nothing} @click=${before} @change=${taken} @cancel=${() => bay.dropIntent("camera")}>`;
}

/** @param {Bay} bay @param {Aim} aim @param {NonNullable<ReturnType<typeof subject>>} of @param {ArrayBuffer} bytes @param {string} origin */
async function keep(bay, aim, of, bytes, origin) {
  bay.scratch.isBusy = true;
  bay.render();
  try {
    const { needs_server_convert, ...taken } = await takeIn(bytes, { edge: of.edge, scale: bay.scale });
    const args = { photo: bay.newId(), target: aim.target, target_id: aim.id, sha256: taken.sha256, width: taken.width, height: taken.height, taken_at: new Date(bay.now()).toISOString(), origin, marks: [], needs_server_convert };
    const isKept = await bay.act(aim.order, [{ type: "photo.attach", args }], { picture: taken, intent: "camera", isQuiet: true, say: t("camera.saved", { n: of.photos.length + 1 }), undo: () => bay.act(aim.order, [{ type: "photo.detach", args: { photo: args.photo } }]) });
    if (isKept) { navigator.vibrate?.(30); await bay.reload(); }
  } catch (error) {
    navigator.vibrate?.([80, 60, 80]);
    bay.tell({ text: t(error instanceof PictureRefused ? error.code : "photo.unknown") });
    await bay.dropIntent("camera");
  }
  bay.scratch.isBusy = false;
  bay.render();
}

/** @param {Bay} bay */
function startViewfinder(bay) {
  if (bay.scratch.isAsked) return;
  const here = (bay.scratch = { ...bay.scratch, isAsked: true });
  if (!navigator.mediaDevices?.getUserMedia) return;
  navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: "environment" }, width: { ideal: 2560 }, height: { ideal: 1920 } } }).then((stream) => {
    if (bay.scratch !== here) return stream.getTracks().forEach((track) => track.stop());
    const [track] = stream.getVideoTracks();
    Object.assign(here, { stream, hasTorch: Boolean(/** @type {any} */ (track.getCapabilities?.())?.torch), leave: () => track.stop() });
    bay.render();
  }, () => {}); // refused or absent: the phone's own camera app stays
}

/** @param {Bay} bay */
async function light(bay) {
  bay.scratch.isLit = !bay.scratch.isLit;
  await bay.scratch.stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: bay.scratch.isLit }] }).catch(() => {});
  bay.render();
}

/** @param {Bay} bay @param {Aim} aim @param {NonNullable<ReturnType<typeof subject>>} of */
async function snap(bay, aim, of) {
  const video = document.querySelector("video");
  if (!video?.videoWidth || bay.scratch.isBusy) return;
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  bay.scratch.isFlash = true;
  bay.render();
  setTimeout(() => { bay.scratch.isFlash = false; bay.render(); }, 140);
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
  await keep(bay, aim, of, blob ? await blob.arrayBuffer() : new ArrayBuffer(0), "camera");
}
