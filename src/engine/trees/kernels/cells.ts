import type { TreeMemory } from "./memory.ts";

/** The histogram of one column of a node, in whole numbers. Bins 0 .. valueBins - 1, then the one of missing. */
export interface Cells {
  readonly valueBins: number;
  gradient(bin: number): number;
  hessian(bin: number): number;
  /** 0 when no row of the node is missing. */
  readonly missingG: number;
  readonly missingH: number;
}

/**
 * address: of the first cell. implicit: the bin that is not stored because its rows share the common bin of a bundle: the total less all others; -1 = all
 * are stored.
 */
export function cellsOf(
  memory: TreeMemory,
  address: number,
  valueBins: number,
  implicit: number,
  hasMissing: boolean,
  total: { readonly totalG: number; readonly totalH: number },
): Cells {
  const { i32 } = memory;
  const at = address / 4;
  const place = (bin: number) => at + 2 * (implicit >= 0 && bin > implicit ? bin - 1 : bin);
  let hiddenG = total.totalG;
  let hiddenH = total.totalH;
  if (implicit >= 0) {
    for (let i = 0; i < valueBins - 1 + (hasMissing ? 1 : 0); i++) {
      hiddenH -= i32[at + 2 * i]! >>> 0;
      hiddenG -= i32[at + 2 * i + 1]!;
    }
  }
  const gradient = (bin: number) => (bin === implicit ? hiddenG : i32[place(bin) + 1]!);
  const hessian = (bin: number) => (bin === implicit ? hiddenH : i32[place(bin)]! >>> 0);
  return {
    valueBins,
    gradient,
    hessian,
    missingG: hasMissing ? gradient(valueBins) : 0,
    missingH: hasMissing ? hessian(valueBins) : 0,
  };
}
