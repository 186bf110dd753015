// A value beside its limits, drawn: where it is now, where it was, where replace begins.
import { html, nothing, svg } from "../vendor/lit-html.js";
import { scale, shown } from "../inspection.js";
import { t } from "../words.js";
import { markIn } from "./icon.js";

const LEFT = 16, RIGHT = 374;

/** @param {{point: any, value: number, last: number | null | undefined, spec: number | null}} what */
export function scaleLine({ point, value, last, spec }) {
  const found = scale(point, spec);
  if (!found || found.replace === null || found.watch === null) return nothing;
  const { from, to, isLowBad } = found;
  const at = (/** @type {number} */ figure) => LEFT + ((Math.min(Math.max(figure, from), to) - from) / (to - from)) * (RIGHT - LEFT);
  const cuts = [LEFT, ...[at(found.replace), at(found.watch)].sort((a, b) => a - b), RIGHT];
  const order = isLowBad ? ["replace", "watch", "good"] : ["good", "watch", "replace"];
  const limit = isLowBad ? cuts[1] : cuts[2];
  const isNear = last !== null && last !== undefined && Math.abs(at(last) - at(value)) < 44;
  return html`<svg class="scale-line" viewBox="0 0 390 72" role="img" aria-label=${t("scale.label", { value: shown(point, value), limit: found.replace })}>
    ${order.map((grade, i) => svg`${markIn(grade, cuts[i] + (i ? 6 : 0), 1, 15)}${cuts[i + 1] - cuts[i] > 62 ? svg`<text x=${cuts[i] + 20 + (i ? 6 : 0)} y="14">${t(`grade.${grade}`)}</text>` : nothing}
      <path class="zone-${grade}" d="M${cuts[i] + (i ? 2 : 0)} 27H${cuts[i + 1] - (i < 2 ? 2 : 0)}" />`)}
    <path class="limit" d="M${limit} 17v24" />
    ${last === null || last === undefined ? nothing : svg`<circle class="then" cx=${at(last)} cy="27" r="9" />${isNear ? nothing : svg`<text x=${Math.min(at(last) - 6, 310)} y="52">${t("last")} ${shown(point, last)}</text>`}`}
    <path class="pointer" d="M${at(value)} 37l-9 14h18z" /><text class="now" x=${at(value)} y="68" text-anchor="middle">${shown(point, value)}</text>
  </svg>`;
}
