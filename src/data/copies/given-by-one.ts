import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { type GroupAgreement, groupAgreement } from "./group-agreement.ts";

/** Columns that stay the same within the values of one: the weight of a formula, the make of a model, the size of a state that has a row for each year. */
export interface GivenByOne {
  readonly key: LevelColumn;
  /** Values of the key with two rows or more. */
  readonly groups: number;
  readonly given: readonly GivenColumn[];
}

export interface GivenColumn extends GroupAgreement {
  readonly column: Column;
}

const [MOST_KEYS, MOST_GIVEN] = [30, 200];
/** Values of the key that come back, and the share of the rows that have one of them. */
const [LEAST_GROUPS, LEAST_MET] = [10, 0.5];
/** Of the values of the key, so many may hold more than one value of the other: slips, or a thing that changed. */
const LEAST_AGREEING = 0.95;
/** Stretches of rows for each value of the key: with more, what is near in the file tells nothing of them. */
const MOST_STRETCHES = 2;
/** Over all keys and columns. */
const CHANCE = 1e-6;

/** Each given column once, beside the key with the fewest values. measures: a number whose name says no key. None of a key within which nothing moves: its rows were written several times. */
export function givenByOne(
  keys: readonly LevelColumn[],
  columns: readonly Column[],
  rows: number,
  measures: (key: LevelColumn) => boolean = () => false,
): readonly GivenByOne[] {
  const some = keys
    .map((key) => ({ key, distinct: factsOf(key, rows).distinct }))
    .filter(({ distinct }) => distinct >= LEAST_GROUPS && 2 * distinct <= rows)
    .map((one) => ({ ...one, groups: comingBack(one.key, rows) }))
    .filter(({ groups }) => groups >= LEAST_GROUPS)
    .sort((a, b) => a.distinct - b.distinct || (a.key.name < b.key.name ? -1 : 1))
    .slice(0, MOST_KEYS);
  const distinctOf = (column: Column) => factsOf(column, rows).distinct;
  const wholes = finestFirst(
    columns.filter((column) => distinctOf(column) >= 2),
    distinctOf,
  ).slice(0, MOST_GIVEN);
  const looks = Math.max(1, some.length * wholes.length);
  const found = some.flatMap(({ key, groups }): GivenByOne[] => {
    const isInBlocks = bordersOf(key, rows) <= MOST_STRETCHES * key.levels.length;
    const others = wholes.filter(({ name }) => name !== key.name);
    const same = others.flatMap((column): GivenColumn[] => {
      const one = groupAgreement(column, key.codes, key.levels.length, rows);
      return one === null ? [] : [{ column, ...one, chance: isInBlocks ? changesByChance(column, key, rows) : one.chance }];
    });
    const given = same.filter((one) => one.chance * looks <= CHANCE && one.agreeing >= LEAST_AGREEING * one.groups);
    return same.length === others.length || given.length === 0 ? [] : [{ key, groups, given }];
  });
  return toldOnce(found.filter(({ key }, place) => !isTrait(key, found, place, measures)));
}

/** A measurement that names give is one of theirs, and no name of them, though it may be different for each. */
function isTrait(key: LevelColumn, found: readonly GivenByOne[], place: number, measures: (key: LevelColumn) => boolean): boolean {
  const gives = (one: GivenByOne | undefined, name: string) => one?.given.some(({ column }) => column.name === name) === true;
  return (
    measures(key) &&
    found.some((other, at) => gives(other, key.name) && !(measures(other.key) && place < at && gives(found[place], other.key.name)))
  );
}

/** Each given column beside the first that gives it; of two that give each other, the first stands for both. */
function toldOnce(found: readonly GivenByOne[]): readonly GivenByOne[] {
  const told = new Set<string>();
  return found.flatMap((one): GivenByOne[] => {
    const given = one.given.filter(({ column }) => !told.has(column.name) && !told.has(pairOf(one.key, column)));
    for (const { column } of given) {
      told.add(column.name);
      told.add(pairOf(column, one.key));
    }
    return given.length === 0 ? [] : [{ ...one, given }];
  });
}

const pairOf = (key: Column, column: Column) => JSON.stringify([key.name, column.name]);

/** Values with two rows or more; 0 where most rows have a value of their own. */
function comingBack({ codes, levels }: LevelColumn, rows: number): number {
  const counts = new Int32Array(levels.length);
  for (let row = 0; row < rows; row++) if ((codes[row] ?? -1) >= 0) counts[codes[row] as number] = (counts[codes[row] as number] ?? 0) + 1;
  let [several, met] = [0, 0];
  for (const count of counts) {
    if (count < 2) continue;
    several++;
    met += count;
  }
  return met < LEAST_MET * rows ? 0 : several;
}

/** Rows at which another value of the key begins. */
function bordersOf({ codes }: LevelColumn, rows: number): number {
  let borders = 0;
  for (let row = 1; row < rows; row++) borders += Number(codes[row] !== codes[row - 1]);
  return borders;
}

/**
 * In a file that stands in blocks of the key, rows of a block are alike for their place too. What is then no chance is where the column changes: at the borders of the blocks and hardly elsewhere (binomial,
 * each change at any row).
 */
function changesByChance(column: Column, key: LevelColumn, rows: number): number {
  let [steps, borders, changes, held, before] = [0, 0, 0, 0, -1];
  for (let row = 0; row < rows; row++) {
    if ((key.codes[row] ?? -1) < 0 || Number.isNaN(valueAt(column, row))) continue;
    if (before >= 0) {
      const [isBorder, isChange] = [key.codes[row] !== key.codes[before], valueAt(column, row) !== valueAt(column, before)];
      steps++;
      borders += Number(isBorder);
      changes += Number(isChange);
      held += Number(isBorder && isChange);
    }
    before = row;
  }
  return steps === 0 ? 1 : binomialUpperTail(held, changes, borders / steps);
}
