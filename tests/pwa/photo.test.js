import "./vendor.js";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

const { LONG_EDGE, MAX_RAW, NUMBER_EDGE, fit, isFlat, sha256, sniff, takeIn } = await import("../../pwa/photo.js");
const bytes = (...parts) => new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...part].map((char) => char.charCodeAt(0)) : part))).buffer;
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe1], "Exif"), HEIC = bytes([0, 0, 0, 24], "ftypheic", [0, 0, 0, 0], "mif1heic"), PNG = bytes([0x89], "PNG\r\n\x1a\n");
const cannotScale = async () => null;

test("a picture is known by its bytes, whatever its name says", () => {
  assert.deepEqual([JPEG, PNG, HEIC, bytes("RIFF____WEBP"), bytes("GIF89a"), bytes("<!doctype html>"), bytes()].map(sniff), ["jpeg", "png", "heic", "webp", "gif", null, null]);
});
test("an empty file is said at once", async () => assert.rejects(takeIn(new ArrayBuffer(0), { scale: cannotScale }), { code: "photo.empty" }));
test("what is no picture is refused in words", async () => assert.rejects(takeIn(bytes("%PDF-1.7"), { scale: cannotScale }), { code: "photo.unknown" }));
test("a HEIC the phone can't read goes to the shop as it is", async () => {
  const taken = await takeIn(HEIC, { scale: cannotScale });
  assert.deepEqual([taken.needs_server_convert, taken.mime, taken.bytes.byteLength, taken.thumb], [true, "image/heic", HEIC.byteLength, null]);
  assert.equal(taken.sha256, createHash("sha256").update(Buffer.from(HEIC)).digest("hex"));
});
test("a broken worker never costs the picture", async () => {
  const taken = await takeIn(JPEG, { scale: () => Promise.reject(new Error("no canvas")) });
  assert.equal(taken.needs_server_convert, true);
});
test("over 10 MB that can't be scaled is refused", async () => {
  const big = new Uint8Array(MAX_RAW + 1);
  big.set(new Uint8Array(JPEG));
  await assert.rejects(takeIn(big.buffer, { scale: cannotScale }), { code: "photo.too_large" });
});
test("the scaled bytes are what is hashed and kept, not a view of something else", async () => {
  const small = bytes([0xff, 0xd8, 0xff], "small");
  const taken = await takeIn(JPEG, { edge: NUMBER_EDGE, scale: async (_bytes, edge) => ({ bytes: small, width: edge, height: 9, thumb: bytes("t") }) });
  assert.equal(taken.width, 2048);
  assert.ok(taken.bytes instanceof ArrayBuffer);
  assert.equal(taken.sha256, await sha256(small));
});
test("12 megapixels become 1600 on the long edge, upright or not; a small one stays", () => {
  assert.deepEqual([fit(4032, 3024, LONG_EDGE), fit(3024, 4032, LONG_EDGE), fit(640, 480, LONG_EDGE)], [{ width: 1600, height: 1200 }, { width: 1200, height: 1600 }, { width: 640, height: 480 }]);
});
test("a white picture is noticed, a dark garage is not", () => {
  assert.equal(isFlat(new Uint8ClampedArray(400).fill(255)), true);
  assert.equal(isFlat(Uint8ClampedArray.from({ length: 400 }, (_, i) => (i * 7) % 40)), false);
});
