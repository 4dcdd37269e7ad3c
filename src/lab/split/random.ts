import { createRandom, type Random } from "../../core/random.ts";
import type { Fold, SplitPolicy } from "../../core/split.ts";
import { int32From } from "../../core/typed-from.ts";
import { labelledRows, type SplitInput } from "./input.ts";
import { repeatedFolds, requireRows } from "./parts.ts";
import { strataSizes } from "./strata.ts";

/** Rows dealt by chance. Only a class that would vanish from a training part is touched: one of its rows changes places. */
export function randomFolds(policy: Extract<SplitPolicy, { policy: "random" }>, input: SplitInput, seed: number): Fold[] {
  const rows = labelledRows(input);
  requireRows(rows.length, policy.folds);
  const classes = input.task.kind === "regression" ? null : int32From(rows, (row) => input.target[row] ?? 0);
  return repeatedFolds(rows, policy.folds, policy.repeats, (repeat) => {
    const random = createRandom(seed, "split", "random", repeat);
    const part = new Int32Array(rows.length);
    random.shuffle(part.map((_, i) => i)).forEach((row, place) => {
      part[row] = place % policy.folds;
    });
    if (classes !== null) rescueClasses(part, classes, policy.folds, random);
    return part;
  });
}

/** A class of two or more rows that all lie in one part swaps its first row with one that its own class can spare. */
function rescueClasses(part: Int32Array, classes: Int32Array, parts: number, random: Random): void {
  const sizes = strataSizes(classes);
  const counts = Array.from(sizes, () => new Int32Array(parts));
  part.forEach((p, row) => {
    bump(counts[classes[row] ?? 0], p, 1);
  });
  for (const [label, inPart] of counts.entries()) {
    const whole = inPart.indexOf(sizes[label] ?? 0);
    if ((sizes[label] ?? 0) < 2 || whole < 0) continue;
    const row = classes.indexOf(label);
    const spare = random
      .shuffle(part.map((_, i) => i))
      .find((other) => part[other] !== whole && (counts[classes[other] ?? 0]?.[whole] ?? 0) + 1 < (sizes[classes[other] ?? 0] ?? 0));
    if (spare === undefined) continue;
    const to = part[spare] ?? 0;
    bump(counts[classes[spare] ?? 0], to, -1);
    bump(counts[classes[spare] ?? 0], whole, 1);
    bump(inPart, whole, -1);
    bump(inPart, to, 1);
    part[row] = to;
    part[spare] = whole;
  }
}

function bump(counts: Int32Array | undefined, at: number, by: number): void {
  if (counts !== undefined) counts[at] = (counts[at] ?? 0) + by;
}
