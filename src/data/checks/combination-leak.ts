import type { Suspicion } from "../../core/finding.ts";
import type { Json } from "../../core/json.ts";
import { exactLinear, linearWeights } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed } from "../columns/column-facts.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { namedColumns, percent } from "../findings/phrase.ts";
import { pairIdentities } from "../leaks/pair-identities.ts";
import { pairJumps } from "../leaks/pair-jumps.ts";
import { associationsOf, viewOf } from "../signal/associations.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { scoreEvidence } from "../signal/score-words.ts";

/** Numbers of columns and rows in the search for a linear combination: 40 fits of 40 columns on 400 rows. */
const LINEAR_COLUMNS = 40;
const LINEAR_ROWS = 400;

/** A column that is the target itself is target-leak. */
const ITSELF = 0.9995;

/** Several columns give the target exactly, although each alone may look honest: its parts, or two ends of a difference. */
export const combinationLeak: Check = {
  trap: "combination-leak",
  title: "Columns together give the target",
  async inspect(context) {
    const identities = identityFindings(context);
    if (identities.length > 0) return identities;
    const linear = context.task.kind === "regression" ? linearFinding(context) : null;
    if (linear !== null) return [linear];
    if (context.task.kind === "regression") return [];
    return (await pairJumps(context))
      .slice(0, 3)
      .map(({ columns, operation, together, alone }) =>
        suspicion(
          context,
          columns,
          0.8,
          { operation, alone, ...scoreEvidence(together) },
          `${operation} of ${namedColumns(columns)} reaches a score of ${together.score.toFixed(3)}, while the better one alone reaches ${alone.toFixed(3)}.`,
        ),
      );
  },
};

function candidates(context: AuditContext): readonly { name: string; values: Float64Array }[] {
  const associations = associationsOf(context);
  return columnsNamed(context.frame, context.roles.features).flatMap((column) =>
    "values" in column && column.type === "number" && (associations.get(column.name)?.score ?? 0) < ITSELF
      ? [{ name: column.name, values: column.values }]
      : [],
  );
}

function identityFindings(context: AuditContext): readonly Suspicion[] {
  if (context.task.kind === "multiclass") return [];
  const columns = candidates(context).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const found = pairIdentities(
    columns.map(({ values }) => values),
    context.target,
    context.seed,
  );
  return found.slice(0, 3).map(({ a, b, operation, share }) => {
    const names = [columns[a]?.name ?? "", columns[b]?.name ?? ""];
    const spoken = operation.replace(/\b[ab]\b/g, (letter) => `\`${names[letter === "a" ? 0 : 1] ?? ""}\``);
    return suspicion(
      context,
      names,
      0.99,
      { operation, share, certain: true },
      `\`${context.roles.target}\` = ${spoken} in ${percent(share)} of the rows.`,
    );
  });
}

function linearFinding(context: AuditContext): Suspicion | null {
  const associations = associationsOf(context);
  const view = viewOf(context);
  const columns = candidates(context)
    .toSorted((a, b) => (associations.get(b.name)?.z ?? 0) - (associations.get(a.name)?.z ?? 0) || (a.name < b.name ? -1 : 1))
    .slice(0, LINEAR_COLUMNS);
  const whole = columns.filter(({ values }) => view.rows.every((row) => !Number.isNaN(values[row])));
  const step = Math.max(1, view.rows.length / LINEAR_ROWS);
  const rows = Array.from({ length: Math.floor(view.rows.length / step) }, (_, i) => view.rows[Math.floor(i * step)] ?? 0);
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] ?? 0);
  const places = exactLinear(
    whole.map(({ values }) => pick(values)),
    pick(context.target),
  );
  if (places === null || places.length < 2) return null;
  const parts = places.flatMap((place) => whole[place] ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const names = parts.map(({ name }) => name);
  const { weights, constant } = linearWeights(
    parts.map(({ values }) => pick(values)),
    pick(context.target),
  );
  const spread = Math.max(...pick(context.target).map(Math.abs));
  const why = `\`${context.roles.target}\` = ${formula(names, weights, Math.abs(constant) < 1e-6 * spread ? 0 : constant)}: exactly a weighted sum of ${namedColumns(names)}.`;
  return suspicion(context, names, 0.9, { operation: "weighted sum", columns: names.length, rows: rows.length, certain: true }, why);
}

function formula(names: readonly string[], weights: readonly number[], constant: number): string {
  const number = (value: number) => String(Number(Math.abs(value).toPrecision(4)));
  const sign = (value: number, place: number) => (value < 0 ? "- " : place === 0 ? "" : "+ ");
  const terms = names.map((name, i) => {
    const weight = weights[i] ?? 0;
    return `${sign(weight, i)}${number(weight) === "1" ? "" : `${number(weight)} x `}\`${name}\``;
  });
  return [...terms, ...(constant === 0 ? [] : [`${sign(constant, 1)}${number(constant)}`])].join(" ");
}

function suspicion(
  context: AuditContext,
  columns: readonly string[],
  confidence: number,
  evidence: Readonly<Record<string, Json>>,
  why: string,
): Suspicion {
  const steps = [{ op: "drop" as const, columns }];
  const before = columns.every((name) => answerFor(context, name) === "before");
  return {
    trap: "combination-leak",
    columns,
    rows: NO_ROWS,
    severity: before ? "cosmetic" : "blocker",
    confidence,
    evidence,
    fix: before ? { action: "advice", text: "No model is needed: compute the target from these columns." } : { action: "steps", steps },
    counterfactual: before ? null : { change: "steps", steps, flatters: true },
    question: before ? null : `At the moment of prediction, are the values of ${namedColumns(columns)} already written?`,
    choices: KNOWN_AT,
    why,
  };
}
