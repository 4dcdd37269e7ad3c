import type { TreeMemory } from "../kernels/memory.ts";

/** Histograms of one size, used again from leaf to leaf and tree to tree. Addresses. */
export interface HistogramPool {
  /** A histogram with arbitrary content. */
  take(): number;
  /** 0 is ignored. */
  giveBack(histogram: number): void;
  /** More are in use than should be kept for open leaves. */
  isFull(): boolean;
  close(): void;
}

/** Histograms of open leaves take at most this much; leaves beyond it are counted anew when they are split. */
export const KEPT_BYTES = 256 * 1024 * 1024;

export function createHistogramPool(memory: TreeMemory, bytes: number): HistogramPool {
  const most = Math.max(3, Math.floor(KEPT_BYTES / Math.max(8, bytes)));
  const free: number[] = [];
  const all: number[] = [];
  const make = () => {
    const histogram = memory.allocate(bytes);
    all.push(histogram);
    return histogram;
  };
  return {
    take: () => free.pop() ?? make(),
    giveBack: (histogram) => {
      if (histogram !== 0) free.push(histogram);
    },
    isFull: () => all.length - free.length > most,
    close: () => {
      for (const histogram of all) memory.free(histogram);
    },
  };
}
