import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { type FarRows, farRows } from "../linear/far-rows.ts";
import { DECIDED_BY_FEW, HEAVY_TAIL, linearGround, NORMAL_TAIL, type NumberShape, numberShapes } from "../linear/number-shapes.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { featureCodes } from "../missing/feature-codes.ts";

const CUT = 0.01;
const MOST_NAMED = 8;
const NAMED_HERE = 3;

/** A few values so far from all others that a straight line follows them. Trees do not care, so a linear model measures what they cost. */
export const outlier: Check = {
  trap: "outlier",
  title: "A few rows lie far from all others",
  inspect(context) {
    const found = numberShapes(context)
      // In logarithms too: they lie apart, and are not the end of a long tail.
      .filter(({ tail, logTail }) => tail.share > DECIDED_BY_FEW && (logTail === null || logTail.share > HEAVY_TAIL))
      .sort((a, b) => b.tail.share - a.tail.share || (a.column.name < b.column.name ? -1 : 1))
      .slice(0, MOST_NAMED);
    const measured = found.length === 0 ? [] : [suspicion(context, found)];
    return [...measured, ...farApart(context)];
  },
};

/** Told without a measured harm as well, since rows so far away are mistakes or the rarest of cases: whoever knows them says which. */
function farApart(context: AuditContext): readonly Suspicion[] {
  const coded = new Set(featureCodes(context).map(({ column }) => column.name));
  const amounts = numberFeatures(context).filter(
    (column) => column.type === "number" && !coded.has(column.name) && semanticOf(context, column) !== "code",
  );
  const told = amounts.flatMap((column) => {
    const far = farRows(valueCounts(context, column), amounts.length);
    return far === null ? [] : [{ column, far }];
  });
  const shown = told.sort((a, b) => b.far.ratio - a.far.ratio || (a.column.name < b.column.name ? -1 : 1)).slice(0, MOST_NAMED);
  return shown.length === 0 ? [] : [note(context, shown)];
}

interface Far {
  readonly column: NumberColumn;
  readonly far: FarRows;
}

function semanticOf({ roles }: AuditContext, column: NumberColumn): string {
  return (roles.meanings[column.name] ?? semanticType(column)).type;
}

/** All columns in one: the reader looks at the rows together. */
function note(context: AuditContext, told: readonly Far[]): Suspicion {
  const hits = told.map(({ column, far }) => ({ cells: column.values, values: new Set(far.values) }));
  const rows = affectedRows(context, (row) => hits.some(({ cells, values }) => values.has(cells[row] ?? Number.NaN)));
  const one = ({ column, far }: Far) =>
    `\`${column.name}\` (${far.values.slice(0, 3).map(amount).join(", ")}; median ${amount(far.median)}, ${far.ratio.toFixed(1)} times as far as any other row)`;
  const more = told.length > NAMED_HERE ? ` and ${counted(told.length - NAMED_HERE, "more column")}` : "";
  const columns = told.map(({ column }) => column.name).sort();
  return {
    trap: "outlier",
    columns,
    rows,
    severity: "cosmetic",
    confidence: 0.8,
    evidence: {
      kind: "far-apart",
      columns: Object.fromEntries(
        told.map(({ column, far: { values, rows: held, ratio, share, logShare } }) => [
          column.name,
          { values: values.slice(0, 10), rows: held, ratio, ofSquares: share, ofSquaresInLogs: logShare },
        ]),
      ),
    },
    fix: {
      action: "advice",
      text: "Find out whether these values are mistakes; trees need nothing, other models a cut or a logarithm.",
    },
    counterfactual: null,
    unmeasured: "Whether they are mistakes or rare truths the cells do not say.",
    question: null,
    why: `${counted(rows.count, "row")} ${rows.count === 1 ? "lies" : "lie"} far from all others and ${rows.count === 1 ? "carries" : "carry"} most of the squared deviations of ${told.slice(0, NAMED_HERE).map(one).join(", ")}${more}.`,
  };
}

function suspicion(context: AuditContext, found: readonly NumberShape[]): Suspicion {
  const columns = found.map(({ column }) => column.name).sort();
  const rows = affectedRows(context, (row) =>
    found.some(({ column, median, tail }) => Math.abs((column.values[row] ?? Number.NaN) - median) >= tail.from),
  );
  const [first] = found;
  const { share } = first?.tail ?? { share: 0 };
  return {
    trap: "outlier",
    columns,
    rows,
    severity: "costly",
    confidence: 0.9,
    evidence: {
      ofSquares: Object.fromEntries(found.map(({ column, tail }) => [column.name, tail.share])),
      ofSquaresInLogs: Object.fromEntries(found.map(({ column, logTail }) => [column.name, logTail?.share ?? null])),
      largestShare: share,
      normalShare: NORMAL_TAIL,
    },
    fix: {
      action: "advice",
      text: `Look at these rows. Where a linear model is to be used, cut ${namedColumns(columns)} off at the 1 % and 99 % quantiles of the training rows; trees need nothing.`,
    },
    counterfactual: {
      ...linearGround(context),
      claimed: {},
      honest: { steps: [{ op: "clip", columns, share: CUT }] },
      flatters: false,
      compares: "a linear model of the numbers as they are against one with their extremes cut off",
    },
    question: null,
    why: `${counted(rows.count, "row")} ${rows.count === 1 ? "lies" : "lie"} far from all others in ${namedColumns(columns)} and ${rows.count === 1 ? "carries" : "carry"} up to ${percent(share)} of the squared deviations (of a normal column a hundredth carries 8 %): a linear model goes by them.`,
  };
}
