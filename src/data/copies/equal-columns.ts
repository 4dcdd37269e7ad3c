import type { Column } from "../../core/column.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { levelCounts, valueCounts } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";

/** Bits a column must hold beyond those that the number of pairs makes up for, so that two equal ones are no chance. */
const SPARE_BITS = 20;

/**
 * Groups of features that are likely to tell the same rows apart: same counts, then the same pattern of first appearances. Columns that
 * are mostly different are compared by their values. Linear in the cells; the caller verifies cell by cell.
 */
export function equalColumns(context: AuditContext): readonly (readonly Column[])[] {
  const { rows } = context.frame;
  const features = featuresOf(context);
  const needed = 2 * Math.log2(Math.max(2, features.length)) + SPARE_BITS;
  const candidates = new Map<string, Column[]>();
  for (const column of features) {
    const shape = shapeOf(context, column);
    if (shape.bits < needed) continue;
    const key = shape.mostlyDifferent
      ? `cells ${hashOf("values" in column ? column.values : withGaps(column.codes))}`
      : `counts ${shape.key}`;
    append(candidates, key, column);
  }
  return [...candidates].flatMap(([key, group]) => {
    if (group.length < 2) return [];
    return key.startsWith("cells") ? [group] : splitBy(group, (column) => patternOf(column, rows)).filter((part) => part.length > 1);
  });
}

interface Shape {
  readonly key: string;
  readonly bits: number;
  readonly mostlyDifferent: boolean;
}

/** Counts of the values whatever their names, and how many bits the column holds. */
function shapeOf(context: AuditContext, column: Column): Shape {
  const { rows } = context.frame;
  const counts = "values" in column ? valueCounts(context, column).counts.slice().sort() : held(levelCounts(context, column)).sort();
  const { present, bits: ofPresent } = bitsOf(counts, rows);
  const bits = present < rows ? ofPresent - (rows - present) * Math.log2((rows - present) / rows) : ofPresent;
  const key = `${present} ${counts.length} ${hashOf(counts)}`;
  return { key, bits, mostlyDifferent: counts.length > rows / 2 };
}

const held = (counts: Int32Array) => int32Where(counts, (count) => count > 0);

function bitsOf(counts: Int32Array, rows: number): { readonly present: number; readonly bits: number } {
  let [present, bits, before, own] = [0, 0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (count !== before) own = count * Math.log2(count / rows);
    before = count;
    present += count;
    bits -= own;
  }
  return { present, bits };
}

/** Cells numbered by first appearance. */
function patternOf(column: Column, rows: number): string {
  const seen = new Map<number, number>();
  const pattern = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = valueAt(column, row);
    const known = seen.get(value) ?? seen.size;
    if (known === seen.size) seen.set(value, known);
    pattern[row] = known;
  }
  return hashOf(pattern);
}

function withGaps(codes: Int32Array): Float64Array {
  return float64From(codes, (code) => (code < 0 ? Number.NaN : code));
}

function hashOf(numbers: Float64Array | Int32Array): string {
  const [a, b] = addedHashes(numbers instanceof Float64Array ? numbers : new Float64Array(numbers));
  return `${a >>> 0}-${b >>> 0}`;
}

function addedHashes(numbers: Float64Array): [number, number] {
  const words = new Int32Array(2);
  const number = new Float64Array(words.buffer);
  let [a, b] = [0x811c9dc5 | 0, 0x9e3779b9 | 0];
  for (let i = 0; i < numbers.length; i++) {
    number[0] = (numbers[i] as number) + 0;
    const [low, high] = [words[0] as number, words[1] as number];
    a = Math.imul(a ^ low ^ (high >>> 7) ^ Math.imul(high, 0x9e3779b1), 0x01000193);
    b = Math.imul(((b ^ high) + low + (b >>> 13)) | 0, 0x85ebca6b);
  }
  return [a, b];
}

function splitBy(group: readonly Column[], key: (column: Column) => string): Column[][] {
  const parts = new Map<string, Column[]>();
  for (const column of group) append(parts, key(column), column);
  return [...parts.values()];
}

function append(groups: Map<string, Column[]>, key: string, column: Column): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [column]);
  else known.push(column);
}
