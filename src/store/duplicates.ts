import { comparedIn, findEqualAmong, findEqualRows } from "./equal-rows.ts";
import type { Session } from "./session.ts";
import type { DuplicateGroups } from "./table-engine.ts";
import type { Part } from "./version.ts";

const SAMPLE = 20;
const NONE: DuplicateGroups = { rows: 0, groups: 0, sample: [], repeats: new Int32Array(0) };

/** Rows that are equal in all columns but `ignoring`. `among`: numbers of rows beside which none equals another, where they are known. */
export async function countDuplicates(
  session: Session,
  parts: readonly Part[],
  ignoring: ReadonlySet<string>,
  among: Int32Array | null,
): Promise<DuplicateGroups> {
  const compared = comparedIn(parts, (name) => !ignoring.has(name));
  const found = among === null ? findEqualRows(session, compared, "count(*) > 1") : findEqualAmong(session, compared, among);
  if (!(await found)) return NONE;
  const [row] = await session.rows("SELECT count(DISTINCT leader) FROM equal_rows WHERE number <> leader");
  const repeats: number[] = [];
  for await (const chunk of session.stream("SELECT CAST(number AS INTEGER) FROM equal_rows WHERE number <> leader ORDER BY number")) {
    for (const number of chunk.getColumnValues(0)) repeats.push(Number(number));
  }
  return { rows: repeats.length, groups: Number(row?.[0] ?? 0), sample: repeats.slice(0, SAMPLE), repeats: Int32Array.from(repeats) };
}
