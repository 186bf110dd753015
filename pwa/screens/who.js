// A phone shared by several people: each one's work apart, nobody sends another's.
import { html } from "../vendor/lit-html.js";
import { glyph } from "../elements/icon.js";
import { dock, press, screen } from "../elements/frame.js";
import { t } from "../words.js";

/** @param {import("../db.js").Person[]} people @param {(person: import("../db.js").Person) => void} choose */
export const whoScreen = (people, choose) => screen(/** @type {any} */ ({ strip: null }), {
  main: html`
    <p class="second strong pad room-top">${t("brand")}</p>
    <div class="title at-foot"><h1>${t("who.title")}</h1><div class="gap"></div></div>
    <ul class="ruled sheet-paper">${people.map((person) => html`<li><button type="button" class="row-link who-row" @click=${() => choose(person)}>
      ${glyph("person")}<span class="grow"><b>${person.name}</b><span class="second">${unsent(person)}</span></span>${glyph(person.isLocked ? "lock" : "next")}</button></li>`)}</ul>
    <p class="second pad room">${t("who.apart")}</p>`,
  foot: dock(press({ text: t("who.new"), icon: "plus", href: "#/enrol" })),
});

/** @param {import("../db.js").Person} person */
function unsent({ unsent = 0, photos = 0 }) {
  if (!unsent && !photos) return t("who.all_sent");
  return t(photos ? "who.locked_photos" : "who.locked", { n: unsent, photos });
}
