import type { Frame } from "../core/column.ts";
import type { Scorer } from "../core/scorer.ts";
import type { UnreadCells } from "../store/index.ts";

interface Count {
  readonly column: string;
  readonly nulls: ReadonlySet<string>;
  count: number;
  read: number;
  example: string;
  row: number;
}

/** Cells of columns of texts that the model reads as dates and that are none, over the batches of a table. null: it reads no column so. */
export function countUnreadDates({
  inputs,
  areDates,
}: Pick<Scorer, "inputs" | "areDates">): { add(batch: Frame): void; found(): UnreadCells[] } | null {
  const counts = inputs.flatMap(({ name, dateFormats, nulls = [] }): Count[] =>
    dateFormats === undefined ? [] : [{ column: name, nulls: new Set(nulls), count: 0, read: 0, example: "", row: 0 }],
  );
  if (counts.length === 0 || areDates === undefined) return null;
  return {
    add: (batch) => {
      for (const count of counts) addBatch(count, batch, areDates);
    },
    found: () =>
      counts
        .filter(({ count }) => count > 0)
        .map(({ column, count, read, example, row }): UnreadCells => ({ column, type: "date", count, read, example, row })),
  };
}

function addBatch(count: Count, { columns, rowNumbers }: Frame, areDates: NonNullable<Scorer["areDates"]>): void {
  const column = columns.find(({ name }) => name === count.column);
  if (column === undefined || !("levels" in column)) return;
  const isRead = areDates(count.column, column.levels);
  const isKnown = column.levels.map((text) => text.trim() === "" || count.nulls.has(text));
  column.codes.forEach((code, row) => {
    if (code < 0) return;
    if (isRead[code] === true) count.read++;
    else if (isKnown[code] !== true) {
      if (count.count === 0) Object.assign(count, { example: column.levels[code] ?? "", row: (rowNumbers?.[row] ?? row) + 1 });
      count.count++;
    }
  });
}
