import type { Random } from "../../../src/core/random.ts";
import type { TrapId } from "../../../src/core/trap.ts";
import type { Table } from "../table.ts";

/** What a plant did to a table, or null when the table does not suit it. */
export interface Planted {
  readonly table: Table;
  /** Columns of which one at least must be named by the finding; empty = any. */
  readonly columns: readonly string[];
  /** Other columns that came with it, in which its other faces may show. */
  readonly beside?: readonly string[];
  /** Other traps that the same cause shows in, rightly. */
  readonly also?: readonly TrapId[];
  /** What the best repair of the file gives, where that is not the table before: cells under a code for missing are not known again. */
  readonly mended?: Table;
  /** The trap as the command reads it, where it is not what stands in the file. */
  readonly unmended?: Table;
}

/** Puts one trap into a table. strength: 0..1, how much of it. */
export interface Plant {
  readonly trap: TrapId;
  /** May stand together with others. */
  readonly combines: boolean;
  plant(table: Table, random: Random, strength: number): Planted | null;
}
