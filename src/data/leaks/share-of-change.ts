import { roundedProducts } from "./rounded-products.ts";

/** What stands for a share of change: a discount of 0.15 or of 15 %, a growth of 0.02 or of 2 %. */
export const CHANGES = {
  "1 + b": (b: number) => 1 + b,
  "1 - b": (b: number) => 1 - b,
  "1 + b / 100": (b: number) => 1 + b / 100,
  "1 - b / 100": (b: number) => 1 - b / 100,
} as const;

export type Change = keyof typeof CHANGES;

/**
 * An amount after a change and the one before it, with the share of change: target = constant x a x (1 + b) or a / (1 + b), where `of` is "b"; 1 + target = constant x a x b or
 * a / b, where it is "target".
 */
export interface ShareOfChange {
  readonly a: number;
  readonly b: number;
  readonly operation: "a * b" | "a / b";
  readonly change: Change;
  readonly of: "b" | "target";
  readonly constant: number;
  readonly share: number;
}

/**
 * All pairs of a few columns, by `roundedProducts` of what the shares stand for, within what rounding leads to. Of several forms of one pair the one that holds in most rows, and of
 * these the one without a constant.
 * @param columns at most some dozens, since all pairs are tried
 */
export function sharesOfChange(columns: readonly Float64Array[], y: Float64Array): readonly ShareOfChange[] {
  const found = (Object.keys(CHANGES) as Change[]).flatMap((change): ShareOfChange[] => {
    const changed = (values: Float64Array) => values.map(CHANGES[change]);
    return [
      ...roundedProducts(columns, y, columns.map(changed)).map((one) => ({ ...one, change, of: "b" as const })),
      ...roundedProducts(columns, changed(y)).map((one) => ({ ...one, change, of: "target" as const })),
    ];
  });
  const best = new Map<string, ShareOfChange>();
  for (const one of found.toSorted((x, z) => Number(z.constant === 1) - Number(x.constant === 1) || z.share - x.share)) {
    const pair = [one.a, one.b].sort((i, j) => i - j).join(" ");
    if (!best.has(pair)) best.set(pair, one);
  }
  return [...best.values()];
}
