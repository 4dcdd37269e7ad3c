import type { AffectedRows, Fix, Suspicion } from "../../core/finding.ts";
import { withoutNumbers } from "../meaning/kindred-names.ts";
import { KNOWN_AT } from "./answers.ts";
import { namedColumns } from "./phrase.ts";

/**
 * One finding for columns of which the same is said and that were written together: siblings of the target whose names differ in numbers only ("rainfc.1" to
 * "rainfc.11"), columns of plain numbers that are kept as text, columns whose numbers are written with one mark before decimals (the dialect of the file), and columns of which the same is only told, in the same words but for their names and numbers. The one with the strongest evidence speaks; the others are counted with it, priced with it, and one
 * answer or undo goes for all. Where their numbers are others, these are told. `allRows`: of the table.
 */
export function togetherWhereAlike<T extends Suspicion>(found: readonly T[], allRows: number): readonly T[] {
  const groups = new Map<string, T[]>();
  for (const one of found) {
    const key = causeOf(one);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const joined = new Map<T, T | null>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const [strongest, ...rest] = group.toSorted((a, b) => b.confidence - a.confidence || scoreOf(b) - scoreOf(a)) as [T, ...T[]];
    joined.set(group[0] ?? strongest, joinedOf(strongest, group, rest, allRows));
    for (const one of group.slice(1)) joined.set(one, null);
  }
  return found.flatMap((one) => {
    const whole = joined.get(one);
    return whole === undefined ? [one] : (whole ?? []);
  });
}

/** What findings have in common that are one; null for those that stand alone. */
function causeOf(one: Suspicion): string | null {
  const { trap, columns, evidence, choices, question } = one;
  const [name = "", ...more] = columns;
  if (name === "" || more.length > 0) return null;
  if (isOnlyTold(one)) return `${trap} ${one.why.replaceAll(`\`${name}\``, "").replace(/[\d.,:]+/g, "")}`;
  if (trap === "sibling-target" && typeof evidence.sharedStem === "string" && evidence.form === undefined && choices === KNOWN_AT)
    return `${trap} ${evidence.sharedStem} ${withoutNumbers(name)}`;
  if (trap !== "text-number" || question !== null) return null;
  return evidence.plain === true ? trap : writingOf(one);
}

/** Of numbers that the reader took out of texts: which mark stands before decimals. Units and notes are of a column, marks of the file. */
function writingOf({ trap, fix, counterfactual, evidence }: Suspicion): string | null {
  const { decimal, units, notes } = evidence;
  const bare = [units, notes].every((marks) => Array.isArray(marks) && marks.length === 0);
  return fix.action === "reading" && counterfactual?.change === "undo" && bare && typeof decimal === "string" ? `${trap} ${decimal}` : null;
}

/** No experiment prices it, nobody is asked, and no step mends it. */
function isOnlyTold({ fix, counterfactual, question }: Suspicion): boolean {
  return (fix.action === "advice" || fix.action === "reading") && counterfactual === null && question === null;
}

/** What is advised of one column, or how it was read, said of all. */
function ofAll(fix: Fix, [name]: readonly string[], columns: readonly string[]): Fix {
  if (fix.action !== "advice" && fix.action !== "reading") return fix;
  const said = `\`${name}\``;
  const text = fix.text.replace(`${said} is `, `${said} are `).replaceAll(said, namedColumns(columns));
  return { ...fix, text };
}

function scoreOf({ evidence }: Suspicion): number {
  return typeof evidence.score === "number" ? evidence.score : 0;
}

function joinedOf<T extends Suspicion>(strongest: T, group: readonly T[], rest: readonly T[], allRows: number): T {
  const columns = group.flatMap((one) => one.columns);
  const others = rest.flatMap((one) => one.columns);
  if (isOnlyTold(strongest)) {
    const fix = ofAll(strongest.fix, strongest.columns, columns);
    return {
      ...strongest,
      columns,
      rows: rowsOfAll(strongest, group, allRows),
      evidence: { ...strongest.evidence, others },
      fix,
      why: `${strongest.why} So it is of ${othersSaid(strongest, rest)}.`,
    };
  }
  if (strongest.counterfactual?.change === "undo") {
    const undone = group.flatMap(({ counterfactual }) => (counterfactual?.change === "undo" ? counterfactual.steps : []));
    return {
      ...strongest,
      columns,
      rows: rowsOfAll(strongest, group, allRows),
      evidence: { ...strongest.evidence, others },
      fix: ofAll(strongest.fix, strongest.columns, columns),
      counterfactual: { ...strongest.counterfactual, steps: undone },
      why: `${strongest.why} So it is of ${namedColumns(others)}.`,
    };
  }
  const steps = group.flatMap(({ fix }) => (fix.action === "steps" ? fix.steps : []));
  const isAsked = strongest.question !== null;
  return {
    ...strongest,
    columns,
    rows: group.reduce((most, { rows }) => (rows.count > most.count ? rows : most), strongest.rows),
    evidence: { ...strongest.evidence, others },
    fix: isAsked
      ? {
          action: "advice",
          text: `Say with --known-at whether ${namedColumns(columns)} are known before the prediction; if not, they are left out.`,
        }
      : { action: "steps", steps },
    counterfactual: isAsked
      ? { change: "steps", steps: [{ op: "drop", columns }], flatters: true }
      : { change: "steps", steps, flatters: false },
    question: isAsked ? `At the moment of prediction, are the values of ${namedColumns(columns)} already written?` : null,
    why: `${strongest.why} So it is of ${namedColumns(others)}.`,
  };
}

/** More columns are only counted. */
const MOST_SAID = 3;

/** The other columns, each with what its sentence says in other numbers. */
function othersSaid(strongest: Suspicion, rest: readonly Suspicion[]): string {
  const own = rest.map((one) => ownNumbers(strongest.why, one.why));
  if (own.every((said) => said === "")) return namedColumns(rest.flatMap(({ columns }) => columns));
  const said = rest.slice(0, MOST_SAID).map(({ columns }, at) => `${namedColumns(columns)}${own[at] === "" ? "" : ` (${own[at]})`}`);
  const more = rest.length - said.length;
  if (more > 0) said.push(`${more} more with numbers of their own`);
  return said.length === 1 ? (said[0] ?? "") : `${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}

const NUMBER = /\d+(?:[.,:]\d+)*(?:e[+-]?\d+)?/g;

/** From the first number to the last that is not the other sentence's, with the words between and what belongs to it; empty where all agree. */
function ownNumbers(other: string, why: string): string {
  const numbers = [...withoutNames(why).matchAll(NUMBER)];
  const theirs = withoutNames(other).match(NUMBER) ?? [];
  const differ = numbers.filter(([number], at) => number !== theirs[at]);
  const [first, last] = [differ[0], differ.at(-1)];
  if (first === undefined || last === undefined) return "";
  const end = last.index + last[0].length;
  const said = `${why.slice(first.index, end)}${/^ (?:%|rows?\b)/.exec(why.slice(end))?.[0] ?? ""}`;
  return said.includes("(") && !said.includes(")") ? `${said})` : said;
}

/** As long as before: the digits of names are no numbers of the sentence. */
function withoutNames(why: string): string {
  return why.replace(/`[^`]*`/g, (name) => name.replace(/\d/g, "_"));
}

/** Examples of rows. */
const MOST_SHOWN = 10;

/** Those of one where all say the same of as many; else of each: all where each is known, and at most so many as there are. */
function rowsOfAll(strongest: Suspicion, group: readonly Suspicion[], allRows: number): AffectedRows {
  if (group.every((one) => ownNumbers(strongest.why, one.why) === "" && one.rows.count === strongest.rows.count)) return strongest.rows;
  const known = [...new Set(group.flatMap(({ rows }) => rows.sample))].sort((a, b) => a - b);
  const sum = group.reduce((rows, one) => rows + one.rows.count, 0);
  const count = group.every(({ rows }) => rows.count <= rows.sample.length) ? known.length : Math.min(sum, allRows);
  const estimated = group.find(({ rows }) => rows.estimated !== undefined)?.rows.estimated;
  return { count, sample: known.slice(0, MOST_SHOWN), ...(estimated === undefined ? {} : { estimated }) };
}
