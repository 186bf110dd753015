// One finding with its photographs, its words, and how to check it.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, main, platedTop, press, screen, word } from "../elements/frame.js";
import { glyph, mark } from "../elements/icon.js";
import { picture, rings } from "../elements/picture.js";
import { gradeOf } from "../inspection.js";
import { clock, month, said, t } from "../words.js";
import { gone } from "./car.js";
import { proposedFor } from "./point.js";
import { limitText, measure, monthsBetween, pointPath, standAt } from "./shared.js";
import { later } from "./reasons.js";

/** @typedef {import("../bay.js").Bay} Bay */

/** @param {Bay} bay @param {{order: string, key: string}} at */
export function findingScreen(bay, { order: id, key }) {
  const stand = standAt(bay, id, key);
  if (!stand?.item.finding) return gone(bay);
  const { item, order, title } = stand;
  const f = /** @type {any} */ (item.finding);
  const chosen = Math.min(bay.scratch.photo ?? 0, Math.max(0, f.photos.length - 1));
  const photo = f.photos[chosen];
  const hasValue = f.value !== null && f.value !== undefined;
  const [figure, unit] = hasValue ? measure(item.point, f.value).split(" ") : [];
  const canPropose = f.photos.length && gradeOf(item) !== "good" && !proposedFor(order, item);
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`
      ${photo ? html`<figure class="hero" data-fill>${picture(bay, photo, { isFull: true, alt: title })}${rings(photo.marks)}<figcaption class="hero-tag" data-at="end">${glyph(isHere(bay, photo) ? "phone" : "check")}${t(isHere(bay, photo) ? "photo.nth_here" : "photo.nth_shop", { n: chosen + 1 })}</figcaption></figure>
        <div class="shots room-tight">${f.photos.map((/** @type {any} */ one, /** @type {number} */ i) => html`<figure ?data-new=${i === chosen}><button type="button" aria-label=${t("photo.nth", { n: i + 1 })} @click=${() => { bay.scratch.photo = i; bay.render(); }}>${picture(bay, one)}</button></figure>`)}
          <a class="press" data-size="tap" href="#/car/${id}/annotate/${photo.id}">${glyph("pen")}${t("ring")}</a></div>` : html`<div class="gap" data-grow></div>`}
      <div class="title between"><h1>${title}</h1><span class="finding-grade">${word(gradeOf(item))}</span></div>
      ${hasValue ? html`<div class="finding-figure pad"><span class="big-no">${figure}<span class="unit"> ${unit ?? ""}</span></span><span class="second">${limitText(item.point)}${wear(item)}</span></div>` : nothing}
      ${f.differ_reason ? html`<p class="pad room-tight">${t("finding.differs", { why: f.differ_reason })}</p>` : nothing}
      ${f.notes.map((/** @type {any} */ note) => html`<div class="pad room"><p>“${note.text}”</p><p class="second">${note.by?.name ?? bay.person.name} · ${clock(note.at)}</p></div>`)}
      ${bay.scratch.isWriting ? note(bay, stand) : nothing}<div class="gap"></div>`,
    foot: dock(back(pointPath(order, item)), press({ text: t("write_it"), icon: "pen", onTap: () => write(bay, f.id) }),
      canPropose ? main({ text: t("addon.propose"), after: "next", href: pointPath(order, item, "propose") }) : main({ text: t("done"), href: pointPath(order, item) })),
  });
}

/** @param {Bay} bay @param {any} photo */
export const isHere = (bay, photo) => bay.blobs[photo.sha256] === "local";

/** @param {any} item */
function wear({ last, finding }) {
  if (last?.value === null || last?.value === undefined) return nothing;
  return html`<br>${t("finding.wear", { last: last.value, months: monthsBetween(last.at, Date.now()), n: Math.abs(Math.round((last.value - finding.value) * 100) / 100), month: month(last.at) })}`;
}

/** @param {Bay} bay @param {string} id */
async function write(bay, id) {
  bay.scratch.text = (await bay.draft(`${id}/note`)) ?? "";
  bay.scratch.isWriting = true;
  bay.render();
  document.getElementById("note")?.focus();
}

/** @param {Bay} bay @param {import("./shared.js").Stand} stand */
function note(bay, { sheet, item, order }) {
  const id = /** @type {any} */ (item.finding).id;
  const type = (/** @type {Event} */ event) => { bay.scratch.text = /** @type {HTMLTextAreaElement} */ (event.target).value; later(bay, `${id}/note`); };
  const save = async () => {
    const text = bay.scratch.text.trim();
    clearTimeout(bay.scratch.draftTimer);
    if (text && await bay.act(order.id, [{ type: "insp.note_add", args: { insp: sheet.id, finding: id, note: bay.newId(), text } }], { say: t("finding.noted"), draft: `${id}/note` })) bay.scratch.isWriting = false;
    bay.render();
  };
  return html`<div class="pad stack-tight"><label class="strong" for="note">${t("finding.note")}</label><textarea class="input" data-bay id="note" rows="3" maxlength="1000" .value=${bay.scratch.text} @input=${type}></textarea>${press({ text: t("save"), icon: "check", size: "tap", kind: "main", onTap: save })}</div>`;
}

/** How to look, with both pictures large. @param {Bay} bay @param {{order: string, key: string}} at */
export function howScreen(bay, { order: id, key }) {
  const stand = standAt(bay, id, key);
  if (!stand) return gone(bay);
  const { item: { point }, order, template, sheet } = stand;
  const half = (/** @type {string | null} */ url, /** @type {string} */ grade, /** @type {any} */ looks) => (url ? html`<div class="fill"><img src=${url} alt=${said(looks)}><span class="cap">${mark(grade)}${said(looks) || t(`point.like_${grade}`)}</span></div>` : nothing);
  const good = bay.pictures.drawing(point.good_picture), bad = bay.pictures.drawing(point.bad_picture);
  const steps = [said(point.how_to_check), said(point.condition), point.photo_hint ? t("how.photo", { hint: said(point.photo_hint) }) : ""].filter(Boolean);
  return screen(bay, {
    top: platedTop(bay, order),
    main: html`${good || bad ? html`<div class="pair" data-stack>${half(good, "good", point.good_looks_like)}${half(bad, "replace", point.bad_looks_like)}</div>` : nothing}
      <div class="title"><h1>${t(point.kind === "measured" ? "how.measure" : "how.look", { what: said(point.name) })}</h1></div>
      <ol class="steps pad room-tight">${steps.map((step, i) => html`<li><b>${i + 1}</b><span>${step}</span></li>`)}</ol>
      ${good || bad ? nothing : html`<div class="pad room">${point.good_looks_like ? html`<p>${mark("good")} ${said(point.good_looks_like)}</p>` : nothing}${point.bad_looks_like ? html`<p>${mark("replace")} ${said(point.bad_looks_like)}</p>` : nothing}</div>`}
      <div class="sheet-paper pad room"><p><strong>${said(point.limit?.text)}</strong></p><p class="second">${t("how.version", { version: sheet.template_version ?? template.version })}</p></div>`,
    foot: dock(back(pointPath(order, stand.item)), main({ text: t(point.kind === "measured" ? "how.go" : "how.go_look"), href: pointPath(order, stand.item) })),
  });
}
