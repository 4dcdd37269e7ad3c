import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, factsOf, textAt, valueAt } from "../columns/column-facts.ts";
import { viewOf } from "../signal/associations.ts";

/** One value of a column of two values, or of one value and gaps. */
export interface Flag {
  readonly column: string;
  /** As the file writes it. */
  readonly text: string;
}

/** Flags of which one or more stand in nearly all rows of a class, and in nearly no other row: a loss is a fire, a flood or a theft. */
export interface FlagUnion {
  /** The one that takes in most rows first. */
  readonly flags: readonly Flag[];
  /** Class of the rows with one of them. */
  readonly label: number;
  /** Share of the labelled rows that are on the side the flags say. */
  readonly share: number;
}

const MOST_FLAGS = 8;
/** Rows of each class, and of the rows that a flag takes in beyond those before it. */
const LEAST_ROWS = 20;
const LEAST_MORE = 5;
/** Share of the rows that the flags must put on the right side; of the smaller class so many may be wrong. */
const RIGHT = 0.99;
const WRONG_OF_SMALLER = 0.05;
/** Chance that what a flag adds is pure by chance, times the flags (Bonferroni). */
const BY_CHANCE = 1e-4;

interface Marked extends Flag {
  /** 1 where the flag stands. */
  readonly stands: Uint8Array;
}

/**
 * Two flags or more that together are a class of two, though none is alone: "or" of their values, which for the other class is "and" of the others. Greedy: flags that stand
 * in rows of nearly one class only, the one that adds most of it next, as long as what it adds is purer than chance has it among the rows that are left. null without any. Linear in rows.
 */
export function flagUnion(context: AuditContext): FlagUnion | null {
  if (context.task.kind !== "binary") return null;
  const { rows } = viewOf(context);
  const labels = Uint8Array.from(rows, (row) => context.target[row] ?? 0);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const smaller = Math.min(positives, rows.length - positives);
  if (smaller < LEAST_ROWS) return null;
  const wrong = Math.min((1 - RIGHT) * rows.length, WRONG_OF_SMALLER * smaller);
  const marked = columnsNamed(context.frame, context.roles.features).flatMap((column) => flagsOf(column, rows, context.frame.rows));
  const unions = [1, 0].flatMap((label) => unionOf(marked, labels, label, wrong) ?? []);
  // Where one flag is the class, it is no combination.
  if (unions.some(({ flags }) => flags.length < 2)) return null;
  const [best] = unions.sort((a, b) => b.share - a.share || a.flags.length - b.flags.length);
  return best ?? null;
}

function flagsOf(column: Column, rows: Int32Array, length: number): readonly Marked[] {
  if (column.type === "date" || factsOf(column, length).distinct > 2) return [];
  const firsts = new Map<number, number>();
  for (const row of rows) {
    const value = valueAt(column, row);
    if (!Number.isNaN(value) && !firsts.has(value)) firsts.set(value, row);
  }
  return [...firsts].map(([value, first]) => ({
    column: column.name,
    text: textAt(column, first) ?? "",
    stands: Uint8Array.from(rows, (row) => Number(valueAt(column, row) === value)),
  }));
}

function unionOf(marked: readonly Marked[], labels: Uint8Array, label: number, wrong: number): FlagUnion | null {
  const left = new Uint8Array(labels.length).fill(1);
  let [own, other, taken] = [0, 0, 0];
  for (const one of labels) own += Number(one === label);
  other = labels.length - own;
  let pure = marked.filter(({ stands }) => isPure(countsOf(stands, left, labels, label), wrong));
  const flags: Flag[] = [];
  while (flags.length < MOST_FLAGS && pure.length > 0) {
    const counted = pure.map((flag) => ({ flag, counts: countsOf(flag.stands, left, labels, label) }));
    counted.sort((a, b) => gain(b.counts) - gain(a.counts) || (a.flag.column < b.flag.column ? -1 : 1));
    const [next] = counted;
    if (next === undefined || !adds(next.counts, own / (own + other), marked.length)) break;
    const { flag, counts } = next;
    for (let i = 0; i < left.length; i++) if (flag.stands[i] === 1) left[i] = 0;
    flags.push({ column: flag.column, text: flag.text });
    [own, other, taken] = [own - counts.own, other - counts.other, taken + counts.other];
    pure = pure.filter(({ column }) => column !== flag.column);
    // What is wrong now: rows of the class that no flag took in, and others that one did.
    if (own + taken === 0) break;
  }
  return own + taken <= wrong && flags.length > 0 ? { flags, label, share: 1 - (own + taken) / labels.length } : null;
}

interface Counts {
  readonly own: number;
  readonly other: number;
}

function countsOf(stands: Uint8Array, left: Uint8Array, labels: Uint8Array, label: number): Counts {
  let [own, other] = [0, 0];
  for (let i = 0; i < stands.length; i++) {
    if (stands[i] === 0 || left[i] === 0) continue;
    if (labels[i] === label) own++;
    else other++;
  }
  return { own, other };
}

function gain({ own, other }: Counts): number {
  return own - other;
}

function isPure({ own, other }: Counts, wrong: number): boolean {
  return own >= LEAST_MORE && own >= RIGHT * (own + other) && other <= wrong;
}

/** `base`: share of the class among the rows that are left. */
function adds({ own, other }: Counts, base: number, flags: number): boolean {
  return own >= LEAST_MORE && own > other && binomialUpperTail(own, own + other, base) * flags < BY_CHANCE;
}
