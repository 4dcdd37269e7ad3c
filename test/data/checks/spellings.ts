import { spellingVariant } from "../../../src/data/checks/spelling-variant.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

export const ROWS = 600;

/** Levels with their weights. */
export const drawn = (label: string, weights: Record<string, number>): Cells => {
  const bag = Object.entries(weights).flatMap(([level, weight]) => Array<string>(weight).fill(level));
  return cells(ROWS, 8, label, (random) => bag[random.integer(bag.length)]!);
};

/** What is said of the spellings in the columns, beside a target of chance. */
export const inspect = (columns: Record<string, Cells>) =>
  spellingVariant.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }));
