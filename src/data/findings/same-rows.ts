import type { AffectedRows, Fix, Suspicion } from "../../core/finding.ts";
import { amount, namedColumns } from "./phrase.ts";

/** Of the rows of one column or the other, those of both: two columns that have nothing to do with each other do not break in the same few of thousands. */
const SHARED = 0.5;
/** Columns whose values are told; of each so many. */
const [MOST_TOLD, MOST_VALUES] = [3, 3];

/**
 * One finding for columns that are wrong in the same few rows, or in those of the same thing: one row was made wrong, and one answer goes for all its columns. Findings of one column each that become missing, or
 * whose things are named. The one that is surest speaks.
 */
export function oneFindingPerRows(found: readonly Suspicion[]): readonly Suspicion[] {
  const groups: Suspicion[][] = [];
  for (const one of found) {
    const known = isOfOneColumn(one) ? groups.find(([first]) => first !== undefined && isSameCause(first, one)) : undefined;
    if (known === undefined) groups.push([one]);
    else known.push(one);
  }
  return groups.flatMap((group) => (group.length < 2 ? group : [joined(group)]));
}

function isOfOneColumn({ columns, fix, evidence }: Suspicion): boolean {
  return columns.length === 1 && (fix.action === "steps" || evidence.thingsIn !== undefined);
}

function isSameCause(one: Suspicion, other: Suspicion): boolean {
  const kindOf = ({ trap, fix, severity, question }: Suspicion) => [trap, fix.action, severity, question === null].join();
  if (!isOfOneColumn(one) || kindOf(one) !== kindOf(other)) return false;
  const thingsOf = ({ evidence: { thingsIn, things } }: Suspicion) => JSON.stringify([thingsIn ?? null, things ?? null]);
  if (thingsOf(one) !== thingsOf(other)) return false;
  return one.evidence.thingsIn !== undefined || shareOf(one.rows, other.rows) >= SHARED;
}

/** 0 unless all rows of both are known. */
function shareOf(a: AffectedRows, b: AffectedRows): number {
  if (a.count > a.sample.length || b.count > b.sample.length) return 0;
  const both = a.sample.filter((row) => b.sample.includes(row)).length;
  return both / Math.max(1, a.count + b.count - both);
}

function joined(group: readonly Suspicion[]): Suspicion {
  const [surest, ...others] = group.toSorted((a, b) => b.confidence - a.confidence || chanceOf(a) - chanceOf(b)) as [
    Suspicion,
    ...Suspicion[],
  ];
  const columns = [surest, ...others].flatMap((one) => one.columns);
  const stepsOf = (fix: Fix | undefined) => (fix?.action === "steps" ? fix.steps : []);
  const steps = [surest, ...others].flatMap(({ fix }) => stepsOf(fix));
  const confirmed = [surest, ...others].flatMap(({ ifConfirmed }) => stepsOf(ifConfirmed?.fix));
  const held = group.flatMap((one) => one.held ?? []);
  const { held: _one, ...rest } = surest;
  const said = `\`${surest.columns[0]}\` is `;
  const names = namedColumns(columns);
  const isMended = surest.fix.action === "steps";
  return {
    ...rest,
    columns,
    rows: rowsOfAll(group),
    ...(held.length < group.length ? {} : { held }),
    evidence: {
      ...surest.evidence,
      others: others.map(({ columns: [column = ""], evidence: { values = [] }, rows: { count } }) => ({ column, values, rows: count })),
    },
    fix:
      surest.fix.action === "advice"
        ? { action: "advice", text: surest.fix.text.replace(said, `${names} are `) }
        : { action: "steps", steps },
    ...(confirmed.length === 0 ? {} : { ifConfirmed: { fix: { action: "steps", steps: confirmed } } }),
    counterfactual: isMended ? { change: "steps", steps, flatters: false } : null,
    question:
      surest.question === null
        ? null
        : isMended
          ? `Are these values of ${names} mistakes?`
          : surest.question.replace(`Is \`${surest.columns[0]}\` `, `Are ${names} `),
    why: `${surest.why} In ${others.every((one) => shareOf(one.rows, surest.rows) === 1) ? "the same" : "nearly the same"} rows ${toldOf(others)}.`,
  };
}

function chanceOf({ evidence: { p } }: Suspicion): number {
  return typeof p === "number" ? p : 1;
}

function toldOf(others: readonly Suspicion[]): string {
  const told = others.slice(0, MOST_TOLD).map(({ columns: [name], evidence: { values } }) => {
    const numbers = Array.isArray(values) ? values.filter((value) => typeof value === "number") : [];
    return `\`${name}\` is ${numbers.slice(0, MOST_VALUES).map(amount).join(", ")}${numbers.length > MOST_VALUES ? ", ..." : ""}`;
  });
  const more = others.length - told.length;
  return `${told.join("; ")}${more > 0 ? `; and ${namedColumns(others.slice(MOST_TOLD).flatMap(({ columns }) => columns))} ${more === 1 ? "is" : "are"} as far off` : ""}`;
}

/** Examples of rows. */
const MOST_SHOWN = 10;

/** All where those of each are known; else at least those of the column with most of them. */
function rowsOfAll(group: readonly Suspicion[]): AffectedRows {
  const most = group.reduce(
    (largest, { rows }) => (rows.count > largest.count ? rows : largest),
    group[0]?.rows ?? { count: 0, sample: [] },
  );
  if (group.some(({ rows }) => rows.count > rows.sample.length)) return most;
  const all = [...new Set(group.flatMap(({ rows }) => rows.sample))].sort((a, b) => a - b);
  return { ...most, count: all.length, sample: all.slice(0, MOST_SHOWN) };
}
