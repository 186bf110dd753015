import "./vendor.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { eye, finding, order, pad, template } from "./builders.js";

const { count, digits, isOpen, isPlausible, items, lacksPhoto, looks, nextOpen, propose, scale, valueOf } = await import("../../pwa/inspection.js");
const listOf = (findings = [], more = {}) => { const car = order({ findings, ...more }); return items(template(more.template ?? {}), car, car.inspections[0]); };

test("R-CORE-12: nothing is checked until somebody checked it", () => assert.deepEqual(count(listOf()), { good: 0, watch: 0, replace: 0, not_checked: 3, all: 3, done: 0 }));
test("the value gives the grade, at the limit as on either side", () => {
  assert.deepEqual([1.9, 2, 4.9, 5].map((value) => propose(pad(), value)), ["replace", "watch", "watch", "good"]);
});
test("a share of this car's own figure needs that figure", () => {
  const pressure = pad({ compare: { mode: "percent_of_spec", spec: "label" }, thresholds: { good: [{ gte: 95, lte: 110 }], watch: [{ gte: 80, lt: 95 }, { gt: 110, lte: 120 }], replace: [{ lt: 80 }, { gt: 120 }] } });
  assert.equal(propose(pressure, 240, null), null);
  assert.deepEqual([propose(pressure, 240, 250), propose(pressure, 210, 250), propose(pressure, 190, 250), propose(pressure, 310, 250)], ["good", "watch", "replace", "replace"]);
});
test("every number gets exactly one grade", () => fc.assert(fc.property(fc.double({ min: 0, max: 20, noNaN: true }), (value) => ["good", "watch", "replace"].includes(propose(pad(), value)))));
test("two digits are one point and one decimal, as the boxes are printed", () => {
  assert.deepEqual(digits(pad()), { int: 1, dec: 1 });
  assert.equal(valueOf("25", { int: 1, dec: 1 }), 2.5);
  assert.equal(valueOf("126", { int: 2, dec: 1 }), 12.6);
  assert.equal(valueOf("35", { int: 2, dec: 0 }, true), -35);
});
test("45 mm of lining is asked again", () => assert.deepEqual([isPlausible(pad(), 45), isPlausible(pad(), 4.5)], [false, true]));
test("points of another drive are not listed", () => assert.equal(listOf([], { powertrain: "electric" }).length, 1));
test("a special check brings its point into the list", () => {
  const rare = { points: [eye({ id: "valve", in_general_template: false })] };
  assert.equal(listOf([], { template: rare }).length, 0);
  assert.equal(listOf([], { template: rare, targeted: [{ points: ["valve"] }] }).length, 1);
});
test("next is the first open place after this one, then from the top", () => {
  const list = listOf([finding({ position: "FR" })]);
  assert.equal(nextOpen(list, "pad.FL").key, "hose.");
  assert.equal(nextOpen(list, "hose.").key, "pad.FL");
  assert.equal(nextOpen(listOf([finding(), finding({ position: "FR" }), finding({ point: "hose", position: "" })])), undefined);
});
test("a place left out with a reason is answered; one undone by mistake is open", () => {
  const [given] = listOf([finding({ grade: "not_checked", not_checked_reason: "没拆轮" })]), [undone] = listOf([finding({ grade: "not_checked", not_checked_reason: "↺ 按错了，撤回" })]);
  assert.deepEqual([isOpen(given), isOpen(undone)], [false, true]);
});
test("one glance never covers what was worse last time, nor a special check", () => {
  const points = ["a", "b", "c", "d"].map((id) => eye({ id }));
  const car = order({ targeted: [{ points: ["d"] }], last_visit: { values: { "c|": { grade: "watch" } } } });
  const zone = { looks: [{ id: "front", points: ["a", "b", "c", "d"] }] };
  assert.deepEqual(looks(zone, items(template({ points }), car, car.inspections[0]), car)[0].items.map((item) => item.point.id), ["a", "b"]);
});
test("replace without a photograph lacks its evidence", () => {
  assert.equal(lacksPhoto(listOf([finding({ grade: "replace" })])[0]), true);
  assert.equal(lacksPhoto(listOf([finding({ grade: "replace", photos: [{ id: "p" }] })])[0]), false);
});
test("the scale is drawn from the limits: replace below 2, watch below 5", () => {
  const { replace, watch, isLowBad } = scale(pad());
  assert.deepEqual([replace, watch, isLowBad], [2, 5, true]);
});
