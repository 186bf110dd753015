import "./vendor.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { finding, line, mutation, order } from "./builders.js";

const { build } = await import("../../pwa/view.js");
const docs = (...orders) => new Map(orders.map((data) => [`ro:${data.id}`, { key: `ro:${data.id}`, rev: 7, data }]));
const set = (value, more = {}) => mutation({ args: { insp: "i1", finding: "f1", item: "pad", position: "FL", rating: "watch", value }, ...more });

test("the view is the shop's snapshot with the pending played over it", () => {
  const view = build(docs(order({ findings: [finding({ value: 9 })] })), [set(3), set(2.8)]);
  assert.equal(view.order("r1").inspections[0].findings[0].value, 2.8);
});
test("a new snapshot is played over again: what another did stays, what I did is on top", () => {
  const pending = [set(3)];
  const before = build(docs(order()), pending), after = build(docs(order({ findings: [finding({ id: "other", point: "hose", position: "" })], lines: [line()] })), pending);
  assert.equal(before.order("r1").inspections[0].findings.length, 1);
  assert.deepEqual([after.order("r1").inspections[0].findings.length, after.order("r1").lines.length], [2, 1]);
});
test("with nothing pending the phone shows exactly what the shop has (I4)", () => {
  const data = order({ findings: [finding()] });
  assert.deepEqual(build(docs(data), []).order("r1"), { ...data, gone: false });
});
test("the snapshot itself is never changed by the view", () => {
  const map = docs(order());
  const copy = structuredClone([...map]);
  build(map, [set(1), mutation({ type: "job.start", args: { line: "l1" } })]);
  assert.deepEqual([...map], copy);
});
test("work on a car that is not here waits without harm", () => assert.equal(build(docs(order()), [set(1, { stream: "ro:gone" })]).orders.length, 1));
test("a car that was moved stays, and says so, while its work is here (C11)", () => {
  const map = docs(order());
  map.get("ro:r1").gone = true;
  assert.equal(build(map, [set(1)]).order("r1").gone, true);
});
test("the car promised first is first", () => {
  assert.deepEqual(build(docs(order({ id: "b", promised_at: "2026-11-21T18:00" }), order({ id: "a", promised_at: "2026-11-21T12:00" })), []).orders.map((one) => one.id), ["a", "b"]);
});
