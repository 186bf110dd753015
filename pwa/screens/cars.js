// My cars today: which is next, what runs, and where my work is kept.
import { html, nothing } from "../vendor/lit-html.js";
import { head, main, notice, pill, plate, press, screen, toast } from "../elements/frame.js";
import { glyph } from "../elements/icon.js";
import { carPicture } from "../elements/picture.js";
import { count, items, nextOpen } from "../inspection.js";
import { clock, nameOf, t } from "../words.js";
import { minutesRunning, mine, sheetName, stepTo } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */
/** @typedef {Record<string, any>} Order */

const OVER = ["quality_check", "ready", "settled", "delivered", "cancelled"];

/** @param {Bay} bay */
export function carsScreen(bay) {
  const orders = bay.view.orders.filter((order) => !OVER.includes(order.status) || order.gone);
  const done = bay.view.orders.filter((order) => OVER.includes(order.status) && order.status !== "cancelled" && !order.gone && isToday(order.done_at));
  const isStartedLost = bay.isLost() && !bay.hasReached;
  return screen(bay, {
    top: html`<header class="top"><h1>${t("cars.title")}</h1>${pill(bay, { isLong: true })}</header>`,
    main: html`
      ${isStartedLost ? lostStart(orders.length) : warnings(bay)}
      ${orders.length ? html`<ul class="ruled">${orders.map((order, i) => html`<li>${i || isStartedLost ? row(bay, order) : block(bay, order)}</li>`)}</ul>` : empty(bay)}
      ${isStartedLost && bay.lastOk ? html`<p class="second pad room">${t("cars.as_of", { time: clock(bay.lastOk) })}</p>` : nothing}
      ${done.length && !isStartedLost ? html`${head("check", t("cars.done"), t("cars.n", { n: done.length }))}
        ${done.map((order) => html`<p class="second pad"><a class="row-link" href="#/car/${order.id}"><span class="grow"><span class="plate-text">${order.plate_shown}</span> ${order.model} · ${whereOf(bay, order)}</span>${glyph("next")}</a></p>`)}` : nothing}
      <div class="strip-place">${toast(bay)}</div>`,
    foot: foot(bay, orders, isStartedLost), hasToast: true,
  });
}

/** @param {string | null | undefined} at */
const isToday = (at) => !at || new Date(at).toDateString() === new Date().toDateString();

/** @param {number} n */
const lostStart = (n) => html`<div class="title room-top"><h2 class="big-title">${t("cars.lost_title")}</h2><p class="room">${t("cars.lost_text", { n })}</p></div>`;

/** @param {Bay} bay */
function warnings(bay) {
  const { mutations, photos } = bay.counts();
  const kept = t(photos ? "kept.photos" : "kept.items", { n: mutations, photos });
  const stop = bay.status.state?.stop;
  const [intent] = bay.intents;
  return html`
    ${bay.isLost() ? notice({ title: t("cars.lost_since", { time: clock(new Date(bay.status.state?.since ?? 0).toISOString()) }), text: mutations || photos ? t("cars.lost_kept", { kept }) : t("cars.lost_nothing") }) : nothing}
    ${stop === "signed_out" ? notice({ title: t("fault.signed_out"), text: t("fault.signed_out_text", { n: mutations }), action: press({ text: t("fault.sign_in"), size: "tap", href: "#/enrol" }) }) : nothing}
    ${stop === "revoked" ? notice({ kind: "stop", title: t("fault.revoked"), text: t("fault.revoked_text", { n: mutations }), action: press({ text: t("fault.save_copy"), size: "tap", href: "#/sync" }) }) : nothing}
    ${intent ? notice({ title: t("fault.camera"), text: t("fault.camera_text", { what: intent.what }), action: press({ text: t("fault.camera_again"), size: "tap", href: intent.back }) }) : nothing}`;
}

/** @param {Bay} bay */
const empty = (bay) => html`<div class="title room-top"><h2>${t(bay.status.hasTried || bay.lastOk ? "cars.none" : "cars.fetching")}</h2><p class="second">${t(bay.lastOk ? "cars.none_text" : "cars.fetching_text")}</p></div>`;

/** @param {Bay} bay @param {Order} order */
const block = (bay, order) => html`<a class="car-block" href="#/car/${order.id}">
  <span class="hero block">${carPicture(bay, order)}${where(order)}</span>
  <span class="row-link"><span class="grow">${plate(order, true)}<span class="second model">${order.model}</span><b>${summary(bay, order)}</b></span>${glyph("next")}</span></a>`;

/** @param {Bay} bay @param {Order} order */
const row = (bay, order) => html`<a class="row-link" href="#/car/${order.id}">${carPicture(bay, order, "thumb")}
  <span class="grow">${plate(order)}<span class="second model">${order.model}</span><span class="block strong">${summary(bay, order)}</span></span>${glyph("next")}</a>`;

/** @param {Order} order */
export function where(order) {
  const parts = [order.bay ? t("car.bay", { bay: order.bay }) : "", order.promised_at ? t("car.promised", { time: clock(order.promised_at) }) : ""].filter(Boolean);
  return parts.length ? html`<span class="hero-tag">${parts.join(" · ")}</span>` : nothing;
}

/** One line: what can be done on this car now. @param {Bay} bay @param {Order} order */
function summary(bay, order) {
  if (order.gone) return order.moved_to ? t("car.moved", { name: order.moved_to }) : t("car.moved_away");
  const lines = mine(order);
  const parts = [];
  const running = lines.filter((line) => line.work_status === "in_work").length;
  const ready = lines.filter((line) => line.startable && ["waiting", "paused"].includes(line.work_status)).length;
  const waiting = lines.filter((line) => line.origin === "add_on" && ["proposed", "reviewed", "presented"].includes(line.status)).length;
  if (running) parts.push(t("cars.running", { n: running }));
  if (ready) parts.push(t("cars.ready", { n: ready }));
  const sheet = bay.sheetOf(order), template = bay.templateOf(sheet);
  if (sheet && template && !sheet.finished_at) { const { done, all } = count(items(template, order, sheet)); parts.push(t("cars.checked", { name: parts.length ? t("inspection.short") : sheetName(template), done, all })); }
  if (waiting) parts.push(t("cars.waiting", { n: waiting }));
  return parts.slice(0, 2).join(t("comma")) || t("cars.nothing");
}

/** @param {Bay} bay @param {Order} order */
function whereOf(bay, order) {
  const n = bay.pending.filter((mutation) => mutation.stream === `ro:${order.id}`).length;
  return n ? t("pill.phone", { n }) : t("pill.shop");
}

/** @param {Bay} bay @param {Order[]} orders @param {boolean} isStartedLost */
function foot(bay, orders, isStartedLost) {
  const next = nextStep(bay, orders);
  if (isStartedLost) {
    return html`<nav class="dock">${press({ text: t("cars.retry"), icon: "refresh", isNarrow: true, onTap: () => bay.sender.retry() })}
      ${next ? main({ text: t("continue", { what: next.title }), href: next.href }) : nothing}</nav>`;
  }
  if (bay.update.isWaiting && !bay.update.isLater) return update(bay);
  const job = running(bay, orders);
  if (job) return html`<aside class="running"><div class="grow"><p class="second">${t("job.running_for", { n: minutesRunning(bay, job.line) })} · <span class="plate-text">${job.order.plate_shown}</span></p><b>${nameOf(job.line)}</b></div>
    ${main({ text: t("job.finish"), icon: "check", href: `#/car/${job.order.id}/job/${job.line.id}` })}</aside>`;
  return next ? html`<nav class="dock">${main({ text: t("continue", { what: next.title }), href: next.href, after: "next" })}</nav>` : nothing;
}

/** @param {Bay} bay */
const update = (bay) => html`<aside class="running" data-wrap><div><b>${t("update.title")}</b><p class="second">${t("update.text", { n: bay.counts().mutations })}</p></div>
  ${press({ text: t("update.later"), onTap: () => { bay.update.isLater = true; bay.render(); } })}${main({ text: t("update.now"), onTap: () => bay.update.apply() })}</aside>`;

/** The job I am on. @param {Bay} bay @param {Order[]} orders */
export function running(bay, orders) {
  for (const order of orders) {
    const line = mine(order).find((one) => one.work_status === "in_work" && (!one.running_by || one.running_by === bay.person.id));
    if (line) return { order, line };
  }
  return null;
}

/** @param {Bay} bay @param {Order[]} orders */
function nextStep(bay, orders) {
  for (const order of orders) {
    const sheet = bay.sheetOf(order), template = bay.templateOf(sheet);
    if (!sheet || !template || sheet.finished_at || order.gone) continue;
    const list = items(template, order, sheet);
    const item = nextOpen(list);
    if (item) return stepTo(template, order, list, item);
  }
  return null;
}
