import { setImmediate as nextTurn } from "node:timers/promises";
import type { ColumnType } from "../core/column.ts";
import type { ColumnInfo } from "../core/dataset.ts";
import { aggregate } from "./aggregate.ts";
import { doublesOf } from "./column-reader.ts";
import { COUNTER_BYTES, numberCounter } from "./distinct-numbers.ts";
import { literal, type Session } from "./session.ts";

export type TypedFacts = Pick<ColumnInfo, "missing" | "distinct" | "integer">;

/** Values that are held at a time, at most. */
const MOST_BYTES = 400 * 1024 * 1024;
const MOST_TOGETHER = 50;
const MOST_ROWS_MEANWHILE = 1e6;

/** Missing, distinct and integer of the columns of a written Parquet file. `known`: those of columns that need not be counted. */
export async function countTyped(
  session: Session,
  path: string,
  stored: readonly string[],
  types: readonly ColumnType[],
  rows: number,
  known: readonly (TypedFacts | undefined)[] = [],
): Promise<TypedFacts[]> {
  const ofKind = (kind: string) => stored.filter((_, index) => known[index] === undefined && sqlKind(types[index] ?? "text") === kind);
  const from = `read_parquet(${literal(path)})`;
  const countOthers = async () => [
    ...(await groupedFacts(session, from, ofKind("date"), rows)),
    ...(await groupedFacts(session, from, ofKind("words"), rows)),
  ];
  let others: ReturnType<typeof countOthers> | null = null;
  // The database counts while the last numbers are counted here; of long tables both would hold too much at a time.
  const beginOthers = () => {
    if (rows > MOST_ROWS_MEANWHILE) return;
    others = countOthers();
    // It is told below.
    others.catch(() => undefined);
  };
  const numbers = await numberFacts(session, from, ofKind("number"), rows, beginOthers);
  const facts = new Map([...numbers, ...(await (others ?? countOthers()))]);
  return stored.map((name, index) => known[index] ?? facts.get(name) ?? { missing: rows, distinct: 0, integer: false });
}

function sqlKind(type: ColumnType): "number" | "date" | "words" {
  return type === "number" || type === "date" ? type : "words";
}

async function groupedFacts(session: Session, from: string, names: readonly string[], rows: number): Promise<Map<string, TypedFacts>> {
  const counts = await aggregate(session, from, names, rows, (name) => [`count(${name})`, `count(DISTINCT ${name})`]);
  return new Map(
    [...counts].map(([name, row]) => {
      const [present = 0, distinct = 0] = row.map(Number);
      return [name, { missing: rows - present, distinct, integer: false }];
    }),
  );
}

/** Counted here where the values fit, some columns at a time. `onRead`: called when all are read and the last are still to be counted. */
async function numberFacts(
  session: Session,
  from: string,
  names: readonly string[],
  rows: number,
  onRead: () => void,
): Promise<Map<string, TypedFacts>> {
  const bytes = Math.min(MOST_BYTES, session.outsideBytes / 2) - COUNTER_BYTES * rows;
  const together = Math.min(MOST_TOGETHER, Math.floor(bytes / (Float64Array.BYTES_PER_ELEMENT * Math.max(1, rows))));
  if (together < 1) return largeNumberFacts(session, from, names, rows);
  const counter = numberCounter(rows);
  const arrays = Array.from({ length: Math.min(together, names.length) }, () => new Float64Array(rows));
  const facts = new Map<string, TypedFacts>();
  for (let first = 0; first < names.length; first += together) {
    const batch = names.slice(first, first + together);
    let offset = 0;
    for await (const chunk of session.stream(`SELECT ${batch.map((name) => `coalesce(${name}, 'NaN'::DOUBLE)`).join(", ")} FROM ${from}`)) {
      for (const index of batch.keys()) arrays[index]?.set(doublesOf(chunk.getColumnVector(index)), offset);
      offset += chunk.rowCount;
    }
    if (offset !== rows) throw new Error(`the reader gave ${offset} rows where ${rows} are in the file`);
    if (first + together >= names.length) onRead();
    for (const [index, name] of batch.entries()) {
      // Lets the database go on.
      await nextTurn();
      const { present, distinct, integer } = counter.count(arrays[index] ?? new Float64Array(0), offset);
      facts.set(name, { missing: rows - present, distinct, integer });
    }
  }
  return facts;
}

async function largeNumberFacts(session: Session, from: string, names: readonly string[], rows: number): Promise<Map<string, TypedFacts>> {
  const grouped = await groupedFacts(session, from, names, rows);
  const broken = await aggregate(session, from, names, rows, (name) => [`count_if(${name} <> trunc(${name}))`]);
  return new Map(
    [...grouped].map(([name, fact]) => [name, { ...fact, integer: fact.missing < rows && Number(broken.get(name)?.[0] ?? 0) === 0 }]),
  );
}
