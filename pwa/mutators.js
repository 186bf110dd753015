// What each mutation means for an order's document. Pure: the same table draws the screen before the shop answers and is tested on its own.

/** @typedef {import("./log.js").Mutation} Mutation */
/** @typedef {Record<string, any>} Doc */

/** @param {any[]} list @param {(item: any) => boolean} isIt @param {(item: any) => any} change */
const change = (list, isIt, change) => list.map((item) => (isIt(item) ? change(item) : item));

/** @param {Doc} doc @param {string} id @param {(inspection: Doc) => Doc} edit */
const inspection = (doc, id, edit) => ({ ...doc, inspections: change(doc.inspections ?? [], (one) => one.id === id, edit) });

/** @param {Doc} doc @param {string} id @param {(line: Doc) => Doc} edit */
const line = (doc, id, edit) => ({ ...doc, lines: change(doc.lines ?? [], (one) => one.id === id, edit) });

/** @param {Doc} doc @param {string} id @param {(finding: Doc) => Doc} edit */
const finding = (doc, id, edit) => ({
  ...doc,
  inspections: (doc.inspections ?? []).map((/** @type {Doc} */ one) => ({ ...one, findings: change(one.findings, (f) => f.id === id, edit) })),
});

/** @param {Doc} doc @param {Mutation} mutation */
const who = (doc, { author }) => ({ id: author, name: doc.technicians?.find((/** @type {Doc} */ one) => one.id === author)?.name ?? "" });

/** @param {Doc} sheet @param {{id: string, point: string, position: string}} place @param {Doc} facts */
function setFinding(sheet, { id, point, position }, facts) {
  const isIt = (/** @type {Doc} */ one) => one.id === id || (one.point === point && one.position === position);
  if (sheet.findings.some(isIt)) return { ...sheet, findings: change(sheet.findings, isIt, (one) => ({ ...one, ...facts })) };
  return { ...sheet, findings: [...sheet.findings, { id, point, position, notes: [], photos: [], ...facts }] };
}

/** @type {Record<string, (doc: Doc, args: Record<string, any>, mutation: Mutation) => Doc>} */
const APPLY = {
  "insp.start": (doc, { insp }, { at_wall }) => inspection(doc, insp, (one) => ({ ...one, started_at: one.started_at ?? at_wall })),
  "insp.item_set": (doc, args, mutation) => inspection(doc, args.insp, (sheet) =>
    setFinding(sheet, { id: args.finding, point: args.item, position: args.position }, {
      grade: args.rating, value: args.value ?? null, differ_reason: args.differ_reason ?? "", not_checked_reason: args.not_checked_reason ?? "",
      taken_at: mutation.at_wall, taken_by: who(doc, mutation), look: null, isLocal: true,
    })),
  "insp.look_set": (doc, { insp, items, look }, mutation) => inspection(doc, insp, (sheet) =>
    items.reduce((/** @type {Doc} */ now, /** @type {Doc} */ item) => setFinding(now, { id: item.finding, point: item.item, position: item.position }, {
      grade: "good", value: null, not_checked_reason: "", taken_at: mutation.at_wall, taken_by: who(doc, mutation), look, isLocal: true,
    }), sheet)),
  "insp.note_add": (doc, { finding: id, note, text }, mutation) => finding(doc, id, (one) => ({
    ...one, notes: [...(one.notes ?? []).filter((/** @type {Doc} */ n) => n.id !== note), { id: note, text, by: who(doc, mutation), at: mutation.at_wall }],
  })),
  "insp.spec_set": (doc, { insp, spec, value }) => inspection(doc, insp, (one) => ({ ...one, specs: { ...one.specs, [spec]: value } })),
  "insp.complete": (doc, { insp }, { at_wall }) => inspection(doc, insp, (one) => ({ ...one, finished_at: one.finished_at ?? at_wall })),
  "finding.add": (doc, args, mutation) => inspection(doc, args.insp, (sheet) =>
    setFinding(sheet, { id: args.finding, point: `other:${args.finding}`, position: "" }, {
      title: args.title, zone: args.zone, grade: args.rating, value: null, taken_at: mutation.at_wall, taken_by: who(doc, mutation), isLocal: true,
      notes: args.text ? [{ id: args.finding, text: args.text, by: who(doc, mutation), at: mutation.at_wall }] : [],
    })),
  "photo.attach": (doc, args, mutation) => {
    const photo = { id: args.photo, sha256: args.sha256, state: "pending", taken_at: args.taken_at, marks: args.marks ?? [], by: who(doc, mutation), target: args.target, isLocal: true };
    const add = (/** @type {Doc} */ one) => ({ ...one, photos: [...(one.photos ?? []).filter((/** @type {Doc} */ p) => p.id !== photo.id), photo] });
    return args.target === "finding" ? finding(doc, args.target_id, add) : line(doc, args.target_id, add);
  },
  "photo.detach": (doc, { photo }) => photos(doc, (list) => list.filter((one) => one.id !== photo)),
  "photo.mark": (doc, { photo, marks }) => photos(doc, (list) => change(list, (one) => one.id === photo, (one) => ({ ...one, marks }))),
  "addon.propose": (doc, args, mutation) => ({
    ...doc,
    lines: [...(doc.lines ?? []).filter((/** @type {Doc} */ one) => one.id !== args.addon), {
      id: args.addon, origin: "add_on", operation_id: args.operation, finding_id: args.finding, status: "proposed", work_status: "waiting", startable: false,
      related: args.related, kind: args.kind, text: args.text, proposed_by: who(doc, mutation), proposed_at: mutation.at_wall, isLocal: true, steps: [], parts: [],
    }],
  }),
  "addon.revise": (doc, { addon, related, text }) => line(doc, addon, (one) =>
    (one.status === "approved" ? one : { ...one, related, text, status: "proposed", return_reason: "" })),
  "addon.withdraw": (doc, { addon }) => line(doc, addon, (one) => (one.status === "approved" ? one : { ...one, status: "withdrawn", work_status: "removed" })),
  "job.start": (doc, args, mutation) => line(doc, args.line, (one) => ({ ...one, work_status: "in_work", running_since: mutation.at_wall, running_by: mutation.author, started_at: one.started_at ?? mutation.at_wall })),
  "job.pause": (doc, args, mutation) => line(doc, args.line, (one) => ({ ...stopped(one, mutation), work_status: "paused", pause_reason: args.reason })),
  "job.finish": (doc, args, mutation) => line(doc, args.line, (one) => ({ ...stopped(one, mutation), work_status: "done", finished_at: mutation.at_wall })),
  "odometer.set": (doc, { km }) => ({ ...doc, mileage_km: km }),
  "order.finish": (doc) => ({ ...doc, status: "quality_check" }),
};

export const TYPES = Object.keys(APPLY);

/** @param {Doc} one @param {Mutation} mutation */
function stopped(one, { at_wall }) {
  const minutes = one.running_since ? Math.max(0, Math.round((Date.parse(at_wall) - Date.parse(one.running_since)) / 60000)) : 0;
  return { ...one, spent_minutes: (one.spent_minutes ?? 0) + minutes, running_since: null, running_by: null };
}

/** @param {Doc} doc @param {(list: Doc[]) => Doc[]} edit */
function photos(doc, edit) {
  const inside = (/** @type {Doc} */ one) => (one.photos ? { ...one, photos: edit(one.photos) } : one);
  return {
    ...doc,
    inspections: (doc.inspections ?? []).map((/** @type {Doc} */ one) => ({ ...one, findings: one.findings.map(inside) })),
    lines: (doc.lines ?? []).map(inside),
  };
}

/** One mutation over one order's document; what it does not know it leaves alone. @param {Doc} doc @param {Mutation} mutation @returns {Doc} */
export function apply(doc, mutation) {
  const effect = APPLY[mutation.type];
  return effect ? effect(doc, mutation.args, mutation) : doc;
}
