import { type Column, columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { type PlaceTrend, placeTrend } from "../columns/place-trend.ts";
import { neighbourWords, type RowNumbering, type RowOrder, rowNumberings, rowOrderOf, standsByClass } from "../columns/row-order.ts";
import { rowSortingOf } from "../columns/row-sorting.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, namedColumns, percent, quoted, zText } from "../findings/phrase.ts";
import { endsInOneClass } from "../labels/end-of-one-class.ts";
import { type KeyLikeness, keyLikeness } from "../roles/key-likeness.ts";
import { type Association, associate, viewOf, zThreshold } from "../signal/associations.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { type PlaceInSet, placeInSet } from "../signal/place-in-set.ts";
import { scoreEvidence, scoreWords } from "../signal/score-words.ts";
import { orderedSplit, randomSplit } from "../split/split-sizes.ts";
import { mayBeTimeOfFile, timeEvidence } from "../split/time-evidence.ts";

/** Score of the row number from which the order is worth a word. */
const LEAST_SCORE = 0.6;
/** Score from which a file that was sorted by a feature would mislead whoever cuts it by position. */
const MUCH = 0.75;

/** Neighbours are less alike than in nearly all orders of the same rows: no sample stands so. */
const IN_TURNS_Z = 8;

/** What is said of the file, and not of a column. */
const NOTE = { trap: "order-leak", columns: [], rows: NO_ROWS, severity: "cosmetic", confidence: 0.9 } as const;

/** The place of a row in the file tells its label, and columns that follow the rows carry it. Rows in the order of time are not meant. */
export const orderLeak: Check = {
  trap: "order-leak",
  title: "The order of the rows carries the target",
  inspect(context) {
    const order = rowOrderOf(context);
    const found = order.by === null ? ofOrder(context, order) : besideTime(context, order);
    if (found.length > 0) return found;
    const end = isSortedByTime(context, order) ? [] : endsInOneClass(context);
    if (end.length > 0 || order.by !== null) return end;
    const set = placeInSet(context);
    return [...keysThatTell(context), ...(set === null ? [] : [withinSets(context, set)])];
  },
};

/** A file put together class by class, or of queues that follow the outcome, of which a column tells the time: that is another order. */
function besideTime(context: AuditContext, order: RowOrder): Suspicion[] {
  const time = order.by === null ? null : columnOf(context.frame, order.by);
  if (time === null || isSortedByTime(context, order)) return [];
  const found = associate(placesOf(context), viewOf(context));
  if (!standsByClass(context)) return placeTrend(context, MUCH) === null ? [] : [onlySorted(context, found, order)];
  return found.score < MUCH || found.z <= zThreshold(1) ? [] : [onlySorted(context, found, { ...order, sortedByTarget: true })];
}

/** What comes last is of its time. */
function isSortedByTime({ frame }: AuditContext, { by }: RowOrder): boolean {
  return by !== null && factsOf(columnOf(frame, by), frame.rows).monotone !== null;
}

function placesOf({ frame }: AuditContext): Column {
  return {
    name: "(row number)",
    type: "number",
    values: Float64Array.from({ length: frame.rows }, (_, row) => frame.rowNumbers?.[row] ?? row),
  };
}

function ofOrder(context: AuditContext, order: RowOrder): Suspicion[] {
  const found = associate(placesOf(context), viewOf(context));
  if (order.persistenceZ < -IN_TURNS_Z) return [inTurns(context, order)];
  if (found.score < LEAST_SCORE || found.z <= zThreshold(1)) return [];
  const carriers = rowNumberings(context).filter(
    ({ name }) => context.roles.features.includes(name) && answerFor(context, name) !== "before",
  );
  if (carriers.length > 0) return [carried(context, found, order, carriers)];
  const keys = rowNumberings(context).filter(({ name, key }) => key && context.roles.ids.includes(name));
  if (keys.length > 0) return [leftOut(context, found, order, keys)];
  // Many files stand in some order that tells a little of the target; only one put together class by class, or sorted by what tells much, is worth a word where no column follows it.
  const [by] = rowSortingOf(context) ?? [];
  if (order.sortedByTarget) return [onlySorted(context, found, order)];
  if (by !== undefined) return found.score >= MUCH && context.roles.features.includes(by) ? [sortedBy(context, found, order, by)] : [];
  const trend = mayBeTimeOfFile(context) || timeEvidence(context) !== null ? null : placeTrend(context, MUCH);
  return trend === null ? [] : [alongFile(context, trend)];
}

/** Less sure than not: a file put together of queues that follow the outcome looks like one in which the outcome changes in time. */
const NOT_SHOWN = 0.3;

/** Nothing that a model sees stands in that order. If it is that of a time, a random split mixes the past with the future. */
function alongFile(context: AuditContext, { classIndex, score, ofBlocks, first, last }: PlaceTrend): Suspicion {
  const { task, roles } = context;
  const target = `\`${roles.target}\``;
  const label = classIndex < 0 || task.kind === "regression" ? null : (task.classes[classIndex] ?? "");
  const number = (value: number) => (label === null ? amount(Number(value.toPrecision(4))) : percent(value));
  const said = label === null ? `the mean of ${target}` : `${target} is ${quoted(label)} in`;
  const honest = orderedSplit(context, null);
  return {
    trap: "order-leak",
    columns: [],
    rows: NO_ROWS,
    severity: "harmful",
    confidence: NOT_SHOWN,
    evidence: { score, ofBlocks, first, last, shown: false },
    fix: { action: "split", split: honest },
    counterfactual: { change: "split", naive: randomSplit(context), honest },
    question: "Do the rows stand in the order in which they were collected, and do new cases come after them?",
    why: `The place of a row in the file tells its target (a share of ${score.toFixed(3)} of pairs of rows in the right order): of the first tenth of the rows ${said} ${number(first)}, of the last ${number(last)}, and no feature accounts for it. If the file was put together by what follows the outcome, never cut it by position; if ${target} changes in time, what holds of the past may not hold later.`,
  };
}

/** Numbers of cases that do not follow the rows, and know the outcome: they were given when it was known, or class by class. */
function keysThatTell(context: AuditContext): Suspicion[] {
  const { frame, roles } = context;
  const keys = frame.columns.flatMap((column) => {
    if (column.type !== "number" || answerFor(context, column.name) === "before") return [];
    const isOut = roles.ids.includes(column.name);
    const likeness = isOut || !roles.features.includes(column.name) ? null : keyLikeness(context, column);
    return isOut || likeness !== null ? [{ column, likeness }] : [];
  });
  return keys.flatMap(({ column, likeness }) => {
    const found = associate(column, viewOf(context));
    return found.score < MUCH || found.z <= zThreshold(keys.length) ? [] : [keyThatTells(context, found, likeness)];
  });
}

/** Whoever takes a key of the rows for a feature, as some of its values come back, learns when it was given. likeness: of a feature, which may be none; null: it is left out. */
function keyThatTells(context: AuditContext, found: Association, likeness: KeyLikeness | null): Suspicion {
  const name = found.column;
  const evidence = { ...scoreEvidence(found), key: true };
  const [called, its] =
    likeness === null
      ? [`The key \`${name}\``, "Its values"]
      : [`\`${name}\`, which looks like a key (${likeness.reason}),`, "If it is one, its values"];
  const why = `${called} tells the target: ${scoreWords(found, context.task)}. ${its} were given in an order that goes with the outcome: when it was known, class by class, or over a time in which it changed`;
  const advice = "Find out when its values were given: what else was written then may know the outcome too.";
  if (likeness === null)
    return {
      ...NOTE,
      columns: [name],
      evidence,
      fix: { action: "advice", text: `\`${name}\` is a key and stays out. ${advice}` },
      counterfactual: { change: "undo", features: [name], steps: [], flatters: true },
      question: null,
      why: `${why}; it is left out.`,
    };
  const steps = [{ op: "drop" as const, columns: [name] }];
  return {
    trap: "order-leak",
    columns: [name],
    rows: NO_ROWS,
    severity: "harmful",
    confidence: likeness.confidence,
    evidence,
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: `Do new cases get a value of \`${name}\` that goes with their outcome in the same way?`,
    choices: ["no", "yes"],
    why: `${why}. ${advice}`,
  };
}

/** Without a name or even steps, the column may be a quantity by which the file was sorted: then a person must say. */
function carried(context: AuditContext, found: Association, order: RowOrder, carriers: readonly RowNumbering[]): Suspicion {
  const names = carriers.map(({ name }) => name);
  const steps = [{ op: "drop" as const, columns: names }];
  const key = carriers.every((carrier) => carrier.key);
  const { severity, confidence } = key
    ? { severity: "blocker" as const, confidence: Math.min(0.95, 0.4 + found.score / 2 + (order.sortedByTarget ? 0.1 : 0)) }
    : { severity: "harmful" as const, confidence: 0.4 };
  return {
    trap: "order-leak",
    columns: names,
    rows: NO_ROWS,
    severity,
    confidence,
    evidence: { ...evidenceOf(found, order), key },
    fix: key
      ? { action: "steps", steps }
      : { action: "advice", text: `If ${namedColumns(names)} only numbers the rows, leave it out with --ignore.` },
    counterfactual: { change: "steps", steps, flatters: true },
    question: `Do new cases get a value of ${namedColumns(names)} that goes with their outcome in the same way?`,
    choices: ["no", "yes"],
    why: `The number of a row in the file tells its target: ${scoreWords(found, context.task)}. ${namedColumns(names)} rises or falls with the rows and carries it into the model.`,
  };
}

/** A key is no feature by itself; whoever takes it for one learns the order of the file. */
function leftOut(context: AuditContext, found: Association, order: RowOrder, keys: readonly RowNumbering[]): Suspicion {
  const names = keys.map(({ name }) => name);
  return {
    trap: "order-leak",
    columns: names,
    rows: NO_ROWS,
    severity: "cosmetic",
    confidence: 0.9,
    evidence: { ...evidenceOf(found, order), key: true },
    fix: {
      action: "reading",
      text: `${namedColumns(names)} ${names.length === 1 ? "is a key and stays" : "are keys and stay"} out. Never cut this file by position; shuffle it first.`,
    },
    counterfactual: { change: "undo", features: names, steps: [], flatters: true },
    question: null,
    why: `The number of a row in the file tells its target: ${scoreWords(found, context.task)}. ${namedColumns(names)} ${names.length === 1 ? "rises or falls" : "rise or fall"} with the rows and would carry it into the model; ${names.length === 1 ? "it is left out as a key" : "they are left out as keys"}.`,
  };
}

/** The feature is honest as far as the order tells; a test set cut from the end would have other labels. */
function sortedBy(context: AuditContext, found: Association, order: RowOrder, by: string): Suspicion {
  return {
    ...onlySorted(context, found, order),
    columns: [by],
    evidence: { ...evidenceOf(found, order), sortedBy: by },
    why: `The rows stand sorted by \`${by}\`, and so the number of a row tells its target: ${scoreWords(found, context.task)}. A cut by position would be misled.`,
  };
}

function onlySorted(context: AuditContext, found: Association, order: RowOrder): Suspicion {
  return {
    ...NOTE,
    evidence: evidenceOf(found, order),
    fix: { action: "advice", text: "Never cut this file by position; shuffle it first." },
    counterfactual: { change: "split", naive: orderedSplit(context, null), honest: null },
    question: null,
    why: `The rows stand ${order.sortedByTarget ? "" : "nearly "}sorted by the target: ${scoreWords(found, context.task)}. No feature follows the rows, so only a cut by position would be misled.`,
  };
}

/** Each row is followed by another outcome: a table of counts written cell by cell, or pairs of a case and a control. */
function inTurns(context: AuditContext, { persistence, expected, persistenceZ, sortedByTarget }: RowOrder): Suspicion {
  const neighbours = neighbourWords(context);
  const alike =
    context.task.kind === "regression"
      ? `correlates with that of ${neighbours.next} by ${persistence.toFixed(2)}`
      : `is that of ${neighbours.next} in ${percent(persistence)} of ${neighbours.rows} (by chance ${percent(expected)})`;
  return {
    ...NOTE,
    evidence: { persistence, persistenceZ, sortedByTarget },
    fix: {
      action: "advice",
      text: "Find out why the rows come in turns: of a table of counts each row needs its count as a weight, and of pairs each pair belongs on one side of the split.",
    },
    counterfactual: null,
    unmeasured: "No column carries the order of the rows, so no score has it.",
    question: null,
    why: `The outcomes come in turns: \`${context.roles.target}\` of a row ${alike}, less than in nearly all orders of the same rows (${zText(persistenceZ)}). The place of a row in the file tells it.`,
  };
}

function evidenceOf(found: Association, order: RowOrder) {
  return {
    ...scoreEvidence(found),
    persistence: order.persistence,
    persistenceZ: order.persistenceZ,
    sortedByTarget: order.sortedByTarget,
  };
}

/** A case before its controls, the death in the last row of a patient: whoever counts rows within a set, or takes the first of each, takes the answer. */
function withinSets({ roles, task }: AuditContext, { column, place, sets, signal, carrier }: PlaceInSet): Suspicion {
  const { auc, withFlag, withoutFlag, classIndex } = signal;
  const label = task.kind === "regression" || classIndex < 0 ? null : (task.classes[classIndex] ?? "");
  const shares =
    label === null
      ? `a mean of ${amount(withFlag)} there and ${amount(withoutFlag)} elsewhere`
      : `${quoted(label)} in ${percent(withFlag)} there and in ${percent(withoutFlag)} elsewhere`;
  return {
    ...NOTE,
    columns: [column],
    evidence: { kind: "within-sets", place, sets, auc, withFlag, withoutFlag, carrier },
    fix: {
      action: "advice",
      text: `Make no number, difference or ${place} row within \`${column}\` a feature, and keep each \`${column}\` whole in a split.`,
    },
    ...(carrier === null || !roles.features.includes(carrier)
      ? { counterfactual: null, unmeasured: "No feature carries the place of a row in its set, so no score has it." }
      : { counterfactual: { change: "steps" as const, steps: [{ op: "drop" as const, columns: [carrier] }], flatters: true } }),
    question: null,
    why: `The rows of each \`${column}\` stand together, and the ${place} of them tells \`${roles.target}\`: ${shares}. ${carrier === null ? "What counts the rows of a set would know it." : `\`${carrier}\` says which place a row has: is it known before the outcome?`}`,
  };
}
