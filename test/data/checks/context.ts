import type { Column, Frame } from "../../../src/core/column.ts";
import type { ColumnInfo, Dataset, Dialect } from "../../../src/core/dataset.ts";
import type { Suspicion } from "../../../src/core/finding.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import type { Roles } from "../../../src/core/role.ts";
import type { Task } from "../../../src/core/task.ts";
import { float64From, float64Where, int32From, int32Where } from "../../../src/core/typed-from.ts";
import type { AuditContext, DuplicateCount } from "../../../src/data/check.ts";
import { readTrainingLabels } from "../../../src/data/labels/label-reading.ts";
import { readTestLabels } from "../../../src/data/labels/test-labels.ts";
import { frameCounts } from "../frame-counts.ts";
import { frameOverlap } from "../frame-overlap.ts";
import { wordsType } from "../table.ts";

/** Cells of a column: numbers (null = missing) or texts. */
export type Cells = readonly (number | string | null)[];

export interface Given {
  readonly columns: Readonly<Record<string, Cells>>;
  readonly dates?: readonly string[];
  readonly target: string;
  readonly task?: Task;
  readonly roles?: Partial<Roles>;
  readonly testRows?: number;
  readonly dialect?: Partial<Dialect>;
  /** No line end follows the last row of the file. */
  readonly endsOpen?: true;
  readonly noticed?: Dataset["noticed"];
  readonly infos?: Readonly<Record<string, Partial<ColumnInfo>>>;
}

/** A whole table as the audit would hand it to a check. */
export function contextOf(given: Given): AuditContext {
  const columns = Object.entries(given.columns).map(([name, cells]) => columnOfCells(name, cells, given.dates?.includes(name) ?? false));
  const rows = Object.values(given.columns)[0]?.length ?? 0;
  const frame: Frame = { rows, columns, rowNumbers: null };
  const target = columns.find(({ name }) => name === given.target)!;
  const task = given.task ?? taskOf(target);
  const kept = new Map<string, unknown>();
  const used = new Set([given.target, ...(given.roles?.ids ?? []), given.roles?.time, given.roles?.group, ...(given.roles?.ignored ?? [])]);
  const roles = {
    ids: [],
    group: null,
    time: null,
    weight: null,
    ignored: [],
    meanings: {},
    why: {},
    declared: declaredIn(given.roles),
    ...given.roles,
  };
  const dataset = datasetOf(given, columns, rows);
  const testRows = given.testRows === undefined ? null : Int32Array.from({ length: given.testRows }, (_, i) => rows - given.testRows! + i);
  return {
    dataset,
    frame,
    roles: { target: given.target, features: columns.map(({ name }) => name).filter((name) => !used.has(name)), ...roles },
    groupBy: roles.group === null ? [] : [roles.group],
    task,
    target: targetValues(target, task),
    labels: labelsOf(dataset, frame, given.target, testRows),
    testRows,
    training: testRows === null ? null : contextOf(trainingPart(given, rows - testRows.length)),
    testLooks: 0,
    knownAt: {},
    duplicates: async (ignoring) => countDuplicates(frame, ignoring),
    whole: frameCounts(frame),
    testOverlap: frameOverlap(frame, rows - (testRows?.length ?? 0)),
    outOfFold: null,
    seed: 1,
    pause: async () => undefined,
    shared: <T>(key: string, make: () => T) => {
      if (!kept.has(key)) kept.set(key, make());
      return kept.get(key) as T;
    },
  };
}

/** Roles that are given here without a reason are taken for the user's word. */
function declaredIn({ ids = [], group, time, why = {} }: Partial<Roles> = {}): readonly string[] {
  return [...ids, group, time].filter((name) => typeof name === "string").filter((name) => !(name in why));
}

function trainingPart({ testRows: _, columns, ...given }: Given, rows: number): Given {
  return { ...given, columns: Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells.slice(0, rows)])) };
}

function labelsOf(dataset: Dataset, frame: Frame, target: string, testRows: Int32Array | null): readonly Suspicion[] {
  const training = readTrainingLabels({ dataset, frame }, target, {});
  return testRows === null
    ? training.suspicions
    : readTestLabels({ dataset, frame }, target, testRows, { ...training, reading: undefined }, {}).suspicions;
}

function columnOfCells(name: string, cells: Cells, date: boolean): Column {
  const isText = cells.some((cell) => typeof cell === "string");
  if (!isText)
    return {
      name,
      type: date ? "date" : "number",
      values: float64From(cells, (cell) => (cell === null ? Number.NaN : (cell as number))),
    };
  const levels = [...new Set(cells.filter((cell) => cell !== null).map(String))].sort();
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  return {
    name,
    type: wordsType(cells, levels),
    levels,
    codes: int32From(cells, (cell) => (cell === null ? -1 : codeOf.get(String(cell))!)),
  };
}

function taskOf(target: Column): Task {
  if ("values" in target) {
    const distinct = [...new Set(target.values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    return distinct.length === 2 ? { kind: "binary", classes: [String(distinct[0]), String(distinct[1])] } : { kind: "regression" };
  }
  if (target.levels.length === 2) return { kind: "binary", classes: [target.levels[0]!, target.levels[1]!] };
  return { kind: "multiclass", classes: target.levels };
}

function targetValues(target: Column, task: Task): Float64Array {
  if (task.kind === "regression") return "values" in target ? target.values : new Float64Array(target.codes.length).fill(Number.NaN);
  if ("codes" in target) return float64From(target.codes, (code) => (code < 0 ? Number.NaN : code));
  return float64From(target.values, (value) => (Number.isNaN(value) ? Number.NaN : task.classes.indexOf(String(value))));
}

function datasetOf(given: Given, columns: readonly Column[], rows: number): Dataset {
  const infos = columns.map((column, position): ColumnInfo => {
    const cells =
      "values" in column ? float64Where(column.values, (value) => !Number.isNaN(value)) : int32Where(column.codes, (code) => code >= 0);
    const base: ColumnInfo = {
      name: column.name,
      position,
      type: column.type,
      why: "",
      missing: rows - cells.length,
      distinct: new Set(cells).size,
      integer: "values" in column && cells.every((value: number) => Number.isInteger(value)),
      unparsed: [],
      unparsedCells: 0,
      dateFormat: null,
    };
    return { ...base, ...given.infos?.[column.name] };
  });
  const dialect: Dialect = { delimiter: ",", quote: '"', decimal: ".", header: true, wholeRowQuoted: false, ...given.dialect };
  return {
    version: "0",
    rows,
    columns: infos,
    source: { name: "t.csv", bytes: 1, format: "csv", dialect, ...(given.endsOpen === true ? { endsOpen: true } : {}) },
    notes: [],
    ...(given.noticed === undefined ? {} : { noticed: given.noticed }),
    parent: null,
  };
}

function countDuplicates(frame: Frame, ignoring: readonly string[]): DuplicateCount {
  const kept = frame.columns.filter(({ name }) => !ignoring.includes(name));
  const groups = new Map<string, number[]>();
  for (let row = 0; row < frame.rows; row++) {
    const key = kept.map((column) => ("values" in column ? column.values[row] : column.codes[row])).join("|");
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [row]);
    else held.push(row);
  }
  const repeated = [...groups.values()].filter((rows) => rows.length > 1);
  return {
    rows: repeated.reduce((sum, rows) => sum + rows.length - 1, 0),
    groups: repeated.length,
    sample: repeated.flatMap((rows) => rows.slice(1)).slice(0, 10),
  };
}

/** Cells made one by one from a seeded stream. */
export function cells<T>(rows: number, seed: number, label: string, make: (random: Random, row: number) => T): T[] {
  const random = createRandom(seed, label);
  return Array.from({ length: rows }, (_, row) => make(random, row));
}

/** A fair yes/no target. */
export function coin(rows: number, seed = 7): string[] {
  return cells(rows, seed, "target", (random) => (random.next() < 0.5 ? "no" : "yes"));
}
