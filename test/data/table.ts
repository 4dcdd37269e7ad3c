import type { Column, Frame } from "../../src/core/column.ts";
import type { Dataset } from "../../src/core/dataset.ts";
import type { Suspicion } from "../../src/core/finding.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import { float64From, int32From } from "../../src/core/typed-from.ts";
import type { AuditContext, Check, DuplicateCount } from "../../src/data/check.ts";
import { factsOf, textAt } from "../../src/data/columns/column-facts.ts";
import { type GivenRoles, inferRoles } from "../../src/data/roles/roles.ts";
import { type GivenTask, inferTask } from "../../src/data/roles/task.ts";
import { decideWords } from "../../src/store/column-type.ts";
import { frameCounts } from "./frame-counts.ts";
import { frameOverlap } from "./frame-overlap.ts";

export type Cells = readonly (number | string | Date | null)[];

/** A table in memory: name and cells of each column. Dates make a date column, numbers a number column, else names. */
export function tableOf(columns: readonly (readonly [string, Cells])[]): { dataset: Dataset; frame: Frame } {
  const rows = columns[0]?.[1].length ?? 0;
  const frame: Frame = { rows, columns: columns.map(([name, cells]) => columnFrom(name, cells)), rowNumbers: null };
  const infos = frame.columns.map((column, position) => {
    const { present, distinct, integer } = factsOf(column, rows);
    return {
      name: column.name,
      position,
      type: column.type,
      why: "",
      missing: rows - present,
      distinct,
      integer,
      unparsed: [],
      unparsedCells: 0,
      dateFormat: null,
    };
  });
  const source = { name: "made", bytes: 0, format: "csv", dialect: null };
  return { dataset: { version: "0000000000000000", rows, columns: infos, source, notes: [], parent: null }, frame };
}

function columnFrom(name: string, cells: Cells): Column {
  if (cells.every((cell) => cell === null || typeof cell === "number"))
    return { name, type: "number", values: float64From(cells, (cell) => (typeof cell === "number" ? cell : Number.NaN)) };
  if (cells.every((cell) => cell === null || cell instanceof Date))
    return { name, type: "date", values: float64From(cells, (cell) => (cell instanceof Date ? cell.getTime() : Number.NaN)) };
  const texts = cells.map((cell) => (cell === null ? null : String(cell)));
  const levels = [...new Set(texts.filter((text) => text !== null))].sort();
  const places = new Map(levels.map((level, place) => [level, place]));
  const codes = int32From(texts, (text) => (text === null ? -1 : (places.get(text) ?? -1)));
  return { name, type: wordsType(texts, levels), codes, levels };
}

/** As the store tells free text from names. */
export function wordsType(cells: Cells, levels: readonly string[]): "category" | "text" {
  let [present, length, spaces] = [0, 0, 0];
  for (const cell of cells) {
    if (cell === null) continue;
    const text = String(cell);
    present++;
    length += text.length;
    for (let at = text.indexOf(" "); at >= 0; at = text.indexOf(" ", at + 1)) spaces++;
  }
  const words = { distinct: levels.length, meanLength: length / Math.max(1, present), meanSpaces: spaces / Math.max(1, present) };
  return decideWords(words, present, 0).type === "text" ? "text" : "category";
}

export interface ContextOptions {
  readonly roles?: Omit<GivenRoles, "target">;
  readonly task?: GivenTask;
  readonly knownAt?: AuditContext["knownAt"];
  readonly testRows?: Int32Array | null;
  readonly testLooks?: number;
  readonly outOfFold?: AuditContext["outOfFold"];
  readonly seed?: number;
}

export function contextOf(table: { dataset: Dataset; frame: Frame }, target: string, options: ContextOptions = {}): AuditContext {
  const kept = new Map<string, unknown>();
  const { dataset, frame } = table;
  const inferred = inferTask(dataset, frame, target, options.task ?? {});
  return {
    dataset,
    frame,
    roles: inferRoles(dataset, frame, { target, ...options.roles }),
    groupBy: options.roles?.group == null ? [] : [options.roles.group].flat(),
    task: inferred.task,
    target: inferred.target,
    labels: [],
    testRows: options.testRows ?? null,
    testLooks: options.testLooks ?? 0,
    training: null,
    knownAt: options.knownAt ?? {},
    duplicates: async (ignoring) => duplicatesOf(frame, ignoring),
    whole: frameCounts(frame),
    testOverlap: frameOverlap(frame, frame.rows - (options.testRows?.length ?? 0)),
    outOfFold: options.outOfFold ?? null,
    seed: options.seed ?? 1,
    pause: async () => undefined,
    shared: <T>(key: string, make: () => T): T => {
      if (!kept.has(key)) kept.set(key, make());
      return kept.get(key) as T;
    },
  };
}

function duplicatesOf(frame: Frame, ignoring: readonly string[]): DuplicateCount {
  const columns = frame.columns.filter(({ name }) => !ignoring.includes(name));
  const counts = new Map<string, number[]>();
  for (let row = 0; row < frame.rows; row++) {
    const key = columns.map((column) => textAt(column, row)).join("\u0001");
    const held = counts.get(key);
    if (held === undefined) counts.set(key, [row]);
    else held.push(row);
  }
  const groups = [...counts.values()].filter((rows) => rows.length > 1);
  const surplus = groups.flatMap((rows) => rows.slice(1));
  return { rows: surplus.length, groups: groups.length, sample: surplus.sort((a, b) => a - b).slice(0, 10) };
}

export function numbers(rows: number, make: (row: number) => number): number[] {
  return Array.from({ length: rows }, (_, row) => make(row));
}

/** Honest data: four numbers and a category that tell a yes/no target together; the best alone reaches an AUC of about 0.75. */
export function honestColumns(rows: number, random: Random): [string, Cells][] {
  const [a, b, c, d] = [0, 1, 2, 3].map(() => numbers(rows, () => random.normal()));
  const town = numbers(rows, () => random.integer(5));
  const log = numbers(rows, (i) => 1.2 * (a?.[i] ?? 0) + 0.8 * (b?.[i] ?? 0) - 0.5 * (c?.[i] ?? 0) + 0.3 * ((town[i] ?? 0) - 2));
  const target = log.map((value) => (random.next() < 1 / (1 + Math.exp(-value)) ? "yes" : "no"));
  const named = (values: number[] | undefined): Cells => values ?? [];
  return [
    ["height", named(a)],
    ["weight", named(b)],
    ["income", named(c)],
    ["noise", named(d)],
    ["town", town.map((place) => `town ${place}`)],
    ["bought", target],
  ];
}

export function honestTable(
  rows: number,
  seed: number,
  extra: (random: Random, target: readonly number[]) => [string, Cells][] = () => [],
) {
  const random = createRandom(seed, "honest");
  const columns = honestColumns(rows, random);
  const target = (columns.at(-1)?.[1] ?? []).map((label) => Number(label === "yes"));
  return tableOf([...extra(random, target), ...columns]);
}

export async function suspicionsOf(check: Check, context: AuditContext): Promise<readonly Suspicion[]> {
  return await check.inspect(context);
}

/** What a check says of a table. */
export function inspect(check: Check, table: ReturnType<typeof tableOf>, target = "bought", options: ContextOptions = {}) {
  return suspicionsOf(check, contextOf(table, target, options));
}
