import "./vendor.js";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const { default: zh } = await import("../../pwa/words/zh.js");
const { default: en } = await import("../../pwa/words/en.js");
const { clock, nameOf, placed, speak, t } = await import("../../pwa/words.js");
const { TYPES } = await import("../../pwa/mutators.js");

const ROOT = new URL("../../pwa/", import.meta.url);
const source = ["", "screens/", "elements/"].flatMap((folder) => readdirSync(new URL(folder || ".", ROOT)).filter((name) => name.endsWith(".js")).map((name) => readFileSync(new URL(folder + name, ROOT), "utf8"))).join("\n");
const blanks = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test("both languages say everything, with the same blanks", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
  for (const key of Object.keys(zh)) assert.deepEqual([...new Set(blanks(en[key]))], [...new Set(blanks(zh[key]))], key);
});
test("every word asked for is there", () => {
  const asked = [...source.matchAll(/\bt\("([\w.↺]+)"/g), ...source.matchAll(/\bt\([^"`()]+ \? "([\w.]+)" : "([\w.]+)"/g)].flatMap((match) => match.slice(1).filter(Boolean));
  assert.ok(asked.length > 150);
  assert.deepEqual([...new Set(asked)].filter((key) => !(key in zh)), []);
});
test("no word lies about unused", () => {
  const families = ["grade.", "did.", "answer.", "needs.", "sync.stop_", "camera.", "job.", "unit.", "point.like_"];
  assert.deepEqual(Object.keys(zh).filter((key) => !source.includes(`"${key}"`) && !families.some((family) => key.startsWith(family))), []);
});
test("decision 23: the four grades have their four words", () => assert.deepEqual(["good", "watch", "replace", "not_checked"].map((grade) => zh[`grade.${grade}`]), ["正常", "留意", "需更换", "没查"]));
test("every mutation can be spoken of", () => assert.deepEqual(TYPES.filter((type) => !zh[`did.${type}`]), []));
test("no exclamation marks, no prices", () => assert.deepEqual(Object.values({ ...zh, ...Object.fromEntries(Object.entries(en).map(([k, v]) => [`e.${k}`, v])) }).filter((text) => /[!！¥￥]/.test(text)), []));
test("a place is named as the shop says it", () => {
  speak("zh_CN");
  assert.equal(placed({ zh: "左前", en: "front left" }, { zh: "前刹车片厚度", en: "Front brake pad thickness" }), "左前刹车片厚度");
  speak("en");
  assert.equal(placed({ zh: "左前", en: "front left" }, { zh: "前刹车片厚度", en: "Front brake pad thickness" }), "Front left brake pad thickness");
});
test("names follow the language and fall back to Chinese", () => {
  speak("en");
  assert.equal(nameOf({ title: "更换机油", title_en: "" }), "更换机油");
  assert.equal(t("cars.n", { n: 3 }), "3 cars");
  speak("zh_CN");
  assert.equal(nameOf({ name_zh: "刹车片", name_en: "Pads" }), "刹车片");
  assert.equal(clock("2026-11-21T10:02:00", Date.parse("2026-11-21T12:00:00")), "10:02");
});
