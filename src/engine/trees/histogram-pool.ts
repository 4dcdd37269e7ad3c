/** Histograms of one length, used again from leaf to leaf and tree to tree. */
export interface HistogramPool {
  /** A histogram with arbitrary content. */
  take(): Float64Array;
  giveBack(histogram: Float64Array | null): void;
  /** More are in use than should be kept for open leaves. */
  isFull(): boolean;
}

/** Histograms of open leaves take at most this much; leaves beyond it are counted anew when they are split. */
const KEPT_BYTES = 256 * 1024 * 1024;

export function createHistogramPool(length: number): HistogramPool {
  const most = Math.max(3, Math.floor(KEPT_BYTES / Math.max(8, length * 8)));
  const free: Float64Array[] = [];
  let inUse = 0;
  return {
    take: () => {
      inUse++;
      return free.pop() ?? new Float64Array(length);
    },
    giveBack: (histogram) => {
      if (histogram === null) return;
      inUse--;
      free.push(histogram);
    },
    isFull: () => inUse > most,
  };
}
