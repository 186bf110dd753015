// This phone: what is wrong with it in plain words, what can go on, what has to be dealt with first.
import { html, nothing } from "../vendor/lit-html.js";
import { back, dock, head, notice, press, screen, titled } from "../elements/frame.js";
import { speaksEnglish, t } from "../words.js";
import { saveCopy } from "./sync.js";

/** @typedef {import("../bay.js").Bay & {isInstalled: boolean, setLanguage: (language: string) => void, isPersisted: boolean | null}} Bay */

const SKEW_MS = 5 * 60_000;

/** @param {Bay} bay */
export function aboutScreen(bay) {
  const { mutations } = bay.counts();
  const stop = bay.status.state?.stop;
  const [intent] = bay.intents;
  const tap = (/** @type {string} */ text, /** @type {{href?: string, onTap?: () => void}} */ to) => press({ text, size: "tap", isNarrow: true, ...to });
  const skew = Math.round(Math.abs(bay.skewMs) / 60000);
  const canGoOn = [
    intent && notice({ title: t("fault.camera"), text: t("fault.camera_text", { what: intent.what }), action: tap(t("fault.camera_again"), { href: intent.back }) }),
    stop === "signed_out" && notice({ title: t("fault.signed_out"), text: t("fault.signed_out_text", { n: mutations }), action: tap(t("fault.sign_in"), { href: "#/enrol" }) }),
    !bay.isInstalled && notice({ title: t("fault.not_installed"), text: t("fault.not_installed_text"), action: tap(t("fault.how"), { onTap: () => { bay.scratch.isHow = !bay.scratch.isHow; bay.render(); } }) }),
    bay.scratch.isHow && html`<ol class="steps pad room"><li><b>1</b><span>${t("install.1")}</span></li><li><b>2</b><span>${t("install.2")}</span></li><li><b>3</b><span>${t("install.3")}</span></li></ol>`,
    Math.abs(bay.skewMs) > SKEW_MS && notice({ title: t("fault.clock"), text: t(bay.skewMs < 0 ? "fault.clock_fast" : "fault.clock_slow", { n: skew }) }),
    bay.isPersisted === false && notice({ title: t("fault.not_kept"), text: t("fault.not_kept_text") }),
  ].filter(Boolean);
  const first = [
    bay.database.isRescue && notice({ kind: "stop", title: t("fault.rescue"), text: t("fault.rescue_text"), action: tap(t("fault.save_copy"), { onTap: () => void saveCopy(bay) }) }),
    stop === "revoked" && notice({ kind: "stop", title: t("fault.revoked"), text: t("fault.revoked_text", { n: mutations }), action: tap(t("fault.save_copy"), { onTap: () => void saveCopy(bay) }) }),
    stop === "trouble" && notice({ kind: "stop", title: t("fault.trouble"), text: t("fault.trouble_text"), action: tap(t("retry"), { onTap: () => void bay.sender.retry() }) }),
  ].filter(Boolean);
  return screen(bay, {
    top: titled(bay, t("about.title")),
    main: html`
      ${canGoOn.length ? html`${head("", t("about.go_on"))}${canGoOn}` : nothing}
      ${first.length ? html`${head("", t("about.first"))}${first}` : nothing}
      ${canGoOn.length + first.length ? nothing : html`<div class="title room-top"><h2>${t("about.fine")}</h2></div>`}
      <div class="pad room"><p class="second">${t("about.facts", { name: bay.person.name, store: bay.person.store, build: bay.tree.slice(0, 7) })}</p></div>
      <div class="pad two">${press({ text: speaksEnglish() ? "中文" : "English", size: "tap", onTap: () => bay.setLanguage(speaksEnglish() ? "zh_CN" : "en") })}${press({ text: t("leave.title"), size: "tap", href: "#/leave" })}</div><div class="gap"></div>`,
    foot: dock(back("#/sync"), press({ text: t("cars.back"), href: "#/cars" })),
  });
}
