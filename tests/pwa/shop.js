// A model of the shop's side of sync, small enough to be believed, and a network that loses, doubles and cuts.
import { createHash } from "node:crypto";

const answer = (status, body, ours = true) => new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers: ours ? { "content-type": "application/json", "x-bay": "1" } : { "content-type": "text/html" } });

export class Shop {
  constructor() { Object.assign(this, { devices: new Map(), receipts: new Map(), effects: [], blobs: new Map(), rev: 1, timeline: "T1", forks: 0, user: "u1", parked: [], verdict: () => ({ status: "applied" }), refuse: () => null }); }
  device(id) { if (!this.devices.has(id)) this.devices.set(id, { seq: 0, mid: null, places: new Map() }); return this.devices.get(id); }
  backup() { return structuredClone({ devices: this.devices, receipts: this.receipts, effects: this.effects, blobs: this.blobs, rev: this.rev }); }
  restore(copy) { Object.assign(this, structuredClone(copy), { timeline: `T${Math.random()}` }); }
  ack(device) { return { ack_seq: device.seq, ack_mid: device.mid, rev: this.rev, server_time: new Date(1_790_000_000_000 + this.rev * 1000).toISOString() }; }

  push({ device_id, mutations }) {
    const device = this.device(device_id), verdicts = [];
    for (const mutation of mutations) {
      const known = device.places.get(mutation.seq);
      if ((known && known !== mutation.mid) || (mutation.seq === device.seq + 1 && mutation.prev !== device.mid)) return { ...this.ack(device), verdicts, device_fork: true };
      if (!known && mutation.seq !== device.seq + 1) return { ...this.ack(device), verdicts, gap: { expected: device.seq + 1 } };
      const isDouble = this.receipts.has(mutation.mid);
      const verdict = isDouble ? { status: "duplicate" } : this.verdict(mutation);
      if (!isDouble) { this.receipts.set(mutation.mid, mutation); this.effects.push(mutation.mid); this.rev += 1; }
      if (!known) { device.places.set(mutation.seq, mutation.mid); device.seq = mutation.seq; device.mid = mutation.mid; }
      verdicts.push({ mid: mutation.mid, seq: mutation.seq, ...verdict });
    }
    return { ...this.ack(device), verdicts };
  }
  pull(query) {
    const isKnown = query.get("timeline") === this.timeline && Number(query.get("rev")) <= this.rev;
    return { timeline: this.timeline, ...this.ack(this.device(query.get("device_id"))), durable_rev: 0, min_v: 1, reset: !isKnown, docs: [{ key: "ro:r1", rev: this.rev, data: { id: "r1", effects: [...this.effects] } }], gone: [], more: false };
  }
  take(path, body) {
    const refused = this.refuse(path, body);
    if (refused) return refused;
    if (path.startsWith("/sync/me")) return answer(200, { user: { id: this.user }, device_id: "d" });
    if (path.startsWith("/sync/push")) return answer(200, this.push(JSON.parse(body)));
    if (path.startsWith("/sync/pull")) return answer(200, this.pull(new URL(path, "http://x").searchParams));
    if (path.startsWith("/sync/fork")) return answer(200, { device_id: `fork${(this.forks += 1)}` });
    if (path.startsWith("/sync/skip")) { const { device_id, to_seq } = JSON.parse(body), device = this.device(device_id); device.seq = to_seq; device.mid = null; return answer(200, this.ack(device)); }
    if (path.startsWith("/sync/park")) { const { device_id, seq, mid, raw } = JSON.parse(body), device = this.device(device_id); this.parked.push(JSON.parse(raw).mid); Object.assign(device, { seq, mid }); device.places.set(seq, mid); return answer(200, this.ack(device)); }
    if (path.startsWith("/sync/blobs/have")) return answer(200, { missing: JSON.parse(body).sha256.filter((sha) => !this.blobs.has(sha)) });
    const sha = path.split("/").at(-1);
    if (createHash("sha256").update(Buffer.from(body)).digest("hex") !== sha) return answer(422, { error: "wrong", code: "wrong_hash" });
    this.blobs.set(sha, Buffer.from(body).toString("hex"));
    return answer(201, {});
  }
}

/** `fate` names what happens to the next request: ok, lost_request, lost_response, truncated, captive, doubled, 500_after, busy. */
export const network = (shop, fate = () => "ok") => async (path, { body }) => {
  const what = fate(path);
  if (what === "lost_request") throw new TypeError("fetch failed");
  if (what === "captive") return answer(200, "<html>log in to the café</html>", false);
  if (what === "busy") return answer(503, "", false);
  if (what === "doubled") shop.take(path, body);
  const told = shop.take(path, body);
  if (what === "lost_response") throw new DOMException("aborted", "AbortError");
  if (what === "truncated") return answer(200, (await told.text()).slice(0, -7));
  if (what === "500_after") return answer(500, "boom", false);
  return told;
};
export { answer };
