import { type Column, isMissing } from "../../core/column.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { namedColumns, percent } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { nullLevels } from "../missing/null-levels.ts";
import { associationsOf, pThreshold } from "../signal/associations.ts";
import { flagSignal } from "../signal/flag-signal.ts";
import { featureThreshold } from "../signal/leak-odds.ts";

/** From here on a column is rather absent than present. */
const MOSTLY = 0.5;

/** From this share of the rows on, words for "no value" count among the gaps: they are such once the words are read. */
const LEAST_SPELT = 0.25;

/** Columns that get a finding of their own, at most: each is an experiment. */
const MOST_ALONE = 8;

/**
 * How much of the features is missing. Of columns that are mostly empty, those that tell something of the target are a finding each (the strongest ones, if
 * there are many), so that none keeps the rest; one for those that tell nothing, and one for all others.
 */
export const missing: Check = {
  trap: "missing",
  title: "Values are missing",
  inspect(context) {
    const { rows } = context.dataset;
    const spelt = speltOut(context);
    const shares = featuresOf(context)
      .map((column) => ({ column, share: infoOf(context, column.name).missing / rows + (spelt.get(column.name)?.share ?? 0) }))
      .filter(({ share }) => share > 0 && share < 1)
      .sort((a, b) => b.share - a.share);
    const isSpelt = (column: Column, row: number) =>
      "codes" in column && spelt.get(column.name)?.codes.has(column.codes[row] ?? -1) === true;
    return partsOf(context, shares).flatMap((part) => {
      const [worst] = part;
      if (worst === undefined) return [];
      const mostly = worst.share >= MOSTLY;
      const columns = part.map(({ column }) => column.name);
      const drop = [{ op: "drop" as const, columns }];
      const marked = [{ op: "missing-indicator" as const, columns }];
      return [
        {
          trap: "missing" as const,
          columns,
          rows: affectedRows(context, (row) => part.some(({ column }) => isMissing(column, row) || isSpelt(column, row))),
          severity: mostly ? ("costly" as const) : ("cosmetic" as const),
          confidence: 1,
          evidence: { columnsWithMissing: columns.length, largestShare: worst.share, smallestShare: part.at(-1)?.share ?? worst.share },
          fix: { action: "steps" as const, steps: mostly ? drop : marked },
          counterfactual: { change: "steps" as const, steps: mostly ? drop : marked, flatters: false },
          question: null,
          why: `${namedColumns(columns)} ${columns.length === 1 ? "lacks" : "lack"} values: ${part.length === 1 ? "" : "up to "}${percent(worst.share)} of the rows have none${mostly ? ", more than half" : ""}.`,
        },
      ];
    });
  },
};

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

function partsOf(context: AuditContext, shares: readonly Share[]): readonly (readonly Share[])[] {
  const empty = shares.filter(({ share }) => share >= MOSTLY);
  const telling = empty
    .filter(({ column }) => tells(context, column))
    .sort((a, b) => strength(context, b.column) - strength(context, a.column));
  const alone = telling.slice(0, MOST_ALONE);
  return [
    ...alone.map((one) => [one]),
    empty.filter((one) => telling.includes(one) && !alone.includes(one)),
    empty.filter((one) => !telling.includes(one)),
    shares.filter(({ share }) => share < MOSTLY),
  ];
}

/** By its values or by being missing, beyond what the best of as many features without meaning would. */
function tells(context: AuditContext, column: Column): boolean {
  if (strength(context, column) > featureThreshold(context)) return true;
  return (flagSignal(context, (row) => isMissing(column, row))?.p ?? 1) < pThreshold(context.roles.features.length);
}

function strength(context: AuditContext, { name }: Column): number {
  return associationsOf(context).get(name)?.z ?? 0;
}
