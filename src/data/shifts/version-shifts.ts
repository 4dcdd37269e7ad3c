import { type Column, columnOf, type Frame } from "../../core/column.ts";
import type { CellsChanged, DistributionChange } from "../../core/table-diff.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import { binomialUpperTail, falseDiscoveryQ } from "../../stats/index.ts";
import { columnShift } from "./two-samples.ts";

/** Rows below which a set is too small to be compared. */
const LEAST_ROWS = 20;

type Untested = Omit<DistributionChange, "q">;

/** Two sets of rows with some columns in common. */
export interface TwoSets {
  readonly rows: "added" | "removed";
  readonly some: Frame;
  readonly others: Frame;
}

/**
 * How two versions of a table differ in distribution: the rows that one of them has alone against the rows of the other as two independent samples (Kolmogorov-Smirnov,
 * chi-square, shares of gaps), and of cells that changed in rows that both have, whether numbers grew as often as they fell (sign test) and whether as many rows took each
 * value of a category as left it (sign test of each, McNemar). Free text is left out.
 * @returns the surest first
 */
export function versionShifts(sets: readonly TwoSets[], cells: readonly CellsChanged[]): DistributionChange[] {
  const tested = [...sets.flatMap(shiftsOf), ...cells.flatMap(directionOf)];
  const q = falseDiscoveryQ(tested.map(({ p }) => p));
  return tested
    .map((one, place): DistributionChange => ({ ...one, q: q[place] ?? 1 }))
    .sort((one, other) => one.p - other.p || other.effect - one.effect || (one.column < other.column ? -1 : 1));
}

function shiftsOf({ rows, some, others }: TwoSets): Untested[] {
  if (some.rows < LEAST_ROWS || others.rows < LEAST_ROWS) return [];
  const before = placesUpTo(others.rows);
  const now = Int32Array.from({ length: some.rows }, (_, row) => others.rows + row);
  const names = new Set(others.columns.map(({ name }) => name));
  return some.columns.flatMap((column): Untested[] => {
    if (!names.has(column.name) || column.type === "text") return [];
    const joined = joinColumns(columnOf(others, column.name), column);
    if (joined === null) return [];
    const { name, effect, p, what } = columnShift(joined, before, now);
    const test = what === "missing" ? "two shares" : "values" in joined ? "Kolmogorov-Smirnov" : "chi-square";
    return [{ column: name, rows, effect, what, test, p }];
  });
}

/** One column behind the other; null when they are of other kinds. */
function joinColumns(first: Column, second: Column): Column | null {
  if ("values" in first && "values" in second && first.type === second.type)
    return { name: second.name, type: first.type, values: Float64Array.from([...first.values, ...second.values]) };
  if (!("codes" in first) || !("codes" in second)) return null;
  const levels = [...new Set([...first.levels, ...second.levels])];
  const place = new Map(levels.map((level, code) => [level, code]));
  const coded = ({ codes, levels: own }: typeof first) => Array.from(codes, (code) => place.get(own[code] ?? "") ?? -1);
  return { name: second.name, type: "category", codes: Int32Array.from([...coded(first), ...coded(second)]), levels };
}

/** Cells that grew against those that fell, or that took a value against those that left it. Nothing where no cell moved. */
function directionOf({ column, up, down, levels }: CellsChanged): Untested[] {
  const known = { column, rows: "changed", what: "values" } as const;
  if (levels !== undefined) {
    const [level] = [...levels.most].sort((a, b) => signTest(a.came, a.went) - signTest(b.came, b.went));
    if (level === undefined) return [];
    const p = Math.min(1, levels.count * signTest(level.came, level.went));
    return [{ ...known, effect: levels.net / levels.cells, test: "McNemar", level, p }];
  }
  const moved = up + down;
  return moved === 0 ? [] : [{ ...known, effect: Math.abs(up - down) / moved, test: "sign test", p: signTest(up, down) }];
}

/** Two-sided. */
function signTest(up: number, down: number): number {
  return Math.min(1, 2 * binomialUpperTail(Math.max(up, down), up + down, 0.5));
}
