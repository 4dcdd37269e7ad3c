import { type Column, columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { featuresOf, numberFeatures } from "../columns/features.ts";
import { targetView } from "../columns/target-view.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, namedColumns, percent } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { type BlockStatistic, blockStatistic, type Shape, shapeFit } from "../leaks/future-shapes.ts";
import { seriesInTime, targetSeries, type Window, type WindowFit, windowFit } from "../leaks/future-windows.ts";
import { givenAhead } from "../leaks/given-ahead.ts";
import { type LaterCopy, laterCopy } from "../leaks/later-copies.ts";
import { TIME_WORDS } from "../meaning/lexicon.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { type Association, associate, associationsOf } from "../signal/associations.ts";
import { answerFor, featureThreshold, knownQuestion } from "../signal/leak-odds.ts";
import { scoreEvidence, scoreWords } from "../signal/score-words.ts";

/** Share of a column's variance that a window of the future must give, and how little of what the past leaves open may be left. */
const LEAST_FIT = 0.9;
const LEFT_OVER = 0.2;
/** Confidence of what a column that honestly leads the target would show as well: below LIKELY, so it asks. */
const MAY_LEAD = 0.45;
/** Most columns that are compared with windows: the strongest. */
const MOST_COLUMNS = 200;
const LEAST_SCORE = 0.55;
/** A date lies after the row's time. */
const LATER = 0.95;
/** Score from which the time that passed is asked about; and rows that are looked at. */
const LEAST_ELAPSED = 0.7;
const ELAPSED_ROWS = 20_000;

/** A column was computed from the target of later rows, or is a date from after the row's own time. */
export const futureLeak: Check = {
  trap: "future-leak",
  title: "A column looks into the future",
  hiddenByLabels: true,
  async inspect(context) {
    const copies = await laterCopies(context);
    return [...copies, ...(await windows(context, new Set(copies.flatMap(({ columns }) => columns)))), ...laterDates(context)];
  },
};

/** What honestly leads the target is hardly equal to it; a plan that is kept to is, as its name or rare changes may say: it asks. */
const COPIED = 0.9;

async function laterCopies(context: AuditContext): Promise<readonly Suspicion[]> {
  const series = seriesInTime(context);
  if (series === null) return [];
  const found: Suspicion[] = [];
  for (const column of featuresOf(context)) {
    const copy = answerFor(context, column.name) === "before" ? null : laterCopy(context, series, column);
    if (copy !== null) found.push(copied(context, column.name, copy));
    await context.pause();
  }
  return found;
}

/** Of later rows: left out where that is likely, else asked about. */
function ofLaterRows(name: string, said: Pick<Suspicion, "confidence" | "evidence" | "why">, advice: string): Suspicion {
  const steps = [{ op: "drop" as const, columns: [name] }];
  return {
    trap: "future-leak",
    columns: [name],
    rows: NO_ROWS,
    severity: "blocker",
    fix: said.confidence >= LIKELY ? { action: "steps", steps } : { action: "advice", text: advice },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(name),
    choices: KNOWN_AT,
    ...said,
  };
}

function copied(context: AuditContext, name: string, { ahead, share, past, rows, isSeldom }: LaterCopy): Suspicion {
  const { target } = context.roles;
  const { plan, excusedBy } = meaningOf(name);
  const mayBePlan = isSeldom || plan || excusedBy.length > 0;
  const said = {
    confidence: answerFor(context, name) === "after" ? 1 : mayBePlan ? MAY_LEAD : COPIED,
    evidence: { kind: "copy", fromRow: ahead, toRow: ahead, share, past, rows },
    why: `\`${name}\` is \`${target}\` of the row ${ahead === 1 ? "after" : `${ahead} rows after`} it in the order of time: of ${amount(rows)} pairs of rows ${percent(share)} are equal, with the row itself or one before it at most ${percent(past)}. It is known when that row is, or \`${target}\` is \`${name}\` of ${ahead === 1 ? "the row" : `${ahead} rows`} before${mayBePlan ? ", or it was announced" : ""}.`,
  };
  return ofLaterRows(name, said, `Find out whether "${name}" is a plan for a later row that is known beforehand, or its outcome.`);
}

async function windows(context: AuditContext, told: ReadonlySet<string>): Promise<readonly Suspicion[]> {
  const series = targetSeries(context);
  if (series === null) return [];
  const associations = associationsOf(context);
  const score = (name: string) => associations.get(name)?.score ?? 0;
  const asked = numberFeatures(context)
    .filter(({ name }) => !told.has(name) && score(name) >= LEAST_SCORE && answerFor(context, name) !== "before")
    .sort((a, b) => score(b.name) - score(a.name) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  const found: Suspicion[] = [];
  for (const { name, values } of asked) {
    const fit = windowFit(context, series, values);
    const block = context.task.kind === "regression" ? blockStatistic(series, values) : null;
    if (block !== null) found.push(ofBlock(context, name, block));
    else {
      const shaped = fit.future < SOME_FIT || fit.future > NEARLY_WHOLE ? null : shapeFit(context, series, values);
      const past = Math.max(fit.past, shaped?.past ?? 0);
      if (shaped !== null && shaped.future > fit.future && isOfFuture({ future: shaped.future, past }))
        found.push(computed(context, name, { ...fit, ...shaped, past, window: windowOf(shaped.shape) }, shaped.shape));
      else if (isOfFuture(fit)) found.push(computed(context, name, fit));
    }
    await context.pause();
  }
  return found;
}

/** What follows the smoothed target of later rows, or their largest value, follows a mean of theirs at least so much: no other column is looked at again. */
const SOME_FIT = 0.2;
/** A mean of later rows that gives so much is what the column is. */
const NEARLY_WHOLE = 0.999;

function isOfFuture({ future, past }: Pick<WindowFit, "future" | "past">): boolean {
  return future >= LEAST_FIT && 1 - future <= LEFT_OVER * (1 - past);
}

function windowOf(shape: Shape): Window {
  return shape.kind === "smoothed" ? { from: 0, to: shape.span } : shape;
}

/** The target of the last row of a block is in the column from its first row on. */
function ofBlock(context: AuditContext, name: string, { kind, blocks, share }: BlockStatistic): Suspicion {
  const steps = [{ op: "drop" as const, columns: [name] }];
  const { target } = context.roles;
  const said = { largest: "largest value", smallest: "smallest value", mean: "mean", sum: "sum", last: "last value" }[kind];
  return {
    trap: "future-leak",
    columns: [name],
    rows: NO_ROWS,
    severity: "blocker",
    confidence: 0.95,
    evidence: { kind, blocks, share },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(name),
    choices: KNOWN_AT,
    why: `In the order of time \`${name}\` stays for some rows at the ${said} that \`${target}\` has over these rows, in ${percent(share)} of the rows of ${blocks} such blocks: it was computed from the block's later rows too.`,
  };
}

/**
 * What the window leaves open over what the past leaves open: the less, the surer that the column was made from later rows and does not foretell them.
 * A copy of one later row cannot be told from an honest leading column (a gauge upstream).
 */
function confidenceOf(fit: WindowFit, excused: boolean): number {
  const left = (1 - fit.future) / Math.max(1e-12, 1 - fit.past);
  const exact = Math.min(1, -Math.log10(Math.max(1e-4, left)) / 4);
  const confidence = (0.4 + 0.57 * exact) * (excused ? 0.5 : 1);
  return mayLead(fit) ? Math.min(MAY_LEAD, confidence) : confidence;
}

/** The mean of w later rows follows a leading column too, with 1/w of the noise of a single row: only half of that says it was computed. */
function mayLead({ window: { from, to }, future, single }: WindowFit): boolean {
  return from === to || to < 2 || (to - from + 1) * (1 - future) > (1 - single) / 2;
}

function computed(context: AuditContext, name: string, fit: WindowFit, shape: Shape | null = null): Suspicion {
  const confidence = answerFor(context, name) === "after" ? 1 : confidenceOf(fit, meaningOf(name).excusedBy.length > 0);
  const { roles } = context;
  const said = {
    confidence,
    evidence: { fromRow: fit.window.from, toRow: fit.window.to, future: fit.future, past: fit.past, ...(shape && { shape: shape.kind }) },
    why: `\`${name}\` follows ${shape === null ? windowWords(fit.window, roles.target) : shapeWords(shape, roles.target)} in the order of time: they give ${percent(fit.future)} of its variance, the best window of the past ${percent(fit.past)}. ${confidence >= LIKELY ? "It seems to have been computed from rows that come later" : "It was computed from rows that come later, or it honestly leads the target"}.`,
  };
  return ofLaterRows(
    name,
    said,
    `Find out whether "${name}" is known at the row's own time and leads the target, or was computed from later rows.`,
  );
}

function windowWords({ from, to }: Window, target: string): string {
  if (from === to) return `\`${target}\` of the row ${to === 1 ? "after" : `${to} rows after`} it`;
  return `the mean of \`${target}\` from ${from < 0 ? `${-from} rows before` : from === 0 ? "the row itself" : `${from} row after`} to ${to} after it`;
}

function shapeWords(shape: Shape, target: string): string {
  if (shape.kind === "smoothed") return `\`${target}\` smoothed from the end to the beginning (a span of about ${shape.span} rows)`;
  const { from, to } = shape;
  return `the ${shape.kind} \`${target}\` from ${from < 0 ? `${-from} rows before` : from === 0 ? "the row itself" : "the next row"} to ${to} after it`;
}

function laterDates(context: AuditContext): readonly Suspicion[] {
  const { roles, frame } = context;
  if (roles.time === null) return [];
  const time = columnOf(frame, roles.time);
  if (time.type !== "date") return [];
  const associations = associationsOf(context);
  const threshold = featureThreshold(context);
  return featuresOf(context).flatMap((column) => {
    const told = associations.get(column.name);
    if (column.type !== "date" || column.name === time.name || told === undefined || answerFor(context, column.name) === "before")
      return [];
    const own = told.z > threshold && told.score >= LEAST_SCORE;
    const beside = own ? [] : namedAlike(context, column.name, threshold);
    const since = own || beside.length > 0 ? null : elapsedSince(context, column, time);
    if (!own && beside.length === 0 && since === null) return [];
    let [later, both] = [0, 0];
    for (let row = 0; row < frame.rows; row++) {
      const [date, event] = [valueAt(column, row), valueAt(time, row)];
      if (Number.isNaN(date) || Number.isNaN(event)) continue;
      both++;
      if (date > event) later++;
    }
    if (both < 20 || later < LATER * both) return [];
    if (since !== null) return [ofElapsed(context, column.name, since)];
    return [own ? laterDate(context, column.name, later / both, told.score) : ofLaterDate(context, column.name, beside, later / both)];
  });
}

/** How long it took, where that tells much; whatever else the name says, it may have been planned. */
function elapsedSince(context: AuditContext, date: Column, time: Column): Association | null {
  const values = new Float64Array(context.frame.rows);
  for (let row = 0; row < values.length; row++) values[row] = valueAt(date, row) - valueAt(time, row);
  const found = associate(
    { name: date.name, type: "number", values },
    targetView(context.target, context.task, ELAPSED_ROWS, context.seed),
  );
  return found.score < LEAST_ELAPSED || found.z <= featureThreshold(context) ? null : found;
}

/** Alone it tells nothing, so no score has it until somebody takes the time of the row from it. */
function ofElapsed(context: AuditContext, name: string, found: Association): Suspicion {
  const time = context.roles.time ?? "";
  return {
    trap: "future-leak",
    columns: [name],
    rows: NO_ROWS,
    severity: "harmful",
    confidence: answerFor(context, name) === "after" ? 1 : MAY_LEAD,
    evidence: { ...scoreEvidence(found), since: time },
    fix: { action: "steps", steps: [{ op: "drop", columns: [name] }] },
    counterfactual: null,
    unmeasured: `It is harmful as soon as somebody counts the time from \`${time}\` to it: no model here is given \`${time}\`, so no score has that.`,
    question: knownQuestion(name),
    choices: KNOWN_AT,
    why: `The time from \`${time}\` to \`${name}\` tells much: ${scoreWords(found, context.task)}. \`${name}\` lies later: unless it was planned, it was not written yet.`,
  };
}

/** Planned dates lie ahead as well: where the name rather does not say that it has happened, or the date was given with a column that is no later, a person decides. */
function laterDate(context: AuditContext, name: string, share: number, score: number): Suspicion {
  const { after, excusedBy } = meaningOf(name);
  const time = context.roles.time ?? "";
  const by = givenAhead(context, name, time);
  const byName = Math.min(after < 0.5 || by !== null ? MAY_LEAD : 0.9, 0.4 + 0.4 * after) * (excusedBy.length > 0 ? 0.3 : 1);
  const confidence = answerFor(context, name) === "after" ? 1 : byName;
  const given = by === null ? "" : ` It is \`${time}\` and \`${by}\`, so it is known when \`${by}\` is.`;
  return ofLaterRows(
    name,
    {
      confidence,
      evidence: { laterShare: share, score, afterWeight: after, ...(by !== null && { givenBy: by }) },
      why: `\`${name}\` lies after \`${time}\` in ${percent(share)} of the rows and tells the target: unless it was planned, it was not written yet.${given}`,
    },
    `Find out whether "${name}" is planned beforehand or written down when it has happened.`,
  );
}

/** Columns that share a word with the name of a date, but for words of time, and tell the target: "bureau_score" beside "score_date". */
function namedAlike(context: AuditContext, date: string, threshold: number): readonly string[] {
  const associations = associationsOf(context);
  const said = nameWords(date).filter((word) => word.length > 2 && !TIME_WORDS.includes(word));
  return context.roles.features.filter((name) => {
    const told = associations.get(name);
    if (name === date || told === undefined || told.z <= threshold || told.score < LEAST_SCORE) return false;
    return answerFor(context, name) !== "before" && nameWords(name).some((word) => said.includes(word));
  });
}

/** Only the names say that the columns belong to the date. */
function ofLaterDate(context: AuditContext, date: string, columns: readonly string[], share: number): Suspicion {
  const steps = [{ op: "drop" as const, columns }];
  const { time } = context.roles;
  return {
    trap: "future-leak",
    columns: [...columns, date],
    rows: NO_ROWS,
    severity: "harmful",
    confidence: MAY_LEAD,
    evidence: { date, laterShare: share, score: associationsOf(context).get(columns[0] ?? "")?.score ?? Number.NaN },
    fix: {
      action: "advice",
      text: `Find out whether ${namedColumns(columns)} ${columns.length === 1 ? "is" : "are"} of \`${date}\`; if so, leave ${columns.length === 1 ? "it" : "them"} out or take the values of before \`${time ?? ""}\`.`,
    },
    counterfactual: { change: "steps", steps, flatters: true },
    question: `At the moment of prediction, are the values of ${namedColumns(columns)} already written?`,
    choices: KNOWN_AT,
    why: `\`${date}\` lies after \`${time ?? ""}\` in ${percent(share)} of the rows, and ${namedColumns(columns)} ${columns.length === 1 ? "has" : "have"} a word of its name and ${columns.length === 1 ? "tells" : "tell"} the target: if ${columns.length === 1 ? "it was" : "they were"} written on that day, a score with ${columns.length === 1 ? "it" : "them"} is a lie.`,
  };
}
