import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { parseDate } from "../../recipe/index.ts";
import type { AuditContext } from "../check.ts";
import { countValues, type LevelColumn } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted, percent, quoted } from "../findings/phrase.ts";
import { textDatesOf } from "../values/date-columns.ts";
import { sentinelCodes } from "./sentinels.ts";

/** Dates that stand as texts, among them a day that programs write for "no date" (Dec 31 1969, the day before the Unix epoch, west of Greenwich). */
export function textDateCodes(context: AuditContext): Suspicion[] {
  return levelFeatures(context).flatMap((column) => {
    const dates = textDatesOf(context, column);
    return dates === null ? [] : ofColumn(context, column, dates.formats);
  });
}

function ofColumn(context: AuditContext, column: LevelColumn, formats: readonly string[]): Suspicion[] {
  const moments = column.levels.map((level) => parseDate(level, formats));
  const values = Float64Array.from(column.codes, (code) => moments[code] ?? Number.NaN);
  const counts = countValues(values);
  return sentinelCodes({ name: column.name, type: "date", values }, counts).clear.map((code): Suspicion => {
    const texts = column.levels.filter((_, level) => code.values.includes(moments[level] ?? Number.NaN));
    const held = new Set(code.values);
    const steps: RecipeStep[] = [{ op: "null-out", column: column.name, values: texts }];
    return {
      trap: "sentinel",
      columns: [column.name],
      rows: affectedRows(context, (row) => held.has(values[row] ?? Number.NaN)),
      held: [{ column: column.name, values: texts }],
      severity: "costly",
      confidence: code.confidence,
      evidence: { codes: texts, largestShare: code.rows / code.present, columnsWithCode: 1, ...code.evidence },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      question: null,
      choices: ["missing", "value"],
      why: `\`${column.name}\` is ${texts.map(quoted).join(" or ")} in ${counted(code.rows, "row")} (${percent(code.rows / code.present)}): a day that programs write where there is no date, and far more frequent than the days beside it or far from all others.`,
    };
  });
}
