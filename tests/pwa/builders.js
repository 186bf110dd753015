// Valid things by keyword, for the tests of the bay app.
import { randomUUID } from "node:crypto";

export const ME = "0199aaaa-0000-7000-8000-000000000001";

let seq = 0;
export const mutation = ({ type = "insp.item_set", stream = "ro:r1", author = ME, args = {}, at_wall = "2026-11-21T10:00:00.000+08:00", ...rest } = {}) => ({
  mid: randomUUID(), seq: (seq += 1), prev: null, type, v: 1, stream, author, args, base_rev: 1, deps: [], blobs: [], at_wall, at_mono_ms: 1, boot: "b", tmpl_v: 1, build: "t", ...rest,
});

export const order = ({ id = "r1", findings = [], lines = [], ...rest } = {}) => ({
  id, number: "1", status: "in_progress", plate: "京A8K316", plate_shown: "京A·8K316", powertrain: "fuel", technicians: [{ id: ME, name: "陈志强" }], lines, targeted: [],
  inspections: [{ id: "i1", template: "t1", template_version: 1, specs: {}, started_at: null, finished_at: null, findings }], ...rest,
});

export const finding = ({ id = "f1", point = "pad", position = "FL", grade = "good", value = null, ...rest } = {}) => ({ id, point, position, grade, value, notes: [], photos: [], ...rest });

export const line = ({ id = "l1", ...rest } = {}) => ({ id, origin: "intake", title: "更换机油", work_status: "waiting", startable: true, ...rest });

export const pad = ({ id = "pad", ...rest } = {}) => ({
  id, zone: "brakes", order: 1, name: { zh: "前刹车片厚度", en: "Front brake pad thickness" }, positions: ["FL", "FR"], kind: "measured", unit: "mm", applies_to: ["fuel"], vehicle_class: ["passenger"],
  input: { min: 0, max: 20, step: 0.1 }, compare: { mode: "absolute" }, thresholds: { good: [{ gte: 5 }], watch: [{ gte: 2, lt: 5 }], replace: [{ lt: 2 }] }, in_general_template: true, ...rest,
});

export const eye = ({ id = "hose", ...rest } = {}) => ({ id, zone: "brakes", order: 2, name: { zh: "制动软管", en: "Brake hoses" }, positions: [], kind: "observed", in_general_template: true, thresholds: {}, ...rest });

export const template = ({ points = [pad(), eye()], zones = [{ id: "brakes", order: 1, name: { zh: "制动", en: "Brakes" }, layout: "wheels", looks: [] }] } = {}) => ({ id: "t1", version: 1, zones, points, positions: {} });
