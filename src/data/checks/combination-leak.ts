import type { Suspicion } from "../../core/finding.ts";
import type { Json } from "../../core/json.ts";
import { float64From, float64Where, int32Where } from "../../core/typed-from.ts";
import { exactLinear, linearWeights } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { allRows } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { namedColumns, percent, quoted } from "../findings/phrase.ts";
import { weightedSum } from "../findings/weighted-sum.ts";
import { comparisons } from "../leaks/comparisons.ts";
import { type CountOfItems, countOfItems } from "../leaks/count-of-items.ts";
import { type ElapsedTime, elapsedTimes } from "../leaks/elapsed-times.ts";
import { type FlagUnion, flagUnion } from "../leaks/flag-unions.ts";
import { type Candidate, candidates, strongestOf } from "../leaks/formula-candidates.ts";
import { mixture } from "../leaks/mixtures.ts";
import { type NearFormula, nearFormulas } from "../leaks/near-formulas.ts";
import { type PairCells, pairCells } from "../leaks/pair-cells.ts";
import { type PairIdentity, pairIdentities, roundedIdentities } from "../leaks/pair-identities.ts";
import { type PairJump, pairJumps } from "../leaks/pair-jumps.ts";
import { roundedProducts } from "../leaks/rounded-products.ts";
import { type ScaledWithin, scaledWithin } from "../leaks/scaled-within.ts";
import { sharesOfChange } from "../leaks/share-of-change.ts";
import { type StraightFormula, straightFormulas } from "../leaks/straight-formulas.ts";
import { sumWithGaps } from "../leaks/sum-with-gaps.ts";
import { viewOf } from "../signal/associations.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { scoreEvidence } from "../signal/score-words.ts";

/** Rows in the search for a linear combination: 40 fits of 40 columns. */
const LINEAR_ROWS = 400;
/** Rows that are looked at for shares of change, evenly spread. */
const CHANGE_ROWS = 5000;

const MOST_PAIRS = 3;

/** Classes that a ratio parts nearly without overlap may be defined by it, or lie that far apart: less sure than not, so it asks. */
const SEPARATION = 0.4;

/** Several columns give the target exactly, although each alone may look honest: its parts, or two ends of a difference. */
export const combinationLeak: Check = {
  trap: "combination-leak",
  title: "Columns together give the target",
  async inspect(context) {
    const given = exactly(context);
    if (given.length > 0) return given;
    const union = flagUnion(context);
    if (union !== null) return [unionFinding(context, union)];
    const items = countOfItems(context);
    if (items !== null) return [itemsFinding(context, items)];
    const close = context.task.kind === "regression" ? await nearFindings(context) : await jumpFindings(context);
    return close.length > 0 ? close : apart(elapsedTimes(context)).map((found) => elapsedFinding(context, found));
  },
};

/** Formulas that share no column: whoever leaves out the columns of one is still given the target by the next. The plainest speak first. */
function exactly(context: AuditContext): readonly Suspicion[] {
  const isNumber = context.task.kind === "regression";
  const whole = (one: Suspicion | null) => (one === null ? [] : [one]);
  const kinds: readonly (() => readonly Suspicion[])[] = [
    () => identityFindings(context),
    () => (isNumber ? comparisonFindings(context) : []),
    () => (isNumber ? whole(linearFinding(context) ?? gappyFinding(context)) : []),
    () => (isNumber ? changeFindings(context) : []),
    () => straightFindings(context),
    () => (isNumber ? whole(mixtureFinding(context)) : []),
    () =>
      scaledWithin(context, numberFeatures(context))
        .slice(0, MOST_PAIRS)
        .map((one) => withinFinding(context, one)),
  ];
  const told: Suspicion[] = [];
  for (const found of kinds)
    told.push(...found().filter(({ columns }) => !told.some((one) => columns.some((name) => one.columns.includes(name)))));
  return told;
}

/** A target of two or three numbers (0, 0.5, 1): a result that whoever holds the two columns reads off. */
function comparisonFindings(context: AuditContext): readonly Suspicion[] {
  return apart(comparisons(strongestOf(context, candidates(context)), context.target)).map(({ columns, said, share }) => {
    const evidence = { operation: "a - b", by: "sign", share, certain: true };
    return suspicion(context, columns, 0.97, evidence, `\`${context.roles.target}\` is ${said}, in ${percent(share)} of the rows.`);
  });
}

/** Of several forms of one pair, and of pairs that share a column, the one that holds in most rows. */
function straightFindings(context: AuditContext): readonly Suspicion[] {
  if (context.task.kind !== "regression") return [];
  const columns = strongestOf(context, candidates(context));
  const found = straightFormulas(
    columns.map(({ values }) => values),
    context.target,
  ).map((one) => ({ ...one, columns: [columns[one.a]?.name ?? "", columns[one.b]?.name ?? ""] as const }));
  return apart(found.toSorted((x, y) => y.share - x.share)).map((one) => straightFinding(context, one, one.columns));
}

function straightFinding(
  context: AuditContext,
  { form, weights, constant, share }: StraightFormula,
  columns: readonly string[],
): Suspicion {
  const named = form
    .split(" + ")
    .map((term) => term.replace(/\b[ab]\b/g, (letter) => `\`${columns[letter === "a" ? 0 : 1] ?? ""}\``).replaceAll(" * ", " x "));
  const spread = Math.max(...float64Where(context.target, (value) => !Number.isNaN(value)).map(Math.abs));
  const said = weightedSum(named, weights, Math.abs(constant) < 1e-6 * spread ? 0 : constant);
  return suspicion(
    context,
    columns,
    0.95,
    { operation: form, by: "rounding", share, certain: true },
    `\`${context.roles.target}\` = ${said} in ${percent(share)} of the rows, within what rounding leads to.`,
  );
}

/** A share, and what each of the two kinds has: known apart, they are no less known together. */
function mixtureFinding(context: AuditContext): Suspicion | null {
  const columns = strongestOf(context, candidates(context));
  const found = mixture(
    columns.map(({ values }) => values),
    context.target,
  );
  if (found === null) return null;
  const [share, a, b] = [found.share, found.a, found.b].map((place) => columns[place]?.name ?? "") as [string, string, string];
  return suspicion(
    context,
    [a, b, share],
    0.9,
    { operation: "mean by share", share, error: found.error, certain: true },
    `\`${context.roles.target}\` = \`${share}\` x \`${a}\` + (1 - \`${share}\`) x \`${b}\`, off by ${percent(found.error)} of its standard deviation: it is the mean of the two by the share of the first.`,
  );
}

function withinFinding(context: AuditContext, { column, within, operation, levels, share }: ScaledWithin): Suspicion {
  return suspicion(
    context,
    [column],
    0.95,
    { operation, by: "level", within, levels, share, certain: true },
    `Within each of the ${levels} values of \`${within}\`, \`${context.roles.target}\` is \`${column}\` ${operation} a number of its own, in ${percent(share)} of the rows: it is computed from it.`,
  );
}

function unionFinding(context: AuditContext, { flags, label, share }: FlagUnion): Suspicion {
  const byName = flags.toSorted((a, b) => (a.column < b.column ? -1 : 1));
  const names = byName.map(({ column }) => column);
  const said = byName.map(({ column, text }) => `\`${column}\` = ${quoted(text)}`).join(" or ");
  const text = context.task.kind === "binary" ? context.task.classes[label] : "";
  const found = share === 1 ? "and in no other row" : `and in nearly no other row: right in ${percent(share)} of the rows`;
  return suspicion(
    context,
    names,
    0.9,
    { operation: label === 1 ? "or" : "and", share, columns: names.length, certain: true },
    `\`${context.roles.target}\` is ${quoted(text ?? "")} where ${said}, ${found}. Together they are the target, though none is alone.`,
  );
}

async function nearFindings(context: AuditContext): Promise<readonly Suspicion[]> {
  return apart(await nearFormulas(context)).map((found) => nearFinding(context, found));
}

async function jumpFindings(context: AuditContext): Promise<readonly Suspicion[]> {
  const jumps = await pairJumps(context);
  const compared = jumps.toSorted((a, b) => Number(b.by === "comparison") - Number(a.by === "comparison"));
  const found = apart(compared).map((jump) => jumpFinding(context, jump));
  return found.length > 0 ? found : apart(await pairCells(context)).map((cells) => cellsFinding(context, cells));
}

/** Honest columns act together as well, but do not decide the class only together. */
function cellsFinding(context: AuditContext, { columns, onlyTogether, together, alone, cells }: PairCells): Suspicion {
  const { task } = context;
  const [a, b] = columns;
  const named = (value: string) => (value === "" ? "missing" : quoted(value));
  const said = cells.map(({ values: [x, y], classIndex, share }) => {
    const label = task.kind === "regression" ? "" : (task.classes[classIndex] ?? "");
    return `${quoted(label)} in ${percent(share)} where they are ${named(x)} and ${named(y)}`;
  });
  return suspicion(
    context,
    columns,
    0.6,
    { operation: "cells", onlyTogether, alone, ...scoreEvidence(together) },
    `\`${a}\` and \`${b}\` give the class only together (a score of ${together.score.toFixed(3)}, the better one alone ${alone.toFixed(3)}): it is ${said.join(", ")}.`,
  );
}

/** Pairs without a column in common, the first of those that share one: what shares a column has the same cause. */
function apart<T extends { readonly columns: readonly [string, string] }>(found: readonly T[]): readonly T[] {
  const taken = new Set<string>();
  return found
    .filter(({ columns }) => {
      const isNew = columns.every((name) => !taken.has(name));
      if (isNew) for (const name of columns) taken.add(name);
      return isNew;
    })
    .slice(0, MOST_PAIRS);
}

/** An amount and its instalment give the rate, as body and size give a density: it asks. */
function nearFinding(context: AuditContext, { columns, operation, within, score, alone, rows }: NearFormula): Suspicion {
  const [a, b] = columns;
  const formula = operation === "a - b" ? `\`${a}\` - \`${b}\`` : `\`${a}\` / \`${b}\``;
  const where = within === null ? "" : ` within each \`${within}\``;
  return suspicion(
    context,
    columns,
    SEPARATION,
    { operation, by: "order", within, score, alone, rows, hardForTrees: true },
    `${formula} puts a share of ${score.toFixed(3)} of the pairs of rows${where} in the order of the target, while the better one alone reaches ${alone.toFixed(3)}: one of them may be computed with the target. Trees form no ${operation === "a - b" ? "difference" : "ratio"}, so the price by them may be too low.`,
  );
}

/** A plan and what became of it: one of the two is written afterwards. Two ends that are both known before do so as well: it asks. */
function elapsedFinding(context: AuditContext, { columns, together, alone }: ElapsedTime): Suspicion {
  const [a, b] = columns;
  return suspicion(
    context,
    columns,
    SEPARATION,
    { operation: "a - b", by: "elapsed time", alone, ...scoreEvidence(together), hardForTrees: true },
    `The time between \`${a}\` and \`${b}\` nearly gives the target (a score of ${together.score.toFixed(3)}), while the better one alone reaches ${alone.toFixed(3)}: one of them may be written with the target. Trees form no difference, so the price by them may be too low.`,
  );
}

function jumpFinding(context: AuditContext, { columns, operation, by, together, alone }: PairJump): Suspicion {
  const [a, b] = columns;
  const reason = {
    comparison: operation === "a = b" ? `whether \`${a}\` and \`${b}\` are equal` : `which of \`${a}\` and \`${b}\` is larger`,
    separation: `a cut of ${operation === "a - b" ? `\`${a}\` - \`${b}\`` : `\`${a}\` / \`${b}\``}`,
  }[by];
  return suspicion(
    context,
    columns,
    by === "comparison" ? 0.8 : SEPARATION,
    { operation, by, alone, ...scoreEvidence(together) },
    `The class is told by ${reason} (a score of ${together.score.toFixed(3)}), while the better one alone reaches ${alone.toFixed(3)}.`,
  );
}

function identityFindings(context: AuditContext): readonly Suspicion[] {
  if (context.task.kind === "multiclass") return [];
  const columns = candidates(context).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const exact = pairIdentities(
    columns.map(({ values }) => values),
    context.target,
    context.seed,
  ).map((found) => ({ ...found, names: [columns[found.a]?.name ?? "", columns[found.b]?.name ?? ""] }));
  const found: readonly Identity[] = exact.length > 0 ? exact : rounded(context, columns);
  return found.slice(0, 3).map(({ names, operation, share, constant = 1 }) => {
    const pair = operation.replace(/\b[ab]\b/g, (letter) => `\`${names[letter === "a" ? 0 : 1] ?? ""}\``);
    const spoken = constant === 1 ? pair : `${Number(constant.toPrecision(6))} x ${pair}`;
    return suspicion(
      context,
      names,
      0.99,
      { operation, share, certain: true },
      `\`${context.roles.target}\` = ${spoken} in ${percent(share)} of the rows.`,
    );
  });
}

interface Identity extends PairIdentity {
  readonly names: readonly string[];
  readonly constant?: number;
}

/** Only for numbers: a class is no sum. */
function rounded(context: AuditContext, columns: readonly Candidate[]): readonly Identity[] {
  if (context.task.kind !== "regression") return [];
  const strongest = strongestOf(context, columns);
  const values = strongest.map((column) => column.values);
  return [...roundedIdentities(values, context.target), ...roundedProducts(values, context.target)].map((found) => ({
    ...found,
    names: [strongest[found.a]?.name ?? "", strongest[found.b]?.name ?? ""],
  }));
}

/** A discounted price beside the full one and the discount. */
function changeFindings(context: AuditContext): readonly Suspicion[] {
  const columns = strongestOf(context, candidates(context));
  const labelled = int32Where(allRows(context), (row) => !Number.isNaN(context.target[row]));
  const step = Math.max(1, labelled.length / CHANGE_ROWS);
  const rows = Int32Array.from({ length: Math.floor(labelled.length / step) }, (_, i) => labelled[Math.floor(i * step)] ?? 0);
  const pick = (values: Float64Array) => float64From(rows, (row) => values[row] ?? Number.NaN);
  const found = sharesOfChange(
    columns.map(({ values }) => pick(values)),
    pick(context.target),
  );
  return found.slice(0, MOST_PAIRS).map(({ a, b, operation, change, of, constant, share }) => {
    const names = [columns[a]?.name ?? "", columns[b]?.name ?? ""];
    const [first, second] = names.map((name) => `\`${name}\``) as [string, string];
    const target = `\`${context.roles.target}\``;
    const changed = (name: string) => change.replace("b", name);
    const by = operation === "a * b" ? "x" : "/";
    const times = constant === 1 ? "" : `${Number(constant.toPrecision(6))} x `;
    const said =
      of === "b" ? `${target} = ${times}${first} ${by} (${changed(second)})` : `${changed(target)} = ${times}${first} ${by} ${second}`;
    return suspicion(
      context,
      names,
      0.97,
      { operation: `${of === "b" ? "" : "target as "}${change}`, share, rows: rows.length, certain: true },
      `${said} in ${percent(share)} of the rows, within what rounding leads to.`,
    );
  });
}

function linearFinding(context: AuditContext): Suspicion | null {
  const view = viewOf(context);
  const columns = strongestOf(context, candidates(context));
  const whole = columns.filter(({ values }) => view.rows.every((row) => !Number.isNaN(values[row])));
  const step = Math.max(1, view.rows.length / LINEAR_ROWS);
  const rows = Array.from({ length: Math.floor(view.rows.length / step) }, (_, i) => view.rows[Math.floor(i * step)] ?? 0);
  const pick = (values: Float64Array) => float64From(rows, (row) => values[row] ?? 0);
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
  const why = `\`${context.roles.target}\` = ${weightedSum(
    names.map((name) => `\`${name}\``),
    weights,
    Math.abs(constant) < 1e-6 * spread ? 0 : constant,
  )}: exactly a weighted sum of ${namedColumns(names)}.`;
  return suspicion(context, names, 0.9, { operation: "weighted sum", columns: names.length, rows: rows.length, certain: true }, why);
}

/** As above, where parts are missing in some rows, or the sum was rounded or does not hold in a few. */
function gappyFinding(context: AuditContext): Suspicion | null {
  const columns = strongestOf(context, candidates(context));
  const found = sumWithGaps(
    columns.map(({ values }) => values),
    context.target,
  );
  if (found === null) return null;
  const names = found.places.map((place) => columns[place]?.name ?? "");
  const said = weightedSum(
    names.map((name) => `\`${name}\``),
    found.weights,
    found.constant,
  );
  return suspicion(
    context,
    names.toSorted(),
    0.9,
    { operation: "weighted sum", columns: names.length, rows: found.compared, share: found.share, certain: true },
    `\`${context.roles.target}\` = ${said} in ${percent(found.share)} of the rows that have them all, within what rounding leads to.`,
  );
}

/** Traits that nobody adds up may part two classes as well: it asks. */
function itemsFinding(context: AuditContext, { columns, score, alone, rows }: CountOfItems): Suspicion {
  return suspicion(
    context,
    columns,
    SEPARATION,
    { operation: "count", score, alone, rows, columns: columns.length },
    `The sum of ${columns.length} columns with the same answers (${namedColumns(columns.slice(0, 4))}${columns.length > 4 ? " and others" : ""}) parts the two classes nearly without overlap (${score.toFixed(3)} of the pairs of rows in order, the best of them alone ${alone.toFixed(3)}), as where \`${context.roles.target}\` is decided by counting them.`,
  );
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
