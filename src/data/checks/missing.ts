import { type Column, isMissing } from "../../core/column.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { namedColumns, percent } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { emptyRowNumbers, emptyRows } from "../missing/empty-rows.ts";
import { nullLevels } from "../missing/null-levels.ts";
import { presentTogether } from "../missing/present-together.ts";
import { mayMeanNone, meansNone } from "../missing/structural-gaps.ts";
import { associationsOf, pThreshold } from "../signal/associations.ts";
import { flagSignal } from "../signal/flag-signal.ts";
import { featureThreshold } from "../signal/leak-odds.ts";

/** From here on a column is rather absent than present. */
const MOSTLY = 0.5;

/** From this share of the rows on, words for "no value" count among the gaps: they are such once the words are read. */
const LEAST_SPELT = 0.25;

/** Columns that get a finding of their own, at most, and sets of more columns that have values in the same rows: each is an experiment. */
const [MOST_ALONE, MOST_SETS] = [4, 2];

/**
 * How much of the features is missing. Of columns that are mostly empty, those that tell something of the target are a finding each, so that none keeps the rest; where they are many, one for
 * each of the two largest sets that have values in the same rows (one cause), and one for the rest. One for those that tell nothing, one for those of which it is asked whether a gap says that there is none (they stay in), and one for all others. Gaps that say that there is none (`structural-missing`) are values.
 */
export const missing: Check = {
  trap: "missing",
  title: "Values are missing",
  async inspect(context) {
    // Rows without any value are left out before: what they lack is no gap of a column.
    const [empty, nothing] = [new Set(emptyRowNumbers(context)), emptyRows(context)];
    const rows = context.dataset.rows - nothing;
    const [none, open] = [await meansNone(context), await mayMeanNone(context)];
    const spelt = speltOut(context);
    const shares = featuresOf(context)
      .filter(({ name }) => !none.has(name))
      .map((column) => ({
        column,
        share: Math.max(0, infoOf(context, column.name).missing - nothing) / rows + (spelt.get(column.name)?.share ?? 0),
      }))
      .filter(({ column, share }) => share > 0 && share < 1 && (spelt.has(column.name) || !lacksOnlyUnlabelled(context, column)))
      .sort((a, b) => b.share - a.share);
    const isSpelt = (column: Column, row: number) =>
      "codes" in column && spelt.get(column.name)?.codes.has(column.codes[row] ?? -1) === true;
    const { parts, together } = partsOf(context, shares, open);
    return parts.flatMap((part) => {
      const [worst] = part;
      if (worst === undefined) return [];
      const mostly = worst.share >= MOSTLY;
      const isOpen = mostly && open.has(worst.column.name);
      const columns = part.map(({ column }) => column.name);
      const drop = [{ op: "drop" as const, columns }];
      const marked = [{ op: "missing-indicator" as const, columns }];
      return [
        {
          trap: "missing" as const,
          columns,
          rows: affectedRows(
            context,
            (row) => !empty.has(row) && part.some(({ column }) => isMissing(column, row) || isSpelt(column, row)),
          ),
          severity: mostly && !isOpen ? ("costly" as const) : ("cosmetic" as const),
          confidence: 1,
          evidence: { columnsWithMissing: columns.length, largestShare: worst.share, smallestShare: part.at(-1)?.share ?? worst.share },
          fix: { action: "steps" as const, steps: mostly && !isOpen ? drop : marked },
          counterfactual: { change: "steps" as const, steps: mostly && !isOpen ? drop : marked, flatters: false },
          question: null,
          why: `${namedColumns(columns)} ${columns.length === 1 ? "lacks" : "lack"} values: ${part.length === 1 ? "" : "up to "}${percent(worst.share)} of the rows have none${mostly ? ", more than half" : ""}.${isOpen ? " They may say that there is none, so nothing is left out for them." : ""}${together.has(part) ? " They have values in nearly the same rows." : ""}`,
        },
      ];
    });
  },
};

/** All gaps that are seen stand in rows without a label, which do not train: a flag of them would say the same of all others. */
function lacksOnlyUnlabelled({ frame, target }: AuditContext, column: Column): boolean {
  let seen = false;
  for (let row = 0; row < frame.rows; row++) {
    if (!isMissing(column, row)) continue;
    if (!Number.isNaN(target[row])) return false;
    seen = true;
  }
  return seen;
}

interface Spelt {
  readonly share: number;
  readonly codes: ReadonlySet<number>;
}

/** The words for "no value" (null-spelling) of columns with many rows of them. */
function speltOut(context: AuditContext): ReadonlyMap<string, Spelt> {
  const columns = new Map<string, Spelt>();
  for (const { column, code, rows, confidence } of nullLevels(context)) {
    if (confidence < LIKELY) continue;
    const { share, codes } = columns.get(column.name) ?? { share: 0, codes: new Set<number>() };
    columns.set(column.name, { share: share + rows / context.frame.rows, codes: new Set([...codes, code]) });
  }
  return new Map([...columns].filter(([, { share }]) => share >= LEAST_SPELT));
}

interface Share {
  readonly column: Column;
  readonly share: number;
}

type Part = readonly Share[];

/** together: those whose columns have values in nearly the same rows. */
function partsOf(
  context: AuditContext,
  shares: Part,
  open: ReadonlySet<string>,
): { readonly parts: readonly Part[]; readonly together: ReadonlySet<Part> } {
  const mostly = shares.filter(({ share }) => share >= MOSTLY);
  const asked = mostly.filter(({ column }) => open.has(column.name));
  const empty = mostly.filter((one) => !asked.includes(one));
  const telling = empty
    .filter(({ column }) => tells(context, column))
    .sort((a, b) => strength(context, b.column) - strength(context, a.column));
  const isFew = telling.length <= MOST_ALONE;
  const sets = isFew ? [] : setsOf(context, telling).slice(0, MOST_SETS);
  const parts = [
    ...(isFew ? telling.map((one) => [one]) : [...sets, telling.filter((one) => !sets.some((set) => set.includes(one)))]),
    empty.filter((one) => !telling.includes(one)),
    asked,
    shares.filter(({ share }) => share < MOSTLY),
  ];
  return { parts, together: new Set(sets) };
}

/** Columns of which two with values in nearly the same rows make a set; the largest set first. */
function setsOf(context: AuditContext, telling: Part): readonly Part[] {
  const byName = new Map(telling.map((one) => [one.column.name, one]));
  const sets = presentTogether(
    context,
    telling.map(({ column }) => column),
  );
  return sets
    .map((set) => set.flatMap(({ name }) => byName.get(name) ?? []).sort((a, b) => b.share - a.share))
    .sort((a, b) => b.length - a.length);
}

/** By its values or by being missing, beyond what the best of as many features without meaning would. */
function tells(context: AuditContext, column: Column): boolean {
  if (strength(context, column) > featureThreshold(context)) return true;
  return (flagSignal(context, (row) => isMissing(column, row))?.p ?? 1) < pThreshold(context.roles.features.length);
}

function strength(context: AuditContext, { name }: Column): number {
  return associationsOf(context).get(name)?.z ?? 0;
}
