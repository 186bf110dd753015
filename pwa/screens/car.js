// One car: what the customer said, what may be started, what waits, what was declined.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, head, main, notice, platedTop, press, screen, word } from "../elements/frame.js";
import { glyph } from "../elements/icon.js";
import { carPicture } from "../elements/picture.js";
import { count, items, nextOpen } from "../inspection.js";
import { clock, hours, nameOf, said, t } from "../words.js";
import { where } from "./cars.js";
import { lineName, mine, sheetName, stepTo, stopwatch } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */
/** @typedef {Record<string, any>} Order */

/** @param {Bay} bay @param {{order: string}} at */
export function carScreen(bay, { order: id }) {
  const order = bay.view.order(id);
  if (!order) return gone(bay);
  const lines = sort(order);
  const sheet = bay.sheetOf(order), template = bay.templateOf(sheet);
  const list = sheet && template ? items(template, order, sheet) : [];
  return screen(bay, {
    top: platedTop(bay, order, { isBig: true }),
    main: html`
      <figure class="hero">${carPicture(bay, order)}${where(order)}</figure>
      ${order.gone ? notice({ title: order.moved_to ? t("car.moved", { name: order.moved_to }) : t("car.moved_away"), text: t("car.moved_text") }) : nothing}
      <div class="pad room"><p class="second model">${order.model}${order.mileage_km ? html`<br>${order.mileage_km.toLocaleString("en")} km` : nothing}</p>
        ${order.customer_words ? html`<p class="said">“${order.customer_words}”</p>` : nothing}
        <p class="second">${order.customer_words ? t("car.customer_words") : t("car.no_words")}${order.advisor?.name ? ` · ${t("car.advisor", { name: order.advisor.name })}` : ""}</p></div>
      ${section("clock", t("car.running"), lines.running, (line) => running(bay, order, line))}
      ${section("check", t("car.ready"), lines.ready, (line) => ready(bay, order, line))}
      ${sheet && template ? inspection(order, template, sheet, list) : nothing}
      ${section("undo", t("car.returned"), lines.returned, (line) => returned(bay, order, line))}
      ${section("wait", t("car.waiting"), lines.waiting, (line) => closed(bay, line, "waiting", waitingText(line)))}
      ${section("no", t("car.blocked"), lines.blocked, (line) => closed(bay, line, "waiting", line.reason ?? ""))}
      ${section("no", t("car.declined"), lines.declined, (line) => closed(bay, line, "declined", declinedText(line)))}
      ${section("check", t("car.done"), lines.done, (line) => html`<a class="row-link" href="#/car/${order.id}/job/${line.id}"><span class="grow"><b>${lineName(bay, line)}</b><span class="second">${line.spent_minutes ? t("job.took", { n: line.spent_minutes }) : t("job.done_word")}</span></span>${glyph("next")}</a>`)}
      ${order.open_declined?.length ? html`<section>${head("", t("car.before"))}${order.open_declined.map((/** @type {any} */ one) => html`<div class="task"><b>${nameOf(one)}</b><p class="second">${clock(one.at)} ${one.text ?? ""}</p></div>`)}</section>` : nothing}
      <div class="gap"></div>`,
    foot: foot(order, lines, sheet, list, template),
  });
}

/** @param {Bay} bay */
export const gone = (bay) => screen(bay, { top: platedTop(bay, undefined), main: html`<div class="title"><h1>${t("car.gone")}</h1><p class="second">${t("car.gone_text")}</p></div>`, foot: dock(back("#/cars"), press({ text: t("cars.back"), href: "#/cars" })) });

/** @param {Order} order */
function sort(order) {
  const all = mine(order);
  const isAddOn = (/** @type {any} */ line) => line.origin === "add_on";
  const isAsked = (/** @type {any} */ line) => isAddOn(line) && line.status !== "approved";
  const rest = all.filter((line) => !isAsked(line) && line.work_status !== "done" && line.work_status !== "in_work");
  return {
    running: all.filter((line) => line.work_status === "in_work"),
    ready: rest.filter((line) => line.startable && !order.gone),
    blocked: rest.filter((line) => !line.startable || order.gone),
    returned: all.filter((line) => isAddOn(line) && line.status === "returned"),
    waiting: all.filter((line) => isAddOn(line) && ["proposed", "reviewed", "presented"].includes(line.status)),
    declined: all.filter((line) => isAddOn(line) && ["declined", "deferred"].includes(line.status)),
    done: all.filter((line) => line.work_status === "done"),
  };
}

/** @param {string} icon @param {string} title @param {any[]} lines @param {(line: any) => unknown} draw */
const section = (icon, title, lines, draw) => (lines.length ? html`<section class="sheet-paper">${head(icon, title)}${lines.map(draw)}</section>` : nothing);

/** @param {Bay} bay @param {Order} order @param {any} line */
const ready = (bay, order, line) => html`<div class="task"><div class="line"><div class="grow"><b>${lineName(bay, line)}</b><p class="second">${readyText(line)}</p></div>
  ${main({ text: t(line.work_status === "paused" ? "job.resume" : "job.start"), icon: "play", isNarrow: true, onTap: () => start(bay, order, line) })}</div>${partsOf(line)}</div>`;

/** @param {any} line */
function readyText(line) {
  const agreed = line.origin === "add_on" && line.approved_at ? t("job.agreed", { time: clock(line.approved_at) }) : "";
  return [line.work_status === "paused" && line.pause_reason ? t("job.paused", { why: line.pause_reason }) : agreed, hours(line.hours_x100)].filter(Boolean).join(" · ");
}

/** @param {any} line */
const partsOf = (line) => (line.parts?.length ? html`<p class="second">${t("job.parts")} ${line.parts.map((/** @type {any} */ part) => `${nameOf(part)} ${part.quantity_x100 / 100} ${part.unit ?? ""}`.trim()).join(t("listed"))}</p>` : nothing);

/** @param {Bay} bay @param {Order} order @param {any} line */
const start = (bay, order, line) => bay.act(order.id, [{ type: "job.start", args: { line: line.id } }], {
  say: t("job.started", { what: lineName(bay, line) }),
  undo: () => bay.act(order.id, [{ type: "job.pause", args: { line: line.id, reason: t("undone") } }]),
});

/** @param {Bay} bay @param {Order} order @param {any} line */
const running = (bay, order, line) => html`<div class="task"><div class="line"><div class="grow"><b>${lineName(bay, line)}</b><p class="second">${[t("job.since", { time: clock(line.running_since) }), hours(line.hours_x100)].filter(Boolean).join(" · ")}</p></div>
    ${line.running_since ? html`<span class="big-no clock" data-tick>${stopwatch(bay, line)}</span>` : nothing}</div>
  ${partsOf(line)}
  <div class="line">${press({ text: t("job.old_part"), icon: "camera", size: "tap", href: `#/car/${order.id}/camera/old_part/${line.id}` })}${press({ text: t("job.pause"), size: "tap", href: `#/car/${order.id}/job/${line.id}/pause` })}</div>
  ${line.steps?.length ? html`<details><summary class="press" data-size="tap">${t("job.steps", { n: line.steps.length })}</summary><ol class="steps">${line.steps.map((/** @type {any} */ step, /** @type {number} */ i) => html`<li><b>${i + 1}</b><span>${said(step)}</span></li>`)}</ol></details>` : nothing}</div>`;

/** @param {Bay} bay @param {Order} order @param {any} line */
const returned = (bay, order, line) => html`<div class="task"><div class="line"><div class="grow"><b>${lineName(bay, line)}</b><p class="second">“${line.return_reason}”</p></div>
  ${press({ text: t("addon.revise"), size: "tap", isNarrow: true, href: `#/car/${order.id}/revise/${line.id}` })}</div></div>`;

/** @param {Bay} bay @param {any} line @param {string} kind @param {unknown} text */
const closed = (bay, line, kind, text) => html`<div class="task" data-closed=${kind}><b>${lineName(bay, line)}</b><p class="second">${text}</p></div>`;

/** @param {any} line */
function waitingText(line) {
  if (line.isLocal) return t("addon.on_phone");
  if (line.status === "presented") return [line.sent_at ? t("addon.sent", { time: clock(line.sent_at) }) : "", line.seen_at ? t("addon.seen", { time: clock(line.seen_at) }) : "", t("addon.no_answer")].filter(Boolean).join(" · ");
  return t(line.status === "reviewed" ? "addon.reviewed" : "addon.proposed");
}

/** @param {any} line */
const declinedText = (line) => [line.decline_reason ? `“${line.decline_reason}”` : "", t(line.status === "deferred" ? "addon.deferred" : "addon.next_time")].filter(Boolean).join(" · ");

/** @param {Order} order @param {any} template @param {any} sheet @param {any[]} list */
function inspection(order, template, sheet, list) {
  const counts = count(list);
  const shown = /** @type {const} */ (["good", "watch", "replace", "not_checked"]).filter((grade) => counts[grade]);
  return html`<section class="sheet-paper"><a class="row-link" href="#/car/${order.id}/inspection"><span class="grow"><b>${sheetName(template)} ${counts.done}/${counts.all}</b>
    <span class="words">${shown.map((grade) => word(grade, `${t(`grade.${grade}`)} ${counts[grade]}`))}</span></span>${glyph("next")}</a></section>`;
}

/** @param {Order} order @param {ReturnType<typeof sort>} lines @param {any} sheet @param {any[]} list @param {any} template */
function foot(order, lines, sheet, list, template) {
  const [job] = lines.running;
  if (job) return html`<aside class="running">${back("#/cars")}<a class="press" data-fill data-kind="main" href="#/car/${order.id}/job/${job.id}">${glyph("check")}<span>${t("job.finish")}</span></a></aside>`;
  const next = sheet && !sheet.finished_at && !order.gone ? nextOpen(list) : null;
  if (next) return dock(back("#/cars"), main({ text: t("inspection.continue", { done: count(list).done, all: list.length }), after: "next", href: stepTo(template, order, list, next).href }));
  const isThrough = lines.done.length && !lines.ready.length && !["quality_check", "ready", "settled", "delivered"].includes(order.status);
  if (isThrough) return dock(back("#/cars"), main({ text: t("order.finish"), icon: "check", href: `#/car/${order.id}/job/${lines.done[0].id}` }));
  return dock(back("#/cars"), press({ text: t("cars.back"), href: "#/cars" }));
}
