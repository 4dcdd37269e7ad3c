import type { Feature } from "../../core/matrix.ts";

/** How a feature is cut into cells. The last cell is for missing, unseen and rare. */
export type Cells =
  /** Cell i holds edges[i-1] < value <= edges[i]. Ascending. */
  | { readonly kind: "numeric"; readonly edges: readonly number[]; readonly count: number }
  /** cellOfCode[code]; codes beyond it fall into the last cell. */
  | { readonly kind: "categorical"; readonly cellOfCode: readonly number[]; readonly count: number };

export function cellOf(cells: Cells, feature: Feature, row: number): number {
  const last = cells.count - 1;
  if (cells.kind === "categorical") {
    const code = feature.kind === "categorical" ? (feature.codes[row] ?? -1) : -1;
    return cells.cellOfCode[code] ?? last;
  }
  const value = feature.kind === "numeric" ? (feature.values[row] ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(value)) return last;
  let cell = 0;
  while (cell < cells.edges.length && value > (cells.edges[cell] ?? 0)) cell++;
  return cell;
}

/** At most `bins` ranges of about equal weight, or the `levels` heaviest levels; and the last cell. */
export function cellsOf(feature: Feature, weight: Float64Array | null, bins: number, levels: number): Cells {
  if (feature.kind === "numeric") return numericCells(feature.values, weight, bins);
  const weightOfCode = new Float64Array(feature.levels);
  for (const [row, code] of feature.codes.entries()) {
    if (code >= 0 && code < feature.levels) weightOfCode[code] = (weightOfCode[code] ?? 0) + (weight === null ? 1 : (weight[row] ?? 0));
  }
  const kept = [...weightOfCode.keys()]
    .filter((code) => (weightOfCode[code] ?? 0) > 0)
    .sort((a, b) => (weightOfCode[b] ?? 0) - (weightOfCode[a] ?? 0) || a - b)
    .slice(0, levels);
  const place = new Map(kept.map((code, cell) => [code, cell]));
  return {
    kind: "categorical",
    cellOfCode: Array.from({ length: feature.levels }, (_, code) => place.get(code) ?? kept.length),
    count: kept.length + 1,
  };
}

function numericCells(values: Float64Array, weight: Float64Array | null, bins: number): Cells {
  const { sorted, weights } = sortedPresent(values, weight);
  const total = weights === null ? sorted.length : weights.reduce((sum, one) => sum + one, 0);
  const edges: number[] = [];
  let below = 0;
  for (let i = 0; i + 1 < sorted.length && edges.length < bins - 1; i++) {
    below += weights === null ? 1 : (weights[i] ?? 0);
    const [value, next] = [sorted[i] ?? 0, sorted[i + 1] ?? 0];
    if (next !== value && below >= (total * (edges.length + 1)) / bins) edges.push(between(value, next));
  }
  return { kind: "numeric", edges, count: edges.length + 2 };
}

function sortedPresent(values: Float64Array, weight: Float64Array | null): { sorted: Float64Array; weights: Float64Array | null } {
  if (weight === null) return { sorted: values.filter((value) => !Number.isNaN(value)).sort(), weights: null };
  const rows = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]) && (weight[row] ?? 0) > 0);
  rows.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  return { sorted: Float64Array.from(rows, (row) => values[row] ?? 0), weights: Float64Array.from(rows, (row) => weight[row] ?? 0) };
}

/** A finite number t with low <= t < high, which JSON can keep. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  const inside = middle >= low && middle < high ? middle : low;
  return Math.max(-Number.MAX_VALUE, inside) + 0;
}
