import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../../src/core/random.ts";
import { cellsOf } from "../csv-line.ts";
import type { Table } from "./table.ts";

/**
 * A real table and what was taken out of it, so that no trap that its documentation or its columns tell of is left. Written before the audit saw any of them; what
 * it says of them afterwards counts as a false alarm, whether or not somebody might see a trap there too.
 */
export interface RealTable {
  readonly name: string;
  readonly file: string;
  /** Absent: the first line. */
  readonly header?: readonly string[];
  readonly target: string;
  readonly task: Table["task"];
  /** Columns left beside the target. */
  readonly keep: readonly string[];
  /** Rows with such a cell in a column that is left go. */
  readonly without: readonly string[];
  /** Only rows below or above, by column. */
  readonly below?: Readonly<Record<string, number>>;
  readonly above?: Readonly<Record<string, number>>;
  /** Labels that get another name, so that they are no codes. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Rows of the most frequent class go until the others have this share. */
  readonly atLeast?: number;
  readonly licence: string;
  readonly source: string;
  readonly stripped: string;
}

/** The stripped rows of real tables, shuffled: draw 0 is what is audited, others are other rows where there are enough. */
export interface CleanReal {
  readonly task: Table["task"];
  draw(seed: number, rows: number, draw: number): Table;
}

/** Those whose file is in the folder. */
export function readReal(folder: string): CleanReal[] {
  const all = JSON.parse(readFileSync("bench/traps/real.json", "utf8")) as readonly RealTable[];
  return all.flatMap((one) => {
    const file = join(folder, one.file);
    return existsSync(file) ? [cleanReal(one, stripped(one, readFileSync(file, "utf8")))] : [];
  });
}

function cleanReal({ name, target, task, keep }: RealTable, grid: readonly (readonly string[])[]): CleanReal {
  const names = [...keep, target];
  return {
    task,
    draw(seed, rows, draw) {
      const order = createRandom(seed, "real rows", name).shuffle(grid.map((_, row) => row));
      // The audited rows are kept out of the others while enough are left.
      const rest = order.length >= 2 * rows ? order.slice(rows) : order;
      const taken =
        draw === 0
          ? order.slice(0, rows)
          : createRandom(seed, "other rows", name, draw)
              .shuffle([...rest])
              .slice(0, rows);
      const columns = new Map(names.map((column, place) => [column, taken.map((row) => grid[row]?.[place] ?? "")]));
      return { name: `${name}-${task}-${taken.length}-${seed}`, target, task, columns, test: null, flags: [] };
    },
  };
}

/** Rows of the columns that are left, the target last; no two have the same features, so no copies and no contradictions are left. */
function stripped(spec: RealTable, text: string): string[][] {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== "");
  // A line that is one quoted cell holds the real line.
  const isNested = cellsOf(lines[0] ?? "").length === 1;
  const rows = lines.map((line) => cellsOf(isNested ? (cellsOf(line)[0] ?? "") : line).map((cell) => cell.trim()));
  const header = spec.header ?? rows.shift() ?? [];
  const places = [...spec.keep, spec.target].map((name) => {
    const place = header.indexOf(name);
    if (place < 0) throw new RangeError(`${spec.file} has no column ${name}`);
    return place;
  });
  const number = (row: readonly string[], name: string) => Number(row[header.indexOf(name)]);
  const seen = new Set<string>();
  const kept = rows.flatMap((row) => {
    const cells = places.map((place) => row[place] ?? "");
    const label = cells.pop() ?? "";
    const key = cells.join("\u0000");
    const isIn =
      ![...cells, label].some((cell) => cell === "" || spec.without.includes(cell)) &&
      Object.entries(spec.below ?? {}).every(([name, limit]) => number(row, name) < limit) &&
      Object.entries(spec.above ?? {}).every(([name, limit]) => number(row, name) > limit) &&
      !seen.has(key);
    if (!isIn) return [];
    seen.add(key);
    return [[...cells, spec.rename?.[label] ?? label]];
  });
  return spec.atLeast === undefined ? kept : balanced(kept, spec.atLeast);
}

function balanced(rows: readonly string[][], atLeast: number): string[][] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.at(-1) ?? "", (counts.get(row.at(-1) ?? "") ?? 0) + 1);
  const [frequent, most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  const allowed = Math.floor(((rows.length - most) * (1 - atLeast)) / atLeast);
  const random = createRandom(1, "balanced");
  return rows.filter((row) => row.at(-1) !== frequent || random.next() < allowed / most);
}
