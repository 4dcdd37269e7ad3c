import type { ColumnInfo } from "../../core/dataset.ts";
import type { Suspicion } from "../../core/finding.ts";
import { fold, nullConfidence } from "../../core/null-words.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { AuditContext, Check } from "../check.ts";
import { affectedRows, countInFrame, NO_ROWS } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { type NullLevel, nullLevels } from "../missing/null-levels.ts";
import { type ReadAsGap, readAsGaps } from "../missing/read-as-gaps.ts";
import { unknownKinds } from "../missing/unknown-kinds.ts";

/** Missing values written as a word or a sign. A category of its own costs trees nothing: the price decides. */
export const nullSpelling: Check = {
  trap: "null-spelling",
  title: "Missing values are written as a word or a sign",
  inspect: (context) => [
    ...byWord(nullLevels(context)).map((group) => levelSuspicion(context, group)),
    ...unparsedNulls(context),
    ...readAsGaps(context).map((one) => elsewhereAGap(context, one)),
    ...unknownKinds(context),
    ...context.labels.filter(({ trap }) => trap === "null-spelling"),
  ],
};

function byWord(levels: readonly NullLevel[]): NullLevel[][] {
  const groups = new Map<string, NullLevel[]>();
  for (const one of levels) {
    const key = `${fold(one.level)} ${one.confidence >= 0.5}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function levelSuspicion(context: AuditContext, group: readonly NullLevel[]): Suspicion {
  const columns = [...new Set(group.map(({ column }) => column.name))];
  const surest = Math.max(...group.map(({ confidence }) => confidence));
  const confidence = surest < 0.5 ? surest : Math.min(0.98, surest + 0.05 * (columns.length - 1));
  const steps = columns.map((column): RecipeStep => {
    return { op: "null-out", column, values: group.filter((one) => one.column.name === column).map(({ level }) => level) };
  });
  const rows = affectedRows(context, (row) => group.some(({ column, code }) => column.codes[row] === code));
  const share = rows.count / context.dataset.rows;
  const shown = quoted(group[0]?.level ?? "");
  return {
    trap: "null-spelling",
    columns,
    rows,
    held: steps.flatMap((step) => (step.op === "null-out" ? [{ column: step.column, values: step.values }] : [])),
    severity: confidence < 0.5 ? "cosmetic" : "costly",
    confidence,
    evidence: {
      spellings: [...new Set(group.map(({ level }) => level))],
      cells: group.reduce((sum, one) => sum + one.rows, 0),
      rowShare: share,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question:
      confidence < 0.5 ? `Does ${shown} in ${namedColumns(columns)} mean "not known", or is it a value ("has none", a code)?` : null,
    choices: ["missing", "value"],
    why: `${namedColumns(columns)} ${columns.length === 1 ? "holds" : "hold"} ${shown} in ${amount(countInFrame(rows))} rows (${percent(share)}): it ${confidence < 0.5 ? "may say that the value is missing, or be a value; it" : "says that the value is missing, but"} is read as a category of its own.`,
  };
}

/** Nothing is wrong in the file; the next program that reads it may lose a kind, or a class. */
function elsewhereAGap(context: AuditContext, { word, columns, rows }: ReadAsGap): Suspicion {
  const share = rows / context.frame.rows;
  return {
    trap: "null-spelling",
    columns,
    rows: NO_ROWS,
    severity: "cosmetic",
    confidence: 0.85,
    evidence: { spellings: [word], rowShare: share, readAsMissing: false },
    fix: { action: "reading", text: `${quoted(word)} is a value of its own here, and wherever the model is used.` },
    counterfactual: null,
    unmeasured: "The file is read rightly here: nothing is lost that could be won back.",
    question: null,
    why: `${quoted(word)} is a value of ${namedColumns(columns)}${columns.length === 1 ? "" : ", in one of them"} in ${percent(share)} of the rows and no gap, as far as the others tell. pandas and others read this word as missing: trained or served with them, a model would have gaps there.`,
  };
}

interface Unparsed {
  readonly info: ColumnInfo;
  readonly nulls: ColumnInfo["unparsed"];
  readonly cells: number;
}

/** Cells of number and date columns that say "no value": the reader has taken them as missing. Columns with the same words are one finding. */
function unparsedNulls(context: AuditContext): Suspicion[] {
  const groups = new Map<string, Unparsed[]>();
  for (const info of context.dataset.columns) {
    const nulls = info.unparsed.filter(({ value }) => nullConfidence(value, ["1"]) >= 0.5);
    const cells = nulls.reduce((sum, { count }) => sum + count, 0);
    if (cells === 0) continue;
    const key = [...new Set(nulls.map(({ value }) => fold(value)))].sort().join("\n");
    groups.set(key, [...(groups.get(key) ?? []), { info, nulls, cells }]);
  }
  return [...groups.values()].map((group) => unparsedSuspicion(context, group));
}

function unparsedSuspicion(context: AuditContext, group: readonly Unparsed[]): Suspicion {
  const columns = group.map(({ info }) => info.name);
  const cells = group.reduce((sum, one) => sum + one.cells, 0);
  const spellings = [...new Set(group.flatMap(({ nulls }) => nulls.map(({ value }) => value)))];
  const types = [...new Set(group.map(({ info }) => `${info.type}s`))].join(" and ");
  return {
    trap: "null-spelling",
    columns,
    rows: { count: Math.max(...group.map((one) => one.cells)), sample: [] },
    severity: "cosmetic",
    confidence: 0.95,
    evidence: { spellings, cells, readAsMissing: true },
    fix: { action: "reading", text: "These cells are read as missing." },
    ...readAsNames(
      context,
      group.map(({ info }) => info),
    ),
    question: null,
    why: `${counted(cells, "cell")} of ${namedColumns(columns)} ${cells === 1 ? "holds" : "hold"} ${spellings
      .slice(0, 3)
      .map(quoted)
      .join(", ")} among ${types}; read as missing.`,
  };
}

/** A reader that does not know these words takes the whole columns for names. */
function readAsNames({ roles }: AuditContext, infos: readonly ColumnInfo[]): Pick<Suspicion, "counterfactual" | "unmeasured"> {
  const features = infos.filter(({ name }) => roles.features.includes(name));
  const numbers = features.filter(({ type }) => type === "number").map(({ name }) => name);
  const named = namedColumns(infos.map(({ name }) => name));
  if (features.length === 0)
    return {
      counterfactual: null,
      unmeasured: `${named} ${infos.length === 1 ? "is" : "are"} not among the columns to learn from: how ${infos.length === 1 ? "its" : "their"} cells are read does not reach the model.`,
    };
  if (numbers.length === 0)
    return {
      counterfactual: null,
      unmeasured: `${named} ${infos.length === 1 ? "holds" : "hold"} ${infos[0]?.type ?? "number"}s, which cannot be turned back into names: what reading them right saves is not known.`,
    };
  const steps = numbers.map((column) => ({ op: "to-category" as const, column }));
  return { counterfactual: { change: "undo", features: [], steps, flatters: false } };
}
