// The phone draws a mark as page and paper do: shares of a 4 : 3 frame, tip at x, y and tail at dx, dy.
import "./vendor.js";
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document ??= { createTreeWalker: () => ({}), createComment: () => ({}) };
const { arrow } = await import("../../pwa/elements/picture.js");

test("an arrow runs from its tail to its tip, as on the customer's page and on paper", () => {
  assert.ok(arrow({ x: 0.5, y: 0.4, dx: 0.7, dy: 0.2 }).startsWith("M560 120L400 240M"));
});
