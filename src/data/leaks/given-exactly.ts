import type { Suspicion } from "../../core/finding.ts";
import { createRandom } from "../../core/random.ts";
import { float64From, float64Where, int32Where } from "../../core/typed-from.ts";
import { exactLinear, linearWeights } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { allRows } from "../columns/counts.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { numberFeatures } from "../columns/features.ts";
import { amount, namedColumns, percent } from "../findings/phrase.ts";
import { weightedSum } from "../findings/weighted-sum.ts";
import { viewOf } from "../signal/associations.ts";
import { apart, apartAll, combined, MOST_PAIRS } from "./combined.ts";
import { comparisons } from "./comparisons.ts";
import { type Candidate, candidates, strongestOf } from "./formula-candidates.ts";
import { mixture } from "./mixtures.ts";
import { type PairIdentity, pairIdentities, roundedIdentities } from "./pair-identities.ts";
import { roundedProducts } from "./rounded-products.ts";
import { type ScaledWithin, scaledWithin } from "./scaled-within.ts";
import { sharesOfChange } from "./share-of-change.ts";
import { type StraightFormula, straightFormulas } from "./straight-formulas.ts";
import { sumInMost } from "./sum-in-most.ts";
import { sumWithGaps } from "./sum-with-gaps.ts";

/** Rows in the search for a linear combination: 40 fits of 40 columns. */
const LINEAR_ROWS = 400;
/** Of a sum that was found in some of the rows, so many of all of them hold it. */
const EXACT_SHARE = 0.99;
/** Of the largest value of the target: what arithmetic loses. */
const RELATIVE = 1e-6;
/** Rows that are looked at for shares of change, drawn by chance. */
const CHANGE_ROWS = 5000;

/** Columns that together give the target exactly. Once per audit. */
export function givenExactly(context: AuditContext): readonly Suspicion[] {
  return context.shared("columns that give the target exactly", () => exactly(context));
}

/** Formulas that share no column: whoever leaves out the columns of one is still given the target by the next. The plainest speak first. */
function exactly(context: AuditContext): readonly Suspicion[] {
  const isNumber = context.task.kind === "regression";
  const whole = (one: Suspicion | null) => (one === null ? [] : [one]);
  const kinds: readonly (() => readonly Suspicion[])[] = [
    () => identityFindings(context),
    () => (isNumber ? comparisonFindings(context) : []),
    () => (isNumber ? whole(linearFinding(context) ?? gappyFinding(context) ?? mostlyFinding(context)) : []),
    () => (isNumber ? changeFindings(context) : []),
    () => straightFindings(context),
    () => (isNumber ? whole(mixtureFinding(context)) : []),
    () =>
      scaledWithin(context, numberFeatures(context))
        .slice(0, MOST_PAIRS)
        .map((one) => withinFinding(context, one)),
  ];
  return apartAll(kinds.flatMap((found) => found()));
}

/** A target of two or three numbers (0, 0.5, 1): a result that whoever holds the two columns reads off. */
function comparisonFindings(context: AuditContext): readonly Suspicion[] {
  return apart(comparisons(strongestOf(context, candidates(context)), context.target)).map(({ columns, said, share }) => {
    const evidence = { operation: "a - b", by: "sign", share, certain: true };
    return combined(context, columns, 0.97, evidence, `\`${context.roles.target}\` is ${said}, in ${percent(share)} of the rows.`);
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
  return combined(
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
    createRandom(context.seed, "mixture"),
  );
  if (found === null) return null;
  const [share, a, b] = [found.share, found.a, found.b].map((place) => columns[place]?.name ?? "") as [string, string, string];
  return combined(
    context,
    [a, b, share],
    0.9,
    { operation: "mean by share", share, error: found.error, certain: true },
    `\`${context.roles.target}\` = \`${share}\` x \`${a}\` + (1 - \`${share}\`) x \`${b}\`, off by ${percent(found.error)} of its standard deviation: it is the mean of the two by the share of the first.`,
  );
}

function withinFinding(context: AuditContext, { column, within, operation, levels, share }: ScaledWithin): Suspicion {
  return combined(
    context,
    [column],
    0.95,
    { operation, by: "level", within, levels, share, certain: true },
    `Within each of the ${levels} values of \`${within}\`, \`${context.roles.target}\` is \`${column}\` ${operation} a number of its own, in ${percent(share)} of the rows: it is computed from it.`,
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
    return combined(
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

/** A product that chance does not make holds in so many rows: the others may hold what somebody wrote in another unit. */
const IN_MOST = 0.9;

/** Only for numbers: a class is no sum. */
function rounded(context: AuditContext, columns: readonly Candidate[]): readonly Identity[] {
  if (context.task.kind !== "regression") return [];
  const strongest = strongestOf(context, columns);
  const values = strongest.map((column) => column.values);
  return [...roundedIdentities(values, context.target), ...roundedProducts(values, context.target, values, IN_MOST)].map((found) => ({
    ...found,
    names: [strongest[found.a]?.name ?? "", strongest[found.b]?.name ?? ""],
  }));
}

/** A discounted price beside the full one and the discount. */
function changeFindings(context: AuditContext): readonly Suspicion[] {
  const columns = strongestOf(context, candidates(context));
  const labelled = int32Where(allRows(context), (row) => !Number.isNaN(context.target[row]));
  const rows = drawnRows(labelled, CHANGE_ROWS, createRandom(context.seed, "shares of change"));
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
    return combined(
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
  const rows = drawnRows(view.rows, LINEAR_ROWS, createRandom(context.seed, "weighted sum"));
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
  const spread = pick(context.target).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const holds = (row: number) => {
    const made = parts.reduce((sum, { values }, place) => sum + (weights[place] ?? 0) * (values[row] ?? Number.NaN), constant);
    return Math.abs(made - (context.target[row] ?? Number.NaN)) <= RELATIVE * spread;
  };
  const labelled = int32Where(allRows(context), (row) => !Number.isNaN(context.target[row]));
  const share = labelled.filter(holds).length / labelled.length;
  if (share < EXACT_SHARE) return null;
  const why = `\`${context.roles.target}\` = ${weightedSum(
    names.map((name) => `\`${name}\``),
    weights,
    Math.abs(constant) < RELATIVE * spread ? 0 : constant,
  )} in ${percent(share)} of the rows: exactly a weighted sum of ${namedColumns(names)}.`;
  const evidence = { operation: "weighted sum", columns: names.length, rows: labelled.length, share, certain: true };
  return combined(context, names, 0.9, evidence, why);
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
  return combined(
    context,
    names.toSorted(),
    0.9,
    { operation: "weighted sum", columns: names.length, rows: found.compared, share: found.share, certain: true },
    `\`${context.roles.target}\` = ${said} in ${percent(found.share)} of the rows that have them all, within what rounding leads to.`,
  );
}

/** In fewer rows it may be a balance of which the rest is not in the table: it asks. */
export const BALANCE = 0.45;

/** Rows of another currency, or with a placeholder for the target, hide a sum from every fit. */
function mostlyFinding(context: AuditContext): Suspicion | null {
  const found = sumInMost(strongestOf(context, candidates(context)), context.target);
  if (found === null) return null;
  const { columns, signs, compared, share, byChance } = found;
  const isCertain = share >= IN_MOST;
  const said = weightedSum(
    columns.map((name) => `\`${name}\``),
    signs,
    0,
  );
  return combined(
    context,
    columns.toSorted(),
    isCertain ? 0.9 : BALANCE,
    { operation: "sum in most rows", columns: columns.length, rows: compared, share, byChance, ...(isCertain ? { certain: true } : {}) },
    `\`${context.roles.target}\` = ${said} in ${percent(share)} of the ${amount(compared)} rows that have them all (${percent(byChance)} by chance): ${isCertain ? "it is computed from them, and one of them is wrong or in another unit in the others" : "it may be computed from them, and be wrong or in another unit in the others; or something else is taken off there, as from a stock"}.`,
  );
}
