// The app's own words in the person's language, and the right side of pairs that come from the shop.
import en from "./words/en.js";
import zh from "./words/zh.js";

/** @type {Record<string, string>} */
let words = zh;
let isEnglish = false;

/** @param {string | undefined} language "zh_CN", "zh_TW", "en" */
export function speak(language) {
  isEnglish = (language ?? "zh").startsWith("en");
  words = isEnglish ? en : zh;
  globalThis.document?.documentElement.setAttribute("lang", isEnglish ? "en" : "zh-CN");
}

export const speaksEnglish = () => isEnglish;

/** @param {string} key @param {Record<string, string | number>} [facts] */
export function t(key, facts = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));
}

/** @param {{zh?: string, en?: string} | string | null | undefined} pair */
export function said(pair) {
  if (!pair) return "";
  if (typeof pair === "string") return pair;
  return (isEnglish ? pair.en : pair.zh) || pair.zh || pair.en || "";
}

/** A thing's title or name, from `title`/`title_en` or `name_zh`/`name_en`. @param {Record<string, any> | null | undefined} thing */
export function nameOf(thing) {
  if (!thing) return "";
  const own = said(thing.title ?? thing.name_zh ?? thing.name);
  return (isEnglish ? thing.title_en ?? thing.name_en : null) || own;
}

const capital = (/** @type {string} */ text) => text.charAt(0).toUpperCase() + text.slice(1);
const lower = (/** @type {string} */ text) => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/** A place by its wheel and its name: 左前刹车片厚度. @param {{zh: string, en: string} | undefined} position @param {{zh: string, en: string}} name */
export function placed(position, name) {
  if (!position) return said(name);
  if (isEnglish) return capital(`${position.en} ${lower(name.en.replace(/^(Front|Rear) /, ""))}`);
  const [own] = name.zh;
  const isSaidAlready = (own === "前" || own === "后") && position.zh.endsWith(own);
  return position.zh + (isSaidAlready ? name.zh.slice(1) : name.zh);
}

/** Hour and minute in the shop's day; the date too when it is another day. @param {string | null | undefined} time @param {number} [now] */
export function clock(time, now = Date.now()) {
  if (!time) return "";
  const date = new Date(time);
  const hour = `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
  if (date.toDateString() === new Date(now).toDateString()) return hour;
  return isEnglish ? `${date.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} ${hour}` : `${date.getMonth() + 1} 月 ${date.getDate()} 日 ${hour}`;
}

/** A unit as it is written beside a number. @param {string | null | undefined} unit */
export const unitOf = (unit) => (unit ? words[`unit.${unit}`] ?? unit : "");

/** @param {string | null | undefined} time */
export function month(time) {
  if (!time) return "";
  const date = new Date(time);
  return isEnglish ? date.toLocaleDateString("en-GB", { month: "short", year: "numeric" }) : `${date.getFullYear()} 年 ${date.getMonth() + 1} 月`;
}

/** @param {number} minutes */
export function lasting(minutes) {
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t("time.days", { n: Math.floor(hours / 24) });
  return hours ? t("time.hours", { h: hours, m: minutes % 60 }) : t("time.minutes", { n: minutes });
}

/** Standard hours, as the shop says them. @param {number | undefined} hours_x100 */
export const hours = (hours_x100) => (hours_x100 ? t("hours.standard", { n: (hours_x100 / 100).toFixed(1) }) : "");
