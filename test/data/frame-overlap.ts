import { columnOf, type Frame } from "../../src/core/column.ts";
import type { AuditContext } from "../../src/data/check.ts";
import { textAt } from "../../src/data/columns/column-facts.ts";

/** What the engine counts, row by row over a table in memory whose test rows begin at `from`. */
export function frameOverlap(frame: Frame, from: number): AuditContext["testOverlap"] {
  return async (columns, present) => {
    const keyAt = (row: number) => JSON.stringify(columns.map((name) => textAt(columnOf(frame, name), row)));
    const isThere = (row: number) => present.every((name) => textAt(columnOf(frame, name), row) !== null);
    const rows = Array.from({ length: frame.rows }, (_, row) => row).filter(isThere);
    const keysOf = (isTested: boolean) => new Set(rows.filter((row) => row >= from === isTested).map(keyAt));
    const [trained, tested] = [keysOf(false), keysOf(true)];
    const shared = rows.filter((row) => trained.has(keyAt(row)) && tested.has(keyAt(row)));
    const testRows = shared.filter((row) => row >= from);
    return {
      testRows: testRows.length,
      trainingRows: shared.length - testRows.length,
      groups: new Set(shared.map(keyAt)).size,
      inPlace: testRows.filter((row) => shared.includes(row - from) && keyAt(row) === keyAt(row - from)).length,
      sample: testRows.slice(0, 20),
    };
  };
}
