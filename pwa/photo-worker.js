// Scales one picture off the main thread: upright, at most the asked edge, JPEG 0.8, with a thumbnail. Re-encoding drops place and camera data.
import { fit, isFlat } from "./photo.js";

const THUMB_EDGE = 320;

/** @param {ImageBitmap | OffscreenCanvas} source @param {number} edge */
function draw(source, edge) {
  const { width, height } = fit(source.width, source.height, edge);
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = "white"; // a transparent PNG lies on paper
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

/** @param {OffscreenCanvas} canvas @param {number} quality */
async function encode(canvas, quality) {
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
  return blob.arrayBuffer();
}

/** @param {OffscreenCanvas} canvas */
function isBlank(canvas) {
  const small = draw(canvas, 24);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (small.getContext("2d"));
  return isFlat(context.getImageData(0, 0, small.width, small.height).data);
}

/** @param {ArrayBuffer} bytes @param {number} edge */
async function scale(bytes, edge) {
  const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: "from-image" });
  const canvas = draw(bitmap, edge);
  bitmap.close();
  if (isBlank(canvas)) return null; // better the camera's own bytes than a white picture
  const thumb = await encode(draw(canvas, THUMB_EDGE), 0.7);
  return { bytes: await encode(canvas, 0.8), width: canvas.width, height: canvas.height, thumb };
}

addEventListener("message", async (/** @type {MessageEvent} */ { data: { id, bytes, edge } }) => {
  const scaled = await scale(bytes, edge).catch(() => null);
  const answer = /** @type {any} */ (self);
  answer.postMessage({ id, scaled }, scaled ? [scaled.bytes, scaled.thumb] : []);
});
