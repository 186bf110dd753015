// Signing out with work still here: stay and send, lock, or save as a file. Throwing away is not on this screen.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, main, plate, press, screen, titled } from "../elements/frame.js";
import { glyph } from "../elements/icon.js";
import { t } from "../words.js";
import { saveCopy } from "./sync.js";

/** @typedef {import("../bay.js").Bay & {lock: () => Promise<void>, signOut: () => Promise<void>}} Bay */

/** @param {Bay} bay */
export function leaveScreen(bay) {
  if (!bay.scratch.hasTried) { bay.scratch.hasTried = true; void bay.sender.retry(); }
  const { mutations, photos } = bay.counts();
  if (!mutations && !photos) return nothingLeft(bay);
  const streams = [...new Set(bay.pending.map((mutation) => mutation.stream))];
  const lines = streams.map((stream) => ({ order: bay.view.order(stream.slice(3)), own: bay.pending.filter((mutation) => mutation.stream === stream) }));
  return screen(bay, {
    top: titled(bay, t("leave.title")),
    main: html`
      <div class="pad room-top"><h2 class="big-title">${t(photos ? "leave.unsent_photos" : "leave.unsent", { n: mutations, photos })}</h2><p class="second room-tight">${t(bay.status.isRunning ? "leave.trying" : "leave.tried")}</p></div>
      <ul class="ruled sheet-paper">${lines.map(({ order, own }) => html`<li class="row-link"><span class="grow">${order ? plate(order) : nothing}</span>${t(own.some((one) => one.blobs.length) ? "kept.photos" : "kept.items", { n: own.length, photos: [...new Set(own.flatMap((one) => one.blobs))].filter((sha) => bay.blobs[sha] === "local").length })}</li>`)}</ul>
      <div class="pad stack-loose at-foot room">
        <button type="button" class="press choice-big" @click=${() => bay.lock()}>${glyph("lock")}<span>${t("leave.lock")}<small>${t("leave.lock_text")}</small></span></button>
        <button type="button" class="press choice-big" @click=${() => saveCopy(bay)}>${glyph("export")}<span>${t("leave.file")}<small>${t("leave.file_text")}</small></span></button></div>`,
    foot: dock(back("#/sync"), main({ text: t("leave.stay"), icon: "send", onTap: () => { void bay.sender.retry(); bay.go("#/sync"); } })), hasToast: false,
  });
}

/** @param {Bay} bay */
const nothingLeft = (bay) => screen(bay, {
  top: titled(bay, t("leave.title")),
  main: html`<div class="title room-top"><h2 class="big-title">${t("leave.clean")}</h2><p class="second room-tight">${t("leave.clean_text")}</p></div>
    <div class="pad at-foot room"><button type="button" class="press choice-big" @click=${() => bay.signOut()}>${glyph("lock")}<span>${t("leave.out")}<small>${t("leave.out_text", { name: bay.person.name })}</small></span></button></div>`,
  foot: dock(back("#/sync"), press({ text: t("leave.stay_in"), href: "#/cars" })),
});
