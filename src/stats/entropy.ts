import { margins, type Table } from "./contingency.ts";

/** Shannon entropy of counts, in nats; 0 of none. */
export function entropy(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const share = counts[i]! / total;
    if (share > 0) sum -= share * Math.log(share);
  }
  return sum === 0 ? 0 : sum;
}

/** What the two sides of a table tell about each other, in nats, at least 0. */
export function mutualInformation(table: Table): number {
  const { rows, columns, total } = margins(table);
  let sum = 0;
  for (let r = 0; r < table.rows; r++) {
    for (let c = 0; c < table.columns; c++) {
      const count = table.counts[r * table.columns + c]!;
      if (count > 0) sum += (count / total) * Math.log((count / rows[r]!) * (total / columns[c]!));
    }
  }
  return Math.max(0, sum);
}
