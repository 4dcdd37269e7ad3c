import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent, quoted } from "../findings/phrase.ts";
import { areOneChance, type UnitHeaps } from "./unit-heaps.ts";
import { type UnitSource, unitSource } from "./unit-source.ts";
import { type UnitWitnesses, unitWitnesses } from "./unit-witnesses.ts";

/** Below LIKELY: heaps that are unlike beyond chance once they are converted may be two kinds of things whose sizes happen to stand so. */
const KINDS = 0.45;
/** Below LIKELY: who wrote a row tells the unit, but for rows that seem to be in the other one. */
const NEARLY = 0.45;

/** How sure: the ratio is no coincidence among the columns that stand in two heaps, and no other number tells the heaps apart (a score of 1 leaves nothing); `most` at most. */
export function ofHeaps(context: AuditContext, heaps: UnitHeaps, found: readonly UnitHeaps[], chances: number, most = 1): Suspicion[] {
  const { column, modes, cut, coincidence } = heaps;
  const mixed = new Set(found.map((one) => one.column.name));
  const parted = chances - found.filter((other) => other !== heaps && areOneChance(heaps, other)).length;
  const witnesses = unitWitnesses(context, column, (row) => isAbove(column.values[row] ?? Number.NaN, cut), mixed);
  const source = sourceOf(context, heaps, witnesses);
  // Where no row disagrees the cut says the same, needs no other column, and holds for levels that are new.
  const exact = source?.tells === "exactly" && source.disagree > 0 ? source : null;
  const { units, ...mended } = mendedBy(heaps, exact);
  const byRatio = (1 / (1 + parted * coincidence)) * (1 - 2 * (witnesses.number - 0.5));
  const allowed = Math.min(most, heaps.unlike || heaps.other !== null ? KINDS : 1, source?.tells === "nearly" ? NEARLY : 1);
  const confidence = Math.min(allowed, byRatio);
  if (confidence < 0.3) return [];
  const rarer = upperIsRarer(heaps) ? modes.upper : modes.lower;
  const share = rarer.rows / (modes.lower.rows + modes.upper.rows);
  return [
    {
      trap: "unit-mix",
      columns: [column.name],
      rows: affectedRows(context, exact === null ? (row) => isInRarer(heaps, row) === true : inLevels(heaps, exact)),
      severity: "harmful",
      confidence,
      evidence: {
        units,
        dimension: heaps.dimension,
        cut,
        rarerRows: rarer.rows,
        rarerShare: share,
        spreadsApart: heaps.apart,
        distanceAfterConversion: heaps.distance,
        distanceAllowed: heaps.allowed,
        coincidence,
        columnsInTwoHeaps: parted,
        otherNumberTells: witnesses.number,
        otherNumber: witnesses.numberName,
        source: witnesses.source,
        ...(source === null ? {} : { sourceLevels: source.levels.slice(0, 10), disagree: source.disagree, disagreeDeep: source.deep }),
      },
      ...mended,
      question: confidence < 0.7 ? askedOf(heaps, exact) : null,
      why: `\`${column.name}\` falls into two heaps of ${heaps.unlike ? "nearly " : ""}one shape, below and above ${amount(cut)}, in the ratio of ${units}: ${counted(rarer.rows, "row")} (${percent(share)}) ${rarer.rows === 1 ? "is" : "are"} in the rarer unit.${toldBy(source, witnesses)}`,
    },
  ];
}

function askedOf(heaps: UnitHeaps, exact: UnitSource | null): string {
  const which = exact === null ? `${upperIsRarer(heaps) ? "above" : "below"} ${amount(heaps.cut)}` : whereIn(exact);
  return `Are the values of \`${heaps.column.name}\` ${which} in another unit (${shownUnits(heaps)})?`;
}

/** Such a value in all rows of the levels, whatever its size. */
function inLevels({ column }: UnitHeaps, { by, levels }: UnitSource): (row: number) => boolean {
  const held = new Set(levels.map((level) => by.levels.indexOf(level)));
  return (row) => held.has(by.codes[row] ?? -1) && !Number.isNaN(column.values[row]);
}

function sourceOf({ frame }: AuditContext, heaps: UnitHeaps, { source }: UnitWitnesses): UnitSource | null {
  const by = frame.columns.find((one): one is LevelColumn => one.name === source && "codes" in one);
  const scale = heaps.conversion.offset === 0 ? Math.log10 : (value: number) => value;
  const [low, high] = [heaps.modes.lower.median, heaps.modes.upper.median];
  const isBeyond = (row: number) => {
    const place = scale(heaps.column.values[row] ?? Number.NaN);
    return place < low || place > high;
  };
  return by === undefined ? null : unitSource(by, (row) => isInRarer(heaps, row), isBeyond);
}

function upperIsRarer({ modes }: UnitHeaps): boolean {
  return modes.upper.rows < modes.lower.rows;
}

/** null where there is no value. */
function isInRarer(heaps: UnitHeaps, row: number): boolean | null {
  const value = heaps.column.values[row] ?? Number.NaN;
  if (Number.isNaN(value)) return null;
  return upperIsRarer(heaps) ? value > heaps.cut : value < heaps.cut;
}

function whereIn({ by, levels }: UnitSource): string {
  const shown = levels.slice(0, 3).map(quoted).join(" or ");
  return `where \`${by.name}\` is ${shown}${levels.length > 3 ? " and so on" : ""}`;
}

function toldBy(source: UnitSource | null, { source: named }: UnitWitnesses): string {
  if (source === null) return named === null ? "" : ` \`${named}\` tells which.`;
  const rows = counted(source.disagree, "row");
  const is = source.disagree === 1 ? "lies" : "lie";
  if (source.tells === "nearly")
    return ` \`${source.by.name}\` tells which but for ${rows} that ${is} in the heap of the other unit: either these are written otherwise, or they are far values.`;
  const far =
    source.disagree === 0
      ? ""
      : `; ${rows} on the other side ${source.disagree === 1 ? "is a far value of its" : "are far values of their"} own unit`;
  return ` \`${source.by.name}\` tells which: those ${whereIn(source)}${far}.`;
}

/** Two factors that fit are both named, and no step is taken. */
function mendedBy(
  heaps: UnitHeaps,
  exact: UnitSource | null,
): Pick<Suspicion, "fix" | "counterfactual" | "unmeasured"> & { readonly units: string } {
  const { column, other } = heaps;
  const units = shownUnits(heaps);
  if (other === null) {
    const steps: RecipeStep[] = [stepOf(heaps, exact)];
    return { units, fix: { action: "steps", steps }, counterfactual: { change: "steps", steps, flatters: false } };
  }
  return {
    units,
    fix: { action: "advice", text: `Bring \`${column.name}\` to one unit at its source, by the factor that is right (${units}).` },
    counterfactual: null,
    unmeasured: "Two factors fit, and no step takes one of them.",
  };
}

function shownUnits({ conversion, other }: UnitHeaps): string {
  if (other === null) return conversion.words;
  return [conversion, other].map(({ words, factor }) => `${words}, times ${amount(Number((1 / factor).toPrecision(4)))}`).join("; or ");
}

/** The rarer unit becomes the other one: where a column tells which rows are in it these, else what lies beyond the cut. */
function stepOf(heaps: UnitHeaps, exact: UnitSource | null): RecipeStep {
  const { column, cut, conversion } = heaps;
  const { factor, offset } = conversion;
  const upper = upperIsRarer(heaps);
  const change = upper ? { factor, offset } : { factor: 1 / factor, offset: offset === 0 ? 0 : -offset / factor };
  if (exact !== null) return { op: "convert-unit", column: column.name, by: { column: exact.by.name, levels: exact.levels }, ...change };
  return { op: "convert-unit", column: column.name, where: upper ? "above" : "below", limit: cut, ...change };
}

/** null where there is no value. */
function isAbove(value: number, cut: number): boolean | null {
  return Number.isNaN(value) ? null : value > cut;
}
