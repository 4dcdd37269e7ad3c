import { type Column, columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { float64From, float64Where, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { wilson } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { momentsOf } from "../meaning/unix-times.ts";
import { type ThingInTime, thingsInTime } from "../split/things-in-time.ts";
import { clockSetBack } from "../values/clock-set-back.ts";
import { daysWithoutRows } from "../values/days-without-rows.ts";
import { isRegular, type TimeSteps, timeSteps } from "../values/time-steps.ts";

const LEAST_TIMES = 30;
const UNITS: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
  [1, "millisecond"],
];

/** A regular series with gaps, times that stand twice, or the hour that summer time skips and repeats. */
export const irregularTime: Check = {
  trap: "irregular-time",
  title: "Time jumps or repeats",
  inspect: (context) => [...ofZones(context), ...alongTime(context)],
};

/** Times that name a zone beside times that name none. */
function ofZones({ dataset, roles }: AuditContext): Suspicion[] {
  return dataset.columns.flatMap(({ name, zones }): Suspicion[] => {
    if (zones === undefined || !(roles.time === name || roles.features.includes(name))) return [];
    const { named, unnamed } = zones;
    return [
      {
        trap: "irregular-time",
        columns: [name],
        rows: { count: Math.min(named, unnamed), sample: [] },
        severity: "costly",
        confidence: 0.9,
        evidence: { namedZone: named, unnamedZone: unnamed },
        fix: { action: "advice", text: `Write the zone of all times of \`${name}\` at their source.` },
        counterfactual: null,
        unmeasured: "Which hours are wrong the table does not say.",
        question: null,
        why: `\`${name}\` names the zone of ${counted(named, "time")} and none of ${amount(unnamed)}, which ${unnamed === 1 ? "is" : "are"} read as UTC: if they are local times, their hours, and their order among the others, are off by the difference.`,
      },
    ];
  });
}

function alongTime(context: AuditContext): Suspicion[] {
  const { by } = rowOrderOf(context);
  if (by === null) return ofOtherDates(context);
  const column = columnOf(context.frame, by);
  const moments = momentsOf(column);
  if (moments === null) return [];
  // In a sample of the rows every step is a gap.
  if (context.frame.rowNumbers !== null) return lostDays(column, moments, LEAST_SAMPLED);
  const times = float64Where(moments, (time) => !Number.isNaN(time)).sort();
  const steps = timeSteps(times, LEAST_TIMES);
  if (steps === null) return lostDays(column, moments);
  if (!isRegular(steps, times.length)) return [...setBack(context, column, moments), ...ofThings(context), ...lostDays(column, moments)];
  return steps.gaps.length + steps.repeats + steps.odd === 0 ? [] : [suspicion(context, { name: column.name, values: moments }, steps)];
}

/** Rows that stand in no order of time have times all the same. */
function ofOtherDates({ frame, roles }: AuditContext): Suspicion[] {
  const dates = frame.columns.filter(({ name, type }) => type === "date" && roles.features.includes(name));
  const least = frame.rowNumbers === null ? undefined : LEAST_SAMPLED;
  return dates.flatMap((column) => lostDays(column, momentsOf(column) ?? new Float64Array(), least)).slice(0, 1);
}

interface Stamps {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly values: Float64Array;
}

/** A clock that was set back, or a file whose pieces overlap. Series of several things stand one below the other too, and then a column says of what. */
function setBack(context: AuditContext, column: Column, moments: Float64Array): Suspicion[] {
  const rows = int32Where(placesUpTo(moments.length), (row) => !Number.isNaN(moments[row]));
  const found = clockSetBack(float64From(rows, (row) => moments[row] ?? 0));
  if (found === null) return [];
  const starts = [0, ...found.places, rows.length];
  const names = context.frame.columns.some((other) => {
    if (other === column) return false;
    const held = starts.slice(1).map((end, k) => new Set(Array.from(rows.subarray(starts[k], end), (row) => valueAt(other, row))));
    return held.every(({ size }) => size === 1) && new Set(held.flatMap((values) => [...values])).size > 1;
  });
  if (names) return [];
  const { longestMs, repeats, step, places } = found;
  const seen = new Set<number>();
  const [ms, unit] = UNITS.find(([one]) => longestMs % one === 0) ?? [1, "millisecond"];
  return [
    {
      trap: "irregular-time",
      columns: [column.name],
      rows: affectedRows(context, (row) => {
        const time = moments[row] ?? Number.NaN;
        const known = seen.has(time);
        seen.add(time);
        return known;
      }),
      severity: "costly",
      confidence: 0.85,
      evidence: { stepMs: step, stepsBack: places.length, longestBackMs: longestMs, repeatedRows: repeats },
      fix: {
        action: "advice",
        text: `Find out which of the two rows of a time is right, or whether a clock was set back: in the order of \`${column.name}\` they are mixed.`,
      },
      counterfactual: null,
      question: null,
      why: `\`${column.name}\` goes in steps of ${stepWords(step)}, but in the order of the file it goes back ${places.length === 1 ? "once" : counted(places.length, "time")}, by ${counted(longestMs / ms, unit)}${places.length === 1 ? "" : " at most"}, and on from there: ${counted(repeats, "row")} ${repeats === 1 ? "is" : "are"} at a time that a row before ${repeats === 1 ? "it" : "them"} has, as when a clock is set back.`,
    },
  ];
}

/** Days that are named in a sentence. */
const MOST_NAMED = 4;

/** Rows of nearly every day of a sample, of which then none misses a day by chance (e^-20 of a day that has as many as they). */
const LEAST_SAMPLED = 20;

/** Events that come as they like, but on every day. */
function lostDays({ name }: Column, moments: Float64Array, leastEach?: number): Suspicion[] {
  const found = daysWithoutRows(
    float64Where(moments, (time) => !Number.isNaN(time)),
    leastEach,
  );
  if (found === null) return [];
  const { stretches, daysWithRows, usual, few } = found;
  const days = stretches.reduce((sum, one) => sum + one.days, 0);
  const longest = stretches.toSorted((a, b) => b.days - a.days || a.from - b.from);
  const named = longest.slice(0, MOST_NAMED).map((one) => `${iso(one.from).slice(0, 10)} (${counted(one.days, "day")})`);
  return [
    {
      trap: "irregular-time",
      columns: [name],
      rows: { count: 0, sample: [] },
      severity: "cosmetic",
      confidence: 0.85,
      evidence: {
        daysWithout: days,
        daysWithRows,
        rowsOfADay: usual,
        fewestOfNineteenInTwenty: few,
        stretches: longest.slice(0, 5).map((one) => ({ from: iso(one.from).slice(0, 10), days: one.days })),
      },
      fix: {
        action: "advice",
        text: `Find out whether rows of these days were lost, and let no lag, window or sum of days run over them unmarked.`,
      },
      counterfactual: null,
      unmeasured: "What happened on these days the table does not say.",
      question: null,
      why: `In \`${name}\` ${counted(stretches.length, "stretch", "stretches")} of days ${stretches.length === 1 ? "has" : "have"} no row, beginning with ${named.join(", ")}${longest.length > MOST_NAMED ? " and others" : ""}: ${counted(days, "day")} in all, while ${amount(daysWithRows)} others have ${amount(usual)} rows as a rule and hardly one has fewer than ${amount(few)}.`,
    },
  ];
}

/** Things that go in one rhythm, of all; steps that are left out in a row and times as many as mostly are, so that it is a stretch and no row lost by chance. */
const [ONE_RHYTHM, STRETCH, TIMES_USUAL] = [0.8, 10, 5];

interface GapOfThing {
  readonly name: string;
  /** The row before it, and steps that are left out. */
  readonly row: number;
  readonly left: number;
}

/** Stretches that are left out of the series of things: at each time there are rows of others, so the times of all show nothing. */
function ofThings(context: AuditContext): Suspicion[] {
  const found = thingsInTime(context);
  if (found === null || found.unit === null) return [];
  const { unit, time, moments, things } = found;
  const series = things.flatMap((thing) => {
    const times = float64From(thing.rows, (row) => moments[row] ?? 0);
    const steps = timeSteps(times, LEAST_TIMES);
    return steps !== null && isRegular(steps, times.length) ? [{ thing, steps }] : [];
  });
  const [step = 0] = series
    .map(({ steps }) => steps.step)
    .sort((a, b) => a - b)
    .slice(series.length >> 1);
  const inRhythm = series.filter(({ steps }) => steps.step === step);
  if (inRhythm.length < ONE_RHYTHM * things.length) return [];
  const stretches = inRhythm.flatMap(({ thing, steps }) => longGaps(thing, steps, moments)).sort((a, b) => b.left - a.left);
  const [longest] = stretches;
  if (longest === undefined) return [];
  const before = new Set(stretches.map(({ row }) => row));
  const held = new Set(stretches.map(({ name }) => name)).size;
  const left = stretches.reduce((sum, gap) => sum + gap.left, 0);
  const share = held === things.length ? `each of the ${amount(held)} series` : `${amount(held)} of the ${amount(things.length)} series`;
  return [
    {
      trap: "irregular-time",
      columns: [time, unit],
      rows: affectedRows(context, (row) => before.has(row)),
      severity: "costly",
      confidence: 0.85,
      evidence: {
        stepMs: step,
        series: things.length,
        seriesWithGaps: held,
        gaps: stretches.length,
        missingSteps: left,
        longestGaps: stretches.slice(0, 5).map((gap) => ({ of: gap.name, after: iso(moments[gap.row] ?? 0), steps: gap.left })),
      },
      fix: {
        action: "advice",
        text: `Before lags or windows are made, put in the missing steps of each \`${unit}\` as rows, or begin anew behind a gap.`,
      },
      counterfactual: null,
      question: null,
      why: `For each \`${unit}\` \`${time}\` goes in steps of ${stepWords(step)}, but in ${share} a stretch is left out: ${counted(stretches.length, "gap")} of ${STRETCH} steps and more (${counted(left, "missing step")}, the longest ${amount(longest.left)}, of ${longest.name} after ${iso(moments[longest.row] ?? 0)}). "The row before" is then of long before.`,
    },
  ];
}

function longGaps({ name, rows }: ThingInTime, { gaps }: TimeSteps, moments: Float64Array): readonly GapOfThing[] {
  const usual = gaps[gaps.length >> 1]?.left ?? 0;
  const rowAt = new Map(rows.map((row) => [moments[row] ?? 0, row]));
  // Of few gaps the middle one may be long itself.
  const isLong = (left: number) => left >= STRETCH && (gaps.length < 3 || left >= TIMES_USUAL * usual);
  return gaps.flatMap(({ at, left }) => (isLong(left) ? [{ name, row: rowAt.get(at) ?? -1, left }] : []));
}

function suspicion(context: AuditContext, column: Stamps, steps: TimeSteps): Suspicion {
  const { step, times, repeats, sharing, gaps, odd, regular, habitual } = steps;
  const left = gaps.reduce((sum, gap) => sum + gap.left, 0);
  const summer = summerTime(column.values, gaps, step);
  const firsts = new Set<number>();
  const before = new Set(gaps.map(({ at }) => at));
  const isHit = (row: number) => {
    const time = column.values[row] ?? Number.NaN;
    const repeated = firsts.has(time);
    firsts.add(time);
    return repeated || before.has(time);
  };
  const parts = [
    ...(gaps.length === 0
      ? []
      : [`${counted(gaps.length, "gap")} (${counted(left, "missing step")}, the longest after ${iso(gaps[0]?.at ?? 0)})`]),
    ...(repeats === 0 ? [] : [`${counted(sharing, "row")} at a time that another row has (${amount(repeats)} more than there are times)`]),
    ...(odd === 0 ? [] : [`${counted(odd, "step")} off the rhythm`]),
  ];
  return {
    trap: "irregular-time",
    columns: [column.name],
    rows: affectedRows(context, isHit),
    severity: "costly",
    confidence: wilson(Math.round((times - 1) * regular) + habitual, times - 1, 0.95).low,
    evidence: {
      stepMs: step,
      regularShare: regular,
      habitualPauses: habitual,
      gaps: gaps.length,
      missingSteps: left,
      longestGaps: gaps.slice(0, 5).map(({ at, left: steps }) => ({ after: iso(at), steps })),
      repeatedRows: repeats,
      sharingRows: sharing,
      oddSteps: odd,
      summerTime: summer,
    },
    fix: {
      action: "advice",
      text: summer
        ? `Write \`${column.name}\` in UTC or with its offset, so that the hour that summer time repeats can be told apart.`
        : `Before lags or windows are made from \`${column.name}\`, put in the missing steps as rows and keep one row of each time.`,
    },
    counterfactual: null,
    question: null,
    why: `\`${column.name}\` goes in steps of ${stepWords(step)} (${percent(regular)} of them), but there ${gaps.length + repeats + odd === 1 ? "is" : "are"} ${parts.join(", ")}: "the row before" is not always one step before.${summer ? " They fall on the nights in which summer time begins and ends: the times are local." : ""}`,
  };
}

/** Gaps of an hour in March or April and repeats in October or November, all on Sundays (EU, North America), or the other way round in the south. */
function summerTime(values: Float64Array, gaps: TimeSteps["gaps"], step: number): boolean {
  if (step > 3_600_000) return false;
  const months = new Set([2, 3, 8, 9, 10]);
  const onTurn = (time: number) =>
    new Date(time).getUTCDay() === 0 && months.has(new Date(time).getUTCMonth()) && new Date(time).getUTCHours() <= 3;
  const seen = new Set<number>();
  const repeated = float64Where(values, (time) => {
    const known = seen.has(time);
    seen.add(time);
    return known;
  });
  const hour = gaps.filter(({ left }) => left * step <= 3_600_000);
  return (
    hour.length > 0 &&
    repeated.length > 0 &&
    gaps.length === hour.length &&
    hour.every(({ at }) => onTurn(at + step)) &&
    repeated.every(onTurn)
  );
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace("T", " ");
}

function stepWords(step: number): string {
  const [ms, name] = UNITS.find(([unit]) => step % unit === 0) ?? [1, "millisecond"];
  return step === ms ? `one ${name}` : `${amount(step / ms)} ${name}s`;
}
