import { type Column, columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { float64From, int32From } from "../../core/typed-from.ts";
import { ascendingOrder, binomialUpperTail, wilson } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed, factsOf, textAt } from "../columns/column-facts.ts";
import { allRows, type LevelColumn, levelCounts, type NumberColumn, valueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, percent, quoted } from "../findings/phrase.ts";
import { type EqualAtLevel, equalAtLevel } from "../leaks/equal-at-level.ts";
import { filledAmounts } from "../leaks/filled-amounts.ts";
import { loneLevelP } from "../leaks/lone-level.ts";
import { pureTail } from "../leaks/pure-tail.ts";
import { sideFinding, sidesOfPairs } from "../leaks/sides-of-pairs.ts";
import { isSourceName } from "../meaning/source-names.ts";
import { associationsOf, viewOf } from "../signal/associations.ts";
import { answerFor, knownQuestion, NEAR_PERFECT } from "../signal/leak-odds.ts";
import { meaningIn } from "../signal/named-after.ts";

/** Share of the rows that the pure values of one class must hold together, or of the rows of the class where it is rare, and the rows that each must. */
const [LEAST_SHARE, LEAST_OF_CLASS] = [0.05, 0.2];
const LEAST_ROWS = 20;

/** Share of a value's rows from which it is nearly pure, and the most that the class may have of all rows: as values honestly differ, none tells a rare class so surely while the others tell nothing. */
const [NEARLY_PURE, NEARLY_MOST_BASE] = [0.85, 0.5];
/** Its lower 95 % limit. */
const NEARLY_PURE_FOR_SURE = 0.8;

/** A pure value of a class that most rows have anyway is news only where chance hardly ever makes it. */
const [COMMON_CLASS, LEAST_WONDER] = [0.7, 1e-12];

/** Chance that a nearly pure level of fewer rows is one of the spread of the others, over all levels and columns; and its least lower 95 % limit. A source of rows has its own question. */
const [LONE_CHANCE, LONE_PURE_FOR_SURE] = [0.01, 0.9];

/** Chance of a pure tail, over all columns. */
const TAIL_CHANCE = 0.001;

const MOST_FINDINGS = 5;
const [MOST_NAMED, MOST_UNNAMED] = [0.9, 0.45];

interface Level {
  /** The first row that has it. */
  readonly row: number;
  readonly rows: number;
  readonly text: string;
  /** Rows of each class. */
  readonly labels: Float64Array;
}

interface PureValue {
  readonly column: string;
  /** The most frequent first. */
  readonly texts: readonly string[];
  readonly label: string;
  /** Of all of them, and how many have the class. */
  readonly rows: number;
  readonly own: number;
  readonly base: number;
  readonly p: number;
}

/** A value that always goes with one class, although that class is not common: perfect on a part of the rows. So is one that nearly always does, where the other values hardly tell anything. */
export const partialLeak: Check = {
  trap: "partial-leak",
  title: "A value always goes with one class",
  hiddenByLabels: true,
  async inspect(context) {
    if (context.task.kind === "regression") return equalAtLevel(context).map((one) => ofEqual(context, one));
    const associations = associationsOf(context);
    const features = columnsNamed(context.frame, context.roles.features).filter(
      ({ name }) => answerFor(context, name) !== "before" && (associations.get(name)?.score ?? 0) < NEAR_PERFECT,
    );
    const pure: PureValue[] = [];
    const [tails, amounts]: [Suspicion[], Suspicion[]] = [[], []];
    for (const column of features) {
      const values = pureValues(context, column);
      pure.push(...values);
      if (values.length === 0 && column.type === "number") {
        const tail = ofTail(context, column, features.length);
        tails.push(...tail);
        if (tail.length === 0) amounts.push(...ofAmounts(context, column, features.length));
      }
      await context.pause();
    }
    const limit = 0.001 / Math.max(1, features.length);
    const best = new Map<string, PureValue>();
    for (const value of pure.filter(({ p }) => p < limit).sort((a, b) => a.p - b.p || b.rows - a.rows)) {
      if (!best.has(value.column)) best.set(value.column, value);
    }
    const single = [...[...best.values()].map((value) => suspicion(context, value)), ...tails, ...ofOneKind(context, amounts)];
    const told = single.flatMap(({ columns }) => columns);
    const sides = (await sidesOfPairs(context, told)).map((side) => sideFinding(context, side));
    return [...single.slice(0, MOST_FINDINGS), ...sides];
  },
};

function pureValues(context: AuditContext, column: Column): readonly PureValue[] {
  const view = viewOf(context);
  const classes = context.task.kind === "regression" ? [] : context.task.classes;
  const frequent = frequentLevels(context, column, classes.length);
  return classes.flatMap((name, label) => {
    const ownOf = ({ labels }: Level) => labels[label] ?? 0;
    const base = shareOf(context, label);
    const isPure = (one: Level) => ownOf(one) === one.rows;
    const isNearlyPure = (one: Level) =>
      base <= NEARLY_MOST_BASE && ownOf(one) >= NEARLY_PURE * one.rows && wilson(ownOf(one), one.rows, 0.9).low >= NEARLY_PURE_FOR_SURE;
    const wholly = frequent.filter(isPure);
    const all = (wholly.length > 0 ? wholly : frequent.filter(isNearlyPure)).sort((a, b) => b.rows - a.rows);
    // Far numbers may all have one class honestly: each must hold the share by itself.
    const pure = "codes" in column ? all : all.slice(0, 1);
    const [most] = pure;
    const rows = pure.reduce((sum, one) => sum + one.rows, 0);
    const own = pure.reduce((sum, one) => sum + ownOf(one), 0);
    if (most === undefined) return [];
    const others = "codes" in column ? frequent.filter((one) => !pure.includes(one)) : inBlocks(context, column, most);
    const isLarge = rows >= LEAST_SHARE * view.rows.length || own >= LEAST_OF_CLASS * base * view.rows.length;
    if (!isLarge && !isLone(context, column, most, others, label) && !isSureFlag(context, column, most, label)) return [];
    if (!isPure(most) && (others.length < LEAST_OTHERS || isOfOneSpread(most, others, label, NEARLY_WITHIN))) return [];
    if ("codes" in column && isOfOneSpread(most, others, label, WITHIN)) return [];
    // By the most frequent of them alone, for each that could have been it.
    const p = Math.min(1, frequent.length * binomialUpperTail(ownOf(most), most.rows, base));
    if (base > COMMON_CLASS && p > LEAST_WONDER) return [];
    return [{ column: column.name, texts: pure.map(({ text }) => text), label: name, rows, own, base, p }];
  });
}

/** However few rows it has, nothing else of its column is like it. Of levels only: of numbers, ends are looked at. */
function isLone(context: AuditContext, column: Column, most: Level, others: readonly Level[], label: number): boolean {
  if (!("codes" in column) || isSourceName(column.name) || shareOf(context, label) > NEARLY_MOST_BASE) return false;
  const rateOf = ({ rows, labels }: Level) => ({ rows, own: labels[label] ?? 0 });
  const { rows, own } = rateOf(most);
  const looks = (others.length + 1) * context.roles.features.length;
  return wilson(own, rows, 0.9).low >= LONE_PURE_FOR_SURE && loneLevelP(rateOf(most), others.map(rateOf)) * looks < LONE_CHANCE;
}

/** Of a flag that few rows carry there are no other levels to compare with: chance itself hardly ever makes it pure. */
function isSureFlag(context: AuditContext, column: Column, { rows, labels }: Level, label: number): boolean {
  if (labels[label] !== rows || factsOf(column, context.frame.rows).distinct !== 2) return false;
  return binomialUpperTail(rows, rows, shareOf(context, label)) < LEAST_WONDER;
}

/** Values of so many looked at rows, in the order of their first ones. Most numbers have none. */
function frequentLevels(context: AuditContext, column: Column, classes: number): readonly Level[] {
  const { rows } = viewOf(context);
  const { places, count } = "codes" in column ? placesOfLevels(context, column, rows) : placesOfNumbers(context, column, rows);
  if (count === 0) return [];
  const first: number[] = [];
  const [placeOf, labels] = [new Int32Array(count).fill(-1), new Float64Array(count * classes)];
  for (let i = 0; i < rows.length; i++) {
    const place = places[i] as number;
    if (place < 0) continue;
    if (placeOf[place] === -1) placeOf[place] = first.push(rows[i] as number) - 1;
    const cell = (placeOf[place] as number) * classes + (context.target[rows[i] as number] as number);
    labels[cell] = (labels[cell] as number) + 1;
  }
  return first
    .map((row, place): Level => {
      const own = labels.subarray(place * classes, (place + 1) * classes);
      return { row, rows: own.reduce((sum, count) => sum + count, 0), text: textAt(column, row) ?? "", labels: own };
    })
    .filter((level) => level.rows >= LEAST_ROWS);
}

interface Places {
  /** A number for the value of each of the rows, -1 where it cannot be frequent. */
  readonly places: Int32Array;
  readonly count: number;
}

function placesOfLevels(context: AuditContext, column: LevelColumn, rows: Int32Array): Places {
  const numbers = new Int32Array(column.levels.length).fill(-1);
  let count = 0;
  levelCounts(context, column).forEach((held, code) => {
    if (held >= LEAST_ROWS) numbers[code] = count++;
  });
  return { places: count === 0 ? numbers : int32From(rows, (row) => numbers[column.codes[row] ?? -1] ?? -1), count };
}

function placesOfNumbers(context: AuditContext, column: NumberColumn, rows: Int32Array): Places {
  const { values, counts } = valueCounts(context, column);
  const numbers = new Map<number, number>();
  for (let i = 0; i < values.length; i++) if ((counts[i] as number) >= LEAST_ROWS) numbers.set(values[i] as number, numbers.size);
  const count = numbers.size;
  return { places: count === 0 ? new Int32Array(0) : int32From(rows, (row) => numbers.get(column.values[row] ?? Number.NaN) ?? -1), count };
}

/** The other numbers in their order, in blocks of as many rows as the value has. */
function inBlocks(context: AuditContext, { values }: NumberColumn, most: Level): readonly Level[] {
  const usual = values[most.row];
  const others = viewOf(context).rows.filter((row) => values[row] !== usual && Number.isFinite(values[row]));
  const order = ascendingOrder(float64From(others, (row) => values[row] ?? 0));
  return Array.from({ length: Math.floor(order.length / most.rows) }, (_, block) => {
    const labels = new Float64Array(most.labels.length);
    for (const place of order.subarray(block * most.rows, (block + 1) * most.rows)) {
      const label = context.target[others[place] ?? 0] ?? 0;
      labels[label] = (labels[label] ?? 0) + 1;
    }
    return { row: -1, rows: most.rows, text: "", labels };
  });
}

/** Levels beside the pure ones from which their spread is known, and deviations of it within which a pure one is the end of it, or one that is nearly so. */
const [LEAST_OTHERS, WITHIN, NEARLY_WITHIN] = [3, 2.5, 5];

/**
 * The other levels lie so far apart that one which always has the class is the end of their spread, as of a category that honestly tells much: by log odds of the class, with the
 * lower 95 % limit of the pure level. A level that was written with the outcome stands apart from others that are alike.
 */
function isOfOneSpread(most: Level, others: readonly Level[], label: number, within: number): boolean {
  if (others.length < LEAST_OTHERS) return false;
  const odds = others.map(({ rows: own, labels }) => Math.log(((labels[label] ?? 0) + 0.5) / (own - (labels[label] ?? 0) + 0.5)));
  const mean = odds.reduce((sum, one) => sum + one, 0) / odds.length;
  const spread = Math.sqrt(odds.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (odds.length - 1));
  const held = most.labels[label] ?? 0;
  const lowest = held === most.rows ? 0.05 ** (1 / most.rows) : wilson(held, most.rows, 0.9).low;
  return Math.log(lowest / (1 - lowest)) - mean < within * spread;
}

function shareOf(context: AuditContext, label: number): number {
  const shares = context.shared("class shares", () => {
    const counts = new Map<number, number>();
    const { rows } = viewOf(context);
    for (const row of rows) counts.set(context.target[row] ?? 0, (counts.get(context.target[row] ?? 0) ?? 0) + 1 / rows.length);
    return counts;
  });
  return shares.get(label) ?? 0;
}

/** What is the target itself in some rows is known with it there; of the others it may be an honest earlier value. */
function ofEqual(context: AuditContext, { column, by, text, rows, others, equalElsewhere }: EqualAtLevel): Suspicion {
  const hit = new Set(rows);
  const { target } = context.roles;
  return {
    trap: "partial-leak",
    columns: [column],
    rows: affectedRows(context, (row) => hit.has(row)),
    severity: "harmful",
    confidence: 0.6,
    evidence: { by, value: text, rows: rows.length, others, equalElsewhere },
    fix: {
      action: "advice",
      text: `Leave the rows with \`${by}\` = ${quoted(text)} out, or predict how \`${target}\` differs from \`${column}\`.`,
    },
    counterfactual: { change: "steps", steps: [{ op: "drop", columns: [column] }], flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
    why: `\`${column}\` is the target itself in the ${amount(rows.length)} rows with \`${by}\` = ${quoted(text)}, and in ${amount(equalElsewhere)} of the other ${amount(others)}: those rows give their answer away.`,
  };
}

/** More than a value says that the column was written with the outcome: what goes on from the rest of the column is a cause. */
function ofTail(context: AuditContext, { name, values }: NumberColumn, columns: number): Suspicion[] {
  const classes = context.task.kind === "regression" ? [] : context.task.classes;
  const tail = pureTail(values, context.target, viewOf(context).rows, classes.length);
  if (tail === null || tail.p >= TAIL_CHANCE / Math.max(1, columns)) return [];
  const { from, up, label, beside, besideValue, p } = tail;
  const base = shareOf(context, label);
  if (base > COMMON_CLASS && p > LEAST_WONDER) return [];
  const isIn = (row: number) => (up ? (values[row] ?? Number.NaN) >= from : (values[row] ?? Number.NaN) <= from);
  const hit = affectedRows(context, isIn);
  return [
    {
      ...leakOf(context, name, base),
      rows: hit,
      evidence: { from, up, class: classes[label] ?? "", rows: tail.rows, besideShare: beside, log10P: Math.max(-300, Math.log10(p)) },
      why: `All ${amount(tail.rows)} rows with \`${name}\` of ${Number(from.toPrecision(6))} or ${up ? "more" : "less"} have the class ${quoted(classes[label] ?? "")}, ${besideValue === null ? `of as many rows just ${up ? "below" : "above"} ${percent(beside)}` : `of those at ${Number(besideValue.toPrecision(6))}, the next value, ${percent(shareAt(context, values, label, besideValue))}`}: a cause would go on from there, and not begin at once.`,
    },
  ];
}

/** Whatever their size, amounts that stand beside one class nearly alone were written with it, or name who will have it: without a word for it, it asks. */
function ofAmounts(context: AuditContext, { name, values }: NumberColumn, columns: number): Suspicion[] {
  const classes = context.task.kind === "regression" ? [] : context.task.classes;
  const found = filledAmounts(values, context.target, viewOf(context).rows, classes.length, (label) => shareOf(context, label));
  if (found === null || found.p >= TAIL_CHANCE / Math.max(1, columns)) return [];
  const { usual, above, label, rows, own, elsewhere, least, p } = found;
  return [
    {
      ...leakOf(context, name, shareOf(context, label)),
      rows: affectedRows(context, (row) => Number.isFinite(values[row]) && values[row] !== usual),
      evidence: { usual, above, class: classes[label] ?? "", rows, ofClass: own, elsewhere, least, log10P: Math.max(-300, Math.log10(p)) },
      why: `${own === rows ? `All ${amount(rows)}` : `${amount(own)} of ${amount(rows)}`} rows with \`${name}\` ${above ? "above" : "below"} ${Number(usual.toPrecision(6))} have the class ${quoted(classes[label] ?? "")}, the smallest third of these amounts as the largest (${percent(least)} at least), and ${percent(elsewhere)} of those at ${Number(usual.toPrecision(6))}: many a cause would begin little by little.`,
    },
  ];
}

/** Several columns that do so are a field of strong causes (words of a mail), but for those whose names say when they are written. */
function ofOneKind(context: AuditContext, found: readonly Suspicion[]): readonly Suspicion[] {
  return areOne(context, found) ? found : found.filter(({ columns: [name = ""] }) => meaningIn(context, name).after > 0);
}

/** Net and gross of one credit note stand in the same rows. */
const SAME_ROWS = 0.8;

function areOne(context: AuditContext, [first, ...others]: readonly Suspicion[]): boolean {
  const filled = ({ columns: [name = ""], evidence }: Suspicion) => {
    const column = columnOf(context.frame, name);
    const isFilled = (value: number) => Number.isFinite(value) && value !== evidence.usual;
    return "values" in column ? new Set(allRows(context).filter((row) => isFilled(column.values[row] ?? Number.NaN))) : new Set<number>();
  };
  const own = first === undefined ? new Set<number>() : filled(first);
  return others.every((other) => {
    const rows = filled(other);
    const both = [...rows].filter((row) => own.has(row)).length;
    return both >= SAME_ROWS * (own.size + rows.size - both);
  });
}

/** Share of a class in the rows with one number. */
function shareAt(context: AuditContext, values: Float64Array, label: number, at: number): number {
  const rows = viewOf(context).rows.filter((row) => values[row] === at);
  return rows.filter((row) => context.target[row] === label).length / Math.max(1, rows.length);
}

function suspicion(context: AuditContext, value: PureValue): Suspicion {
  const { column, texts, label, rows, own, base, p } = value;
  const [text = ""] = texts;
  const source = columnsNamed(context.frame, [column])[0];
  return {
    ...leakOf(context, column, base),
    rows: affectedRows(context, (row) => source !== undefined && texts.includes(textAt(source, row) ?? "")),
    ...(source === undefined || source.type === "date"
      ? {}
      : { held: [{ column, values: "values" in source ? texts.map(Number) : texts }] }),
    evidence: {
      value: text,
      values: texts.length,
      class: label,
      rows,
      ofClass: own,
      classShare: base,
      log10P: Math.max(-300, Math.log10(p)),
      afterWeight: meaningIn(context, column).after,
    },
    why: `${own === rows ? `All ${amount(rows)}` : `${amount(own)} of ${amount(rows)}`} rows with \`${column}\` = ${quoted(text)}${texts.length === 1 ? "" : texts.length === 2 ? ` or ${quoted(texts[1] ?? "")}` : ` or one of ${amount(texts.length - 1)} other values`} have the class ${quoted(label)}, which ${percent(base)} of all rows have.`,
  };
}

/** What a column that gives the class in some rows is worth, by its name and the share of the class. */
function leakOf(context: AuditContext, column: string, base: number): Omit<Suspicion, "rows" | "evidence" | "why"> {
  const steps = [{ op: "drop" as const, columns: [column] }];
  const meaning = meaningIn(context, column);
  const answered = answerFor(context, column) === "after";
  // Without a word for it only a person knows whether the value was written with the outcome.
  const most = meaning.after > 0 ? MOST_NAMED : MOST_UNNAMED;
  const confidence = answered ? 1 : Math.min(most, 0.2 + 0.4 * (1 - base) + 0.4 * meaning.after) * (meaning.excusedBy.length > 0 ? 0.3 : 1);
  return {
    trap: "partial-leak",
    columns: [column],
    severity: confidence >= 0.5 ? "blocker" : "harmful",
    confidence,
    fix:
      confidence >= 0.5
        ? { action: "steps", steps }
        : { action: "advice", text: `Find out whether "${column}" is known before the prediction.` },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
  };
}
