import type { Suspicion } from "../../core/finding.ts";
import type { Json } from "../../core/json.ts";
import type { AuditContext, Check } from "../check.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { type BrokenRule, brokenRules } from "../copies/broken-rules.ts";
import { reducedFormula, reducedProduct } from "../copies/reduced-products.ts";
import { amount, namedColumns, percent, quoted } from "../findings/phrase.ts";
import type { BesideChange } from "../leaks/beside-a-change.ts";
import { apart, apartAll, combined } from "../leaks/combined.ts";
import { type CountOfItems, countOfItems } from "../leaks/count-of-items.ts";
import { type ElapsedTime, elapsedTimes } from "../leaks/elapsed-times.ts";
import { type FlagUnion, flagUnion } from "../leaks/flag-unions.ts";
import { BALANCE, givenExactly } from "../leaks/given-exactly.ts";
import { type NearFormula, nearFormulas } from "../leaks/near-formulas.ts";
import { type NearlySum, nearlySum } from "../leaks/nearly-sum.ts";
import { type PairCells, pairCells } from "../leaks/pair-cells.ts";
import { type PairJump, pairJumps } from "../leaks/pair-jumps.ts";
import { type NoisyFormula, noisyFormulas, powerFormula } from "../signal/noisy-formulas.ts";
import { scoreEvidence } from "../signal/score-words.ts";

/** Classes that a ratio parts nearly without overlap may be defined by it, or lie that far apart: less sure than not, so it asks. */
const SEPARATION = 0.4;

/** Several columns give the target exactly, although each alone may look honest: its parts, or two ends of a difference. */
export const combinationLeak: Check = {
  trap: "combination-leak",
  title: "Columns together give the target",
  hiddenByLabels: true,
  async inspect(context) {
    const isNumber = context.task.kind === "regression";
    const [union, items, sum] = [flagUnion(context), countOfItems(context), nearlySum(context)];
    const kinds: readonly (readonly Suspicion[])[] = [
      givenExactly(context),
      isNumber ? reducedFindings(context) : [],
      union === null ? [] : [unionFinding(context, union)],
      items === null ? [] : [itemsFinding(context, items)],
      sum === null ? [] : [sumFinding(context, sum)],
      (await brokenRules(context)).map((rule) => brokenFinding(context, rule)),
      isNumber ? await nearFindings(context) : await jumpFindings(context),
      apart(elapsedTimes(context)).map((found) => elapsedFinding(context, found)),
      apart(noisyFormulas(context)).map((found) => noisyFinding(context, found)),
    ];
    return apartAll(kinds.flat());
  },
};

/** The target is the total of a line: a product of columns, less the share of another. */
function reducedFindings(context: AuditContext): readonly Suspicion[] {
  const columns = finestFirst(numberFeatures(context), ({ name }) => infoOf(context, name).distinct);
  const found = reducedProduct(context.target, columns);
  if (found === null) return [];
  const share = found.exact / found.compared;
  const evidence = { operation: "a * b * (1 - c)", share, rows: found.compared, certain: true, hardForTrees: true };
  return [
    combined(
      context,
      [...found.factors, found.share].map(({ name }) => name),
      0.97,
      evidence,
      `\`${context.roles.target}\` is ${reducedFormula(found)}, in ${percent(share)} of the rows. Trees form no product, so the price by them may be too low.`,
    ),
  ];
}

function unionFinding(context: AuditContext, { flags, label, share }: FlagUnion): Suspicion {
  const byName = flags.toSorted((a, b) => (a.column < b.column ? -1 : 1));
  const names = byName.map(({ column }) => column);
  const said = byName.map(({ column, text }) => `\`${column}\` = ${quoted(text)}`).join(" or ");
  const text = context.task.kind === "binary" ? context.task.classes[label] : "";
  const found = share === 1 ? "and in no other row" : `and in nearly no other row: right in ${percent(share)} of the rows`;
  return combined(
    context,
    names,
    0.9,
    { operation: label === 1 ? "or" : "and", share, columns: names.length, certain: true },
    `\`${context.roles.target}\` is ${quoted(text ?? "")} where ${said}, ${found}. Together they are the target, though none is alone.`,
  );
}

/** Physics may be so straight: it asks. */
function sumFinding(context: AuditContext, { columns, told, alone, rows }: NearlySum): Suspicion {
  return combined(
    context,
    columns,
    SEPARATION,
    { operation: "nearly a weighted sum", columns: columns.length, told, alone, rows, hardForTrees: true },
    `A weighted sum of ${namedColumns(columns)} tells ${percent(told)} of the variance of \`${context.roles.target}\` in rows that its weights were not fitted to, the best of them alone ${percent(alone)}: the target seems to be computed from them, with a little added or rounded. Trees form no sum, so the price by them may be too low.`,
  );
}

async function nearFindings(context: AuditContext): Promise<readonly Suspicion[]> {
  return apart(await nearFormulas(context)).map((found) => nearFinding(context, found));
}

/** What a thing earned over its price, or a law that both follow: it asks. */
function noisyFinding(context: AuditContext, { columns, powers, within, off, left, alone, rows }: NoisyFormula): Suspicion {
  const [a, b] = columns.map((name) => `\`${name}\``) as [string, string];
  const formula = powerFormula([a, b], powers);
  const made = powers[1] > 0 ? "product" : "ratio";
  const where = within === null ? "times a number" : `times a number for each \`${within.name}\``;
  return combined(
    context,
    columns,
    SEPARATION,
    {
      operation: powerFormula(["a", "b"], powers, "*"),
      by: "few percent",
      within: within?.name ?? null,
      off,
      left,
      alone,
      rows,
      hardForTrees: true,
    },
    `\`${context.roles.target}\` is ${formula} ${where}, give or take ${percent(off)}: in logarithms it leaves ${percent(left)} of the variance open, the better one alone ${percent(alone)}. One of them may be computed with the target. Trees form no ${made}, so the price by them may be too low.`,
  );
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
  return combined(
    context,
    columns,
    0.6,
    { operation: "cells", onlyTogether, alone, ...scoreEvidence(together) },
    `\`${a}\` and \`${b}\` give the class only together (a score of ${together.score.toFixed(3)}, the better one alone ${alone.toFixed(3)}): it is ${said.join(", ")}.`,
  );
}

/** An amount and its instalment give the rate, as body and size give a density: it asks. */
function nearFinding(context: AuditContext, { columns, operation, within, score, alone, rows }: NearFormula): Suspicion {
  const [a, b] = columns.map((name) => `\`${name}\``) as [string, string];
  const formula = { a, "a - b": `${a} - ${b}`, "a / b": `${a} / ${b}`, "a * b": `${a} x ${b}`, "a / b^2": `${a} / ${b}^2` }[operation];
  const made = { a: null, "a - b": "difference", "a / b": "ratio", "a * b": "product", "a / b^2": "ratio" }[operation];
  const where = within === null ? "" : ` within each \`${within}\``;
  const [better, trees] =
    made === null ? ["over all rows it", ""] : ["the better one alone", ` Trees form no ${made}, so the price by them may be too low.`];
  return combined(
    context,
    made === null ? [columns[0]] : columns,
    SEPARATION,
    {
      operation: made === null ? "within" : operation,
      by: "order",
      within,
      score,
      alone,
      rows,
      ...(made === null ? {} : { hardForTrees: true }),
    },
    `${formula} puts a share of ${score.toFixed(3)} of the pairs of rows${where} in the order of the target, while ${better} reaches ${alone.toFixed(3)}: ${made === null ? "it" : "one of them"} may be computed with the target.${trees}`,
  );
}

/** A plan and what became of it: one of the two is written afterwards. Two ends that are both known before do so as well: it asks. */
function elapsedFinding(context: AuditContext, { columns, together, alone, exact, beside }: ElapsedTime): Suspicion {
  const [a, b] = columns;
  const given = columns.filter((name) => name !== context.roles.time);
  if (exact !== null) {
    const others = exact.sure ? "" : " A good plan comes as near; or one of the three is wrong, rounded or in another unit in the others.";
    return combined(
      context,
      given,
      exact.sure ? 0.97 : BALANCE,
      {
        operation: "a - b",
        by: "elapsed time",
        unit: exact.unit,
        share: exact.share,
        alone,
        ...scoreEvidence(together),
        ...(exact.sure ? { certain: true } : {}),
        hardForTrees: true,
      },
      `\`${context.roles.target}\` is the time between \`${a}\` and \`${b}\` in ${exact.unit}, give or take one, in ${percent(exact.share)} of the rows that have them.${others} Trees form no difference, so the price by them may be too low.`,
    );
  }
  return combined(
    context,
    given,
    SEPARATION,
    { operation: "a - b", by: "elapsed time", alone, ...scoreEvidence(together), ...besideEvidence(beside), hardForTrees: true },
    `The time between \`${a}\` and \`${b}\` nearly gives the target (a score of ${scoresOf(together.score, beside)}), while the better one alone reaches ${alone.toFixed(3)}: one of them may be written with the target. Trees form no difference, so the price by them may be too low.`,
  );
}

function scoresOf(together: number, beside: BesideChange | null): string {
  if (beside === null) return together.toFixed(3);
  return `${beside.before.toFixed(3)} before and ${beside.after.toFixed(3)} after ${beside.when}, where the target changes its meaning; of all rows together ${together.toFixed(3)}`;
}

function besideEvidence(beside: BesideChange | null): Readonly<Record<string, Json>> {
  return beside === null ? {} : { changesAt: beside.when, scoreBefore: beside.before, scoreAfter: beside.after };
}

function jumpFinding(context: AuditContext, { columns, operation, by, together, alone, beside }: PairJump): Suspicion {
  const [a, b] = columns;
  const reason = {
    comparison: operation === "a = b" ? `whether \`${a}\` and \`${b}\` are equal` : `which of \`${a}\` and \`${b}\` is larger`,
    separation: `a cut of \`${a}\` ${operation.slice(2, 3)} \`${b}\``,
  }[by];
  return combined(
    context,
    columns,
    by === "comparison" ? 0.8 : SEPARATION,
    { operation, by, alone, ...scoreEvidence(together), ...besideEvidence(beside) },
    `The class is told by ${reason} (a score of ${scoresOf(together.score, beside)}), while the better one alone reaches ${alone.toFixed(3)}.`,
  );
}

/** Lower limit of the share of such rows that have the class, from which they are as good as it; and of how many times as often it is so: very strong evidence (10^1.5, Jeffreys 1961), however frequent the class is. */
const [NEARLY_ALL, VERY_STRONG] = [0.95, 10 ** 1.5];

/** A single order is the first and the last as well, and two sensors are equal while nothing runs: it asks, but where a rule is broken that hardly any other class breaks. */
function brokenFinding(context: AuditContext, rule: BrokenRule): Suspicion {
  const { columns, kind, formula, rows, classIndex, share, shareElsewhere, ofRows, atLeast, leastTimes, ofCodes, isBroken, auc, alone } =
    rule;
  const label = quoted(context.task.kind === "regression" ? "" : (context.task.classes[classIndex] ?? ""));
  const [a, b] = columns.map((name) => `\`${name}\``) as [string, string];
  const written = ofCodes
    ? "Whether two codes are the same may be known before, or one of them is changed afterwards."
    : "One of them may be written when the outcome is known.";
  const said = { equal: `${a} and ${b} are equal`, unequal: `${a} and ${b} differ`, sum: `${a} is not ${formula}, as it mostly is,` }[kind];
  return combined(
    context,
    columns,
    isBroken && !ofCodes && atLeast >= NEARLY_ALL && leastTimes >= VERY_STRONG ? 0.8 : SEPARATION,
    { operation: "broken rule", kind, rows, class: label, share, shareElsewhere, ofRows, atLeast, leastTimes, auc, alone },
    `${said} in ${percent(share)} of the rows of class ${label} and in ${percent(shareElsewhere)} of the others (AUC ${auc.toFixed(3)}, the best of them alone ${alone.toFixed(3)}): of the ${amount(rows)} rows that are so ${percent(ofRows)} have the class. ${written}`,
  );
}

/** Traits that nobody adds up may part two classes as well: it asks. */
function itemsFinding(context: AuditContext, { columns, score, alone, rows }: CountOfItems): Suspicion {
  return combined(
    context,
    columns,
    SEPARATION,
    { operation: "count", score, alone, rows, columns: columns.length },
    `The sum of ${columns.length} columns with the same answers (${namedColumns(columns.slice(0, 4))}${columns.length > 4 ? " and others" : ""}) parts the two classes nearly without overlap (${score.toFixed(3)} of the pairs of rows in order, the best of them alone ${alone.toFixed(3)}), as where \`${context.roles.target}\` is decided by counting them.`,
  );
}
