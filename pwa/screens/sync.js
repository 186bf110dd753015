// Where my work is: on this phone, at the shop, or waiting for me.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, main, plate, press, screen, titled } from "../elements/frame.js";
import { glyph } from "../elements/icon.js";
import { exportAll } from "../log.js";
import { clock, lasting, t } from "../words.js";

/** @typedef {import("../bay.js").Bay} Bay */

/** @param {Bay} bay */
export function syncScreen(bay) {
  const { mutations, photos } = bay.counts();
  const oldest = bay.pending[0]?.at_wall;
  return screen(bay, {
    top: titled(bay, t("sync.title")),
    main: html`
      <div class="pad room-top"><p class="second">${t(mutations || photos ? "sync.only_here" : "sync.nothing_here")}</p>
        <p class="count-line"><span class="big-no">${mutations}</span><span>${t("sync.items")}</span><span class="big-no">${photos}</span><span>${t("sync.photos")}</span></p>
        <p class="second">${oldest ? html`${t("sync.oldest", { time: clock(oldest), age: lasting(Math.max(0, Math.round((Date.now() - Date.parse(oldest)) / 60000))) })}<br>` : nothing}${bay.lastOk ? t("sync.last", { time: clock(bay.lastOk) }) : t("sync.never")}${status(bay)}</p><div class="gap"></div></div>
      ${bay.needs.length ? html`<a class="row-link sheet-paper" href="#/needs">${glyph("alert")}<span class="grow"><b>${t("pill.you_items", { n: bay.needs.length })}</b></span>${glyph("next")}</a>` : nothing}
      <ul class="ruled sheet-paper">${bay.view.orders.map((order) => row(bay, order))}</ul>
      <p class="second pad room">${t("sync.itself")}</p>
      <div class="pad two">${press({ text: t("sync.copy"), icon: "export", size: "tap", onTap: () => saveCopy(bay) })}${press({ text: t("sync.report"), size: "tap", onTap: () => report(bay) })}</div>
      <div class="gap"></div>
      <ul class="ruled sheet-paper"><li><a class="row-link" href="#/about"><span class="grow"><b>${t("about.title")}</b></span>${glyph("next")}</a></li><li><a class="row-link" href="#/leave"><span class="grow"><b>${t("leave.title")}</b><span class="second">${bay.person.name}</span></span>${glyph("next")}</a></li></ul><div class="gap"></div>`,
    foot: dock(back("#/cars"), main({ text: t(bay.status.isRunning ? "sync.sending" : "sync.now"), icon: "send", onTap: () => bay.sender.retry() })),
  });
}

/** @param {Bay} bay */
function status(bay) {
  const stop = bay.status.state?.stop;
  if (!stop) return nothing;
  return html`<br><b>${t(`sync.stop_${stop}`)}</b>`;
}

/** @param {Bay} bay @param {any} order */
function row(bay, order) {
  const own = bay.pending.filter((mutation) => mutation.stream === `ro:${order.id}`);
  const photos = [...new Set(own.flatMap((mutation) => mutation.blobs))].filter((sha) => bay.blobs[sha] === "local").length;
  const isHere = own.length > 0;
  return html`<li class="row-link"><span class="grow">${plate(order)}${isHere ? html`<span class="block">${t(photos ? "kept.photos" : "kept.items", { n: own.length, photos })}</span><span class="second">${t("sync.from", { time: clock(own[0].at_wall) })}</span>` : html`<span class="second block">${bay.lastOk ? t("sync.arrived", { time: clock(bay.lastOk) }) : ""}</span>`}</span>
    <span class="strong nowrap">${glyph(isHere ? "phone" : "check")} ${t(isHere ? "state.phone" : "state.shop")}</span></li>`;
}

/** Everything unsent as a file: by the share sheet where there is one. @param {Bay} bay */
export async function saveCopy(bay) {
  const name = `mingdan-${bay.person.name}-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-")}.json`;
  const file = new File([JSON.stringify(await exportAll(bay.database))], name, { type: "application/json" });
  try {
    if (navigator.canShare?.({ files: [file] })) { await navigator.share({ files: [file], title: name }); return bay.tell({ text: t("sync.copied") }); }
  } catch (error) {
    if (/** @type {Error} */ (error).name === "AbortError") return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  bay.tell({ text: t("sync.copied") });
}

/** @param {Bay} bay */
async function report(bay) {
  const trace = await bay.database.withDb((db) => db.getAll("trace"));
  const body = JSON.stringify({ trace: { build: bay.tree, agent: navigator.userAgent, counts: bay.counts(), status: bay.status, skew_ms: bay.skewMs, events: trace } });
  const answer = await fetch("/sync/report", { method: "POST", body, headers: { "X-Bay": "1", "content-type": "application/json" }, redirect: "error" }).catch(() => null);
  bay.tell({ text: t(answer?.ok ? "sync.reported" : "sync.not_reported") });
}
