// Something seen that the list has no place for.
import { html } from "../vendor/lit-html.js";
import { back, dock, main, platedTop, press, screen } from "../elements/frame.js";
import { mark } from "../elements/icon.js";
import { t } from "../words.js";
import { gone } from "./car.js";
import { starting } from "./shared.js";

/** @typedef {import("../bay.js").Bay} Bay */

/** @param {Bay} bay @param {{order: string}} at */
export function otherScreen(bay, { order: id }) {
  const order = bay.view.order(id);
  const sheet = bay.sheetOf(order);
  if (!order || !sheet) return gone(bay);
  const { grade } = bay.scratch;
  const isReady = bay.scratch.title?.trim() && grade;
  const save = async () => {
    const finding = bay.newId();
    const isSaved = await bay.act(id, [...starting(sheet), { type: "finding.add", args: { insp: sheet.id, finding, title: bay.scratch.title.trim(), zone: "other", rating: grade, text: "" } }], { say: t("other.saved") });
    if (isSaved) bay.go(`#/car/${id}/camera/finding/${finding}`);
  };
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`<div class="title"><h1>${t("other.title")}</h1></div>
      <div class="pad room stack-tight"><label class="strong" for="what">${t("other.what")}</label><input class="input" data-bay id="what" maxlength="60" .value=${bay.scratch.title ?? ""} @input=${(/** @type {Event} */ event) => { bay.scratch.title = /** @type {HTMLInputElement} */ (event.target).value; bay.render(); }}></div>
      <div class="at-foot"></div><div class="grades" role="group" aria-label=${t("point.judge")}>${["good", "watch", "replace"].map((one) => html`<button type="button" class="grade" data-state=${one} aria-pressed=${grade === one} @click=${() => { bay.scratch.grade = one; bay.render(); }}>${mark(one)}${t(`grade.${one}`)}</button>`)}</div><div class="gap"></div>`,
    foot: dock(back(`#/car/${id}/inspection`), isReady ? main({ text: t("other.shoot"), icon: "camera", onTap: save }) : press({ text: t("other.open"), isOff: true })),
  });
}
