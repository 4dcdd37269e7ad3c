import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { isLimit } from "../../core/written-notes.ts";
import type { AuditContext, Check } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { filledMean } from "../columns/scaled-whole.ts";
import { affectedRows, countedInAll } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { doubtfulCodes, featureCodes } from "../missing/feature-codes.ts";
import { endHeaps, heapedValues } from "../missing/heaped-values.ts";
import { areOneCause } from "../missing/one-cause-of-zeros.ts";
import { type SentinelCode, sentinelCodes, standsOut } from "../missing/sentinels.ts";
import { type TestAccount, testAccount } from "../missing/test-accounts.ts";
import { textDateCodes } from "../missing/text-date-codes.ts";
import { zeroHeaps } from "../missing/zero-heaps.ts";
import { flagSignal } from "../signal/flag-signal.ts";

/** Below this share of rows an indicator of missing values has too little to learn from. */
const INDICATOR_SHARE = 0.01;

/** Numbers that stand for "no value": -999, -200, 99, 9999-12-31, 0 where nothing can be 0. */
export const sentinel: Check = {
  trap: "sentinel",
  title: "A number stands for a missing value",
  inspect: async (context) => [
    ...(await countedGroups(context, [...groupByCode(codesOfNothing(context)), ...groupsOfDoubt(context)])).map((group) =>
      suspicion(context, group),
    ),
    ...accountsOf(context).map((account) => ofAccount(context, account)),
    ...heaps(context),
    ...zeroHeaps(context, unread(context)),
    ...ends(context),
    ...ofTime(context),
    ...textDateCodes(context),
    ...context.labels.filter(({ trap }) => trap === "sentinel"),
  ],
};

function accountsOf(context: AuditContext): readonly TestAccount[] {
  return context.shared("test accounts", () => featureCodes(context).flatMap((code) => testAccount(context, code) ?? []));
}

function codesOfNothing(context: AuditContext): readonly SentinelCode[] {
  const accounts = accountsOf(context).map(({ code }) => code);
  return featureCodes(context).filter((code) => !accounts.includes(code));
}

/** One question for a number in the same rows of several columns, and one for each heap of zeros: of one of two it may be true. */
function groupsOfDoubt(context: AuditContext): readonly (readonly SentinelCode[])[] {
  const [levels, zeros] = [new Map<string, SentinelCode[]>(), [] as SentinelCode[][]];
  for (const code of doubtfulCodes(context)) {
    const { besideColumn, sameRowsAs } = code.evidence;
    const key = `${code.values.join(" ")} ${sameRowsAs}`;
    if (besideColumn !== undefined) zeros.push([code]);
    else levels.set(key, [...(levels.get(key) ?? []), code]);
  }
  return [...levels.values(), ...zeros];
}

/** Nothing is missing in the rows of an account for tests: they are no cases, and no step of a recipe leaves rows out. */
function ofAccount(context: AuditContext, { code, alike }: TestAccount): Suspicion {
  const { column, values, present, rest } = code;
  const shown = values.map((value) => shownCode(column, value)).join(" or ");
  const rows = affectedRows(context, (row) => values.includes(column.values[row] ?? Number.NaN));
  return {
    trap: "sentinel",
    columns: [column.name],
    rows,
    held: [{ column: column.name, values }],
    severity: "harmful",
    confidence: HEAPED,
    evidence: { account: true, codes: [...values], largestShare: code.rows / present, alike: alike.slice(0, 10) },
    fix: { action: "advice", text: `If it is, leave out the rows with \`${column.name}\` = ${shown} at their source.` },
    counterfactual: null,
    unmeasured: "Rows that are no cases would judge as well as train.",
    question: `Is \`${column.name}\` = ${shown} an account for tests or a default, whose rows should go?`,
    choices: ["test", "value"],
    why: `\`${column.name}\` is ${shown} in ${percent(code.rows / present)} of its rows while all others lie between ${shownCode(column, rest.low)} and ${shownCode(column, rest.high)}, and these rows are alike: ${namedColumns(alike)} ${alike.length === 1 ? "has" : "have"} one value in nearly all of them${alike.includes(context.roles.target) ? "" : ", which few others have"}. An account for tests, or a default, looks like that.`,
  };
}

/** The time is no feature, and a placeholder in it puts rows at the wrong end of the order by which a model is judged. */
function ofTime(context: AuditContext): Suspicion[] {
  const { time, features } = context.roles;
  const column = context.frame.columns.find(({ name }) => name === time);
  if (column === undefined || !("values" in column) || column.type !== "date" || features.includes(column.name)) return [];
  const codes = sentinelCodes(column, valueCounts(context, column)).clear;
  if (codes.length === 0) return [];
  return [
    {
      ...suspicion(context, { codes, rows: null }),
      fix: {
        action: "advice",
        text: `Make these cells of \`${time}\` empty at their source, or leave the rows out: they stand at an end of time.`,
      },
      counterfactual: null,
      unmeasured: "The time orders the rows and is no feature.",
    },
  ];
}

/** A code lies apart from all values; a heap among them may be a default as well as a price that many pay, so it asks. */
const HEAPED = 0.4;

/** What lies beyond a limit was read as the limit ("<0.5"): its heap is the reader's. */
function hasLimits(context: AuditContext, name: string): boolean {
  return infoOf(context, name).amount?.notes?.some(isLimit) ?? false;
}

/** Columns whose numbers are told as codes or asked about as such. */
function toldIn(context: AuditContext): ReadonlySet<string> {
  return new Set([...featureCodes(context), ...doubtfulCodes(context)].map(({ column }) => column.name));
}

/** Columns of which no code is told, whose numbers were written without limits, and whose gaps were not filled with a mean of 0. */
function unread(context: AuditContext): readonly NumberColumn[] {
  const told = toldIn(context);
  return numberFeatures(context).filter(
    (column) => !told.has(column.name) && !hasLimits(context, column.name) && filledMean(context, column) === null,
  );
}

function heaps(context: AuditContext): Suspicion[] {
  const told = toldIn(context);
  return numberFeatures(context).flatMap((column) => {
    const counts = valueCounts(context, column);
    const heaped = told.has(column.name) || hasLimits(context, column.name) ? null : heapedValues(counts);
    if (heaped === null || filledMean(context, column) !== null) return [];
    const { values, rows, next, distinct } = heaped;
    const held = new Set(values);
    const shown = values.map((value) => shownCode(column, value)).join(" or ");
    const { present } = counts;
    const steps: RecipeStep[] = [
      { op: "null-out", column: column.name, values },
      { op: "missing-indicator", columns: [column.name] },
    ];
    return [
      {
        trap: "sentinel",
        columns: [column.name],
        rows: affectedRows(context, (row) => held.has(column.values[row] ?? Number.NaN)),
        held: [{ column: column.name, values }],
        severity: "costly",
        confidence: HEAPED,
        evidence: { heap: true, codes: [...values], largestShare: rows / present, nextMostFrequent: next, distinct },
        fix: { action: "steps", steps },
        counterfactual: { change: "steps", steps, flatters: false },
        question: `Does ${shown} in \`${column.name}\` stand for "not known", or is it a real value?`,
        choices: ["missing", "value"],
        why: `\`${column.name}\` is ${shown} in ${percent(rows / present)} of its rows, while no other of its ${amount(distinct)} values has more than ${counted(next, "row")}: a default or a code for "not known" looks like that.`,
      },
    ];
  });
}

/** What an instrument or a form writes where it can go no further, or where something never came. Trees can live with it. */
function ends(context: AuditContext): Suspicion[] {
  const told = toldIn(context);
  return numberFeatures(context).flatMap((column) => {
    const counts = valueCounts(context, column);
    const isRead = told.has(column.name) || hasLimits(context, column.name);
    const heap = isRead ? null : endHeaps(counts);
    if (heap === null) return [];
    const { values, end, rows, next, distinct } = heap;
    const held = new Set(values);
    const shown = values.map((value) => shownCode(column, value)).join(" or ");
    const [which, beyond] = values.length === 2 ? ["ends", "beyond"] : [`${end} value`, end === "largest" ? "above" : "below"];
    return [
      {
        trap: "sentinel",
        columns: [column.name],
        rows: affectedRows(context, (row) => held.has(column.values[row] ?? Number.NaN)),
        held: [{ column: column.name, values }],
        severity: "cosmetic",
        confidence: HEAPED,
        evidence: { end, values: [...values], share: rows / counts.present, nextMostFrequent: next, distinct },
        fix: {
          action: "advice",
          text: `Take \`${column.name}\` = ${shown} for "${beyond} that, or never": a mean or a straight line through it is off.`,
        },
        counterfactual: null,
        unmeasured: "What lay beyond the end the cells do not say.",
        question: `Is \`${column.name}\` = ${shown} ${values.length === 2 ? "where a scale ends" : "the end of a scale"}, or a real value?`,
        choices: ["end", "value"],
        why: `\`${column.name}\` is ${shown}, its ${which}, in ${percent(rows / counts.present)} of its rows, while no value between the ends of its ${amount(distinct)} values has more than ${counted(next, "row")}: what lay ${beyond} seems to have been written as the end of the scale.`,
      },
    ];
  });
}

interface CodeGroup {
  readonly codes: readonly SentinelCode[];
  /** Rows of the whole table that hold one of the codes; null where the frame is the whole. */
  readonly rows: number | null;
}

/** Of a sample, the rows of each code are counted again over the whole table. */
async function countedGroups(context: AuditContext, groups: readonly (readonly SentinelCode[])[]): Promise<readonly CodeGroup[]> {
  if (context.frame.rowNumbers === null || groups.length === 0) return groups.map((codes) => ({ codes, rows: null }));
  const counts = await context.whole.rowsHolding(
    groups.map((codes) => codes.map(({ column, values }) => ({ column: column.name, values }))),
  );
  return groups.map((codes, i) => ({
    codes: codes.map((code, j) => ({
      ...code,
      rows: counts[i]?.each[j] ?? code.rows,
      present: context.dataset.rows - infoOf(context, code.column.name).missing,
    })),
    rows: counts[i]?.any ?? null,
  }));
}

/** One finding for a code in many columns; doubtful columns apart from likely and clear ones, and zeros that are asked about by their causes. */
function groupByCode(codes: readonly SentinelCode[]): SentinelCode[][] {
  const groups: { readonly key: string; readonly codes: SentinelCode[] }[] = [];
  for (const code of codes) {
    const tier = code.confidence >= 0.7 ? "clear" : code.confidence >= 0.6 ? "likely" : "doubtful";
    const key = `${code.column.type} ${code.values.join(" ")} ${tier}`;
    const isAskedZero = tier !== "clear" && code.values.includes(0);
    const group = groups.find((one) => one.key === key && (!isAskedZero || one.codes.some((other) => areOneCause(code, other))));
    if (group === undefined) groups.push({ key, codes: [code] });
    else group.codes.push(code);
  }
  return groups.map(({ codes }) => codes);
}

/** Below it a code is asked about, alone or with others. */
const LIKELY_CODE = 0.6;

function suspicion(context: AuditContext, { codes, rows }: CodeGroup): Suspicion {
  const columns = codes.map(({ column }) => column.name);
  const share = Math.max(...codes.map(({ rows, present }) => rows / present));
  const surest = Math.max(...codes.map(({ confidence }) => confidence));
  // Several doubts make no certainty.
  const confidence = Math.min(surest < LIKELY_CODE ? LIKELY_CODE : 0.98, surest + 0.04 * (codes.length - 1));
  const isCode = (row: number) => codes.some(({ column, values }) => values.includes(column.values[row] ?? Number.NaN));
  const signal = flagSignal(context, isCode);
  const steps = stepsFor(codes);
  return {
    trap: "sentinel",
    columns,
    rows: rows === null ? affectedRows(context, isCode) : countedInAll(affectedRows(context, isCode), rows),
    held: codes.map(({ column, values }) => ({ column: column.name, values })),
    // What is only asked about has not been shown to damage anything.
    severity: surest >= LIKELY_CODE && share >= 0.005 ? "harmful" : "costly",
    confidence,
    evidence: {
      codes: codes[0]?.values.map((value) => shownCode(codes[0]?.column, value)) ?? [],
      largestShare: share,
      columnsWithCode: codes.length,
      ...codes[0]?.evidence,
      aucOfCodeForTarget: signal?.auc ?? null,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: confidence < 0.7 ? question(codes) : null,
    choices: ["missing", "value"],
    why: sentence(codes, share),
  };
}

function stepsFor(codes: readonly SentinelCode[]): RecipeStep[] {
  const columns = [...new Set(codes.map(({ column }) => column.name))];
  const nulled = columns.map((column): RecipeStep => {
    const values = codes.filter((code) => code.column.name === column).flatMap((code) => code.values);
    const isDate = codes.some((code) => code.column.name === column && code.column.type === "date");
    return { op: "null-out", column, values, ...(isDate ? { dates: true } : {}) };
  });
  const marked = codes.filter(({ rows, present }) => rows >= INDICATOR_SHARE * present).map(({ column }) => column.name);
  return marked.length === 0 ? nulled : [...nulled, { op: "missing-indicator", columns: [...new Set(marked)] }];
}

function sentence(codes: readonly SentinelCode[], share: number): string {
  const [first] = codes;
  if (first === undefined) return "";
  const code = first.values.map((value) => shownCode(first.column, value)).join(" or ");
  const out = standsOut(first, (value) => shownCode(first.column, value));
  const stands = first.confidence < 0.7 ? "may stand" : "stands";
  const others =
    codes.length === 1
      ? ""
      : ` The same holds for ${namedColumns(codes.slice(1).map(({ column }) => column.name))} (up to ${percent(share)}).`;
  const together = first.evidence.sameRowsIn === undefined ? "" : " The columns hold it in the same rows.";
  const known = first.evidence.besideColumn;
  const other = known === undefined ? "" : ` Most of these rows hold ${code} in \`${known}\` too, where it stands for that.`;
  const beside = first.evidence.apartBeside;
  const off =
    beside === undefined
      ? ""
      : ` Where it is 0, ${counted(Number(beside), "other column")} ${beside === 1 ? "lies" : "lie"} apart too (low, high or 0), as where a thing is off.`;
  return `\`${first.column.name}\` is ${code} in ${percent(first.rows / first.present)} of its rows${out}: ${code} ${stands} for "no value" rather than for an amount.${others}${together}${other}${off}`;
}

function question(codes: readonly SentinelCode[]): string {
  const [first] = codes;
  const code = first?.values.map((value) => shownCode(first.column, value)).join(" or ") ?? "";
  return `Does ${code} in ${namedColumns(codes.map(({ column }) => column.name))} stand for "not known", or is it a real value (${code === "0" ? "there is none of it" : "for example a cap"})?`;
}

/** A code is one number and no amount: 0.9999999 is not 1. */
const DIGITS = 12;

function shownCode(column: NumberColumn | undefined, value: number): string {
  return column?.type === "date" ? new Date(value).toISOString().slice(0, 10) : String(Number(value.toPrecision(DIGITS)));
}
