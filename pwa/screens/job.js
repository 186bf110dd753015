// A job that is done: its time, the photographs the quality check wants, and handing the car over when all is done.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, head, main, platedTop, press, screen } from "../elements/frame.js";
import { glyph } from "../elements/icon.js";
import { picture } from "../elements/picture.js";
import { clock, t } from "../words.js";
import { gone } from "./car.js";
import { lineName, mine } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */

/** @param {Bay} bay @param {{order: string, line: string}} at */
export function jobScreen(bay, { order: id, line: lineId }) {
  const order = bay.view.order(id);
  const line = order?.lines?.find((/** @type {any} */ one) => one.id === lineId);
  if (!order || !line) return gone(bay);
  const isRunning = line.work_status === "in_work";
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`<div class="title"><h1>${lineName(bay, line)}<br>${t(isRunning ? "job.finish_ask" : "job.done_word")}</h1><p class="second room-tight">${isRunning ? t("job.since", { time: clock(line.running_since) }) : timing(line)}</p></div>
      <div class="sheet-paper">${head("camera", t("job.photos"))}${slot(bay, order, line, "old_part")}${slot(bay, order, line, "work_after")}</div>`,
    foot: foot(bay, order, line, isRunning),
  });
}

/** @param {any} line */
function timing(line) {
  const span = line.started_at && line.finished_at ? t("job.span", { from: clock(line.started_at), to: clock(line.finished_at), n: line.spent_minutes ?? 0 }) : line.spent_minutes ? t("job.took", { n: line.spent_minutes }) : "";
  return [span, line.hours_x100 ? t("job.standard", { n: Math.round(line.hours_x100 * 0.6) }) : ""].filter(Boolean).join(" · ");
}

/** @param {any} line @param {string} target @returns {any[]} */
const shots = (line, target) => (line.photos ?? []).filter((/** @type {any} */ photo) => photo.target === target);

/** @param {Bay} bay @param {any} order @param {any} line @param {string} target */
function slot(bay, order, line, target) {
  const [photo, ...more] = shots(line, target);
  return html`<a class="row-link" href="#/car/${order.id}/camera/${target}/${line.id}">${photo ? picture(bay, photo, { className: "thumb" }) : html`<span class="thumb" data-empty>${glyph("camera")}</span>`}
    <span class="grow"><b>${t(target === "old_part" ? "job.old_part_name" : `job.${target}`)}</b><span class="second">${photo ? t("job.shot", { n: more.length + 1 }) : t(`job.${target}_hint`)}</span></span>${photo ? glyph("check") : nothing}</a>`;
}

/** @param {Bay} bay @param {any} order @param {any} line @param {boolean} isRunning */
function foot(bay, order, line, isRunning) {
  const home = back(`#/car/${order.id}`);
  if (isRunning) return dock(home, main({ text: t("job.finish"), icon: "check", onTap: () => finish(bay, order, line) }));
  const isMissing = !shots(line, "work_after").length;
  const isLast = mine(order).every((one) => one.work_status === "done" || !one.startable) && !["quality_check", "ready", "settled", "delivered"].includes(order.status);
  if (isMissing) return dock(home, main({ text: t("job.shoot_after"), icon: "camera", href: `#/car/${order.id}/camera/work_after/${line.id}` }));
  if (isLast) return dock(home, main({ text: t("order.finish"), icon: "check", onTap: () => handOver(bay, order) }));
  return dock(home, press({ text: t("car.back"), href: `#/car/${order.id}` }));
}

/** @param {Bay} bay @param {any} order @param {any} line */
const finish = (bay, order, line) => bay.act(order.id, [{ type: "job.finish", args: { line: line.id } }], {
  say: t("job.finished", { time: clock(new Date().toISOString()) }),
  undo: () => bay.act(order.id, [{ type: "job.start", args: { line: line.id } }]),
});

/** @param {Bay} bay @param {any} order */
async function handOver(bay, order) {
  if (await bay.act(order.id, [{ type: "order.finish", args: {} }], { say: t("order.finished") })) bay.go("#/cars");
}
