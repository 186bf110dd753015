import "./vendor.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { ME, finding, line, mutation, order } from "./builders.js";

const { TYPES, apply } = await import("../../pwa/mutators.js");
const set = (args, more = {}) => mutation({ args: { insp: "i1", finding: "f1", item: "pad", position: "FL", rating: "replace", value: 1.5, ...args }, ...more });

test("a point gets its grade, value and the person who gave it", () => {
  const [found] = apply(order(), set({})).inspections[0].findings;
  assert.deepEqual([found.grade, found.value, found.taken_by.name], ["replace", 1.5, "陈志强"]);
});
test("a finding made at the shop and one made here for the same place are one", () => {
  const after = apply(order({ findings: [finding({ id: "server" })] }), set({ finding: "mine" }));
  assert.equal(after.inspections[0].findings.length, 1);
  assert.equal(after.inspections[0].findings[0].id, "server");
});
test("one glance sets every point it covers to good", () => {
  const after = apply(order(), mutation({ type: "insp.look_set", args: { insp: "i1", look: "front", items: [{ finding: "a", item: "low_beam", position: "L" }, { finding: "b", item: "low_beam", position: "R" }] } }));
  assert.deepEqual(after.inspections[0].findings.map((one) => [one.grade, one.look]), [["good", "front"], ["good", "front"]]);
});
test("R-CORE-12: not checked keeps its reason and no value", () => {
  const [found] = apply(order({ findings: [finding({ value: 5 })] }), set({ rating: "not_checked", value: undefined, not_checked_reason: "没拆轮" })).inspections[0].findings;
  assert.deepEqual([found.grade, found.value, found.not_checked_reason], ["not_checked", null, "没拆轮"]);
});
test("C4: notes are only ever added", () => {
  const note = (id) => mutation({ type: "insp.note_add", args: { insp: "i1", finding: "f1", note: id, text: id } });
  const after = apply(apply(order({ findings: [finding()] }), note("n1")), note("n2"));
  assert.deepEqual(after.inspections[0].findings[0].notes.map((one) => one.text), ["n1", "n2"]);
});
test("a photo hangs on its finding, is marked, and comes off again", () => {
  const attach = mutation({ type: "photo.attach", args: { photo: "p1", target: "finding", target_id: "f1", sha256: "ab", taken_at: "x", marks: [] } });
  const marked = apply(apply(order({ findings: [finding()] }), attach), mutation({ type: "photo.mark", args: { photo: "p1", marks: [{ kind: "ring", x: 0.5, y: 0.5, rx: 0.1, ry: 0.1 }] } }));
  assert.equal(marked.inspections[0].findings[0].photos[0].marks.length, 1);
  assert.equal(apply(marked, mutation({ type: "photo.detach", args: { photo: "p1" } })).inspections[0].findings[0].photos.length, 0);
});
test("an after-photo hangs on its line of work", () => {
  const after = apply(order({ lines: [line()] }), mutation({ type: "photo.attach", args: { photo: "p", target: "work_after", target_id: "l1", sha256: "a" } }));
  assert.equal(after.lines[0].photos[0].target, "work_after");
});
test("D-08: a proposal stands as proposed and may not be started", () => {
  const after = apply(order(), mutation({ type: "addon.propose", args: { addon: "a1", finding: "f1", operation: "pads", related: [] } }));
  assert.deepEqual([after.lines[0].status, after.lines[0].startable], ["proposed", false]);
});
test("C8: taking back a proposal the customer has approved changes nothing on the phone", () => {
  const before = order({ lines: [line({ id: "a1", origin: "add_on", status: "approved" })] });
  assert.deepEqual(apply(before, mutation({ type: "addon.withdraw", args: { addon: "a1", reason: "undo" } })), before);
});
test("C9: an approved proposal is not revised on the phone", () => {
  const before = order({ lines: [line({ id: "a1", origin: "add_on", status: "approved", related: [] })] });
  assert.deepEqual(apply(before, mutation({ type: "addon.revise", args: { addon: "a1", related: [{ operation_id: "x", answer: "needed" }], text: "" } })), before);
});
test("F-10: a job runs, stops with its reason and its minutes, goes on, and is done", () => {
  const at = (minute) => `2026-11-21T10:${minute}:00.000+08:00`;
  let doc = order({ lines: [line()] });
  for (const [type, minute, args] of [["job.start", "00", {}], ["job.pause", "20", { reason: "等配件" }], ["job.start", "30", {}], ["job.finish", "45", {}]]) doc = apply(doc, mutation({ type, at_wall: at(minute), args: { line: "l1", ...args } }));
  assert.deepEqual([doc.lines[0].work_status, doc.lines[0].spent_minutes, doc.lines[0].pause_reason], ["done", 35, "等配件"]);
});
test("every mutation leaves the document it was given untouched", () => {
  const args = { insp: "i1", finding: "f1", item: "pad", position: "FL", rating: "good", note: "n", text: "t", spec: "s", value: 2, photo: "p", target: "finding", target_id: "f1", sha256: "a", addon: "l1", line: "l1", related: [], reason: "r", km: 5, items: [], look: "x", marks: [], title: "t", zone: "z" };
  for (const type of TYPES) {
    const before = order({ findings: [finding({ photos: [{ id: "p" }] })], lines: [line()] });
    const copy = structuredClone(before);
    apply(before, mutation({ type, args, author: ME }));
    assert.deepEqual(before, copy, type);
  }
});
test("a mutation of another version leaves the document as it is", () => {
  const before = order();
  assert.equal(apply(before, mutation({ type: "parts.request" })), before);
});
