import type { TestOverlap } from "../core/whole-counts.ts";
import { comparedIn, findEqualRows } from "./equal-rows.ts";
import type { Session } from "./session.ts";
import type { Part } from "./version.ts";

const SAMPLE = 20;
const NONE: TestOverlap = { testRows: 0, trainingRows: 0, groups: 0, inPlace: 0, sample: [] };

/** Rows that are equal in these columns to one on the other side of row `from`, where the test rows begin; missing equals missing, but in `present` leaves a row out. */
export async function countOverlap(
  session: Session,
  parts: readonly Part[],
  from: number,
  columns: ReadonlySet<string>,
  present: ReadonlySet<string>,
): Promise<TestOverlap> {
  const compared = comparedIn(
    parts,
    (name) => columns.has(name),
    (name) => present.has(name),
  );
  const bothSides = `min(number) < ${from} AND max(number) >= ${from}`;
  if (!(await findEqualRows(session, compared, bothSides))) return NONE;
  await session.run(
    `CREATE TEMP TABLE shared AS SELECT number, leader FROM equal_rows WHERE leader IN (SELECT leader FROM equal_rows GROUP BY leader HAVING ${bothSides})`,
  );
  const [counts = []] = await session.rows(
    `SELECT count(*) FILTER (number >= ${from}), count(*) FILTER (number < ${from}), count(DISTINCT leader) FROM shared`,
  );
  const [testRows = 0, trainingRows = 0, groups = 0] = counts.map(Number);
  const [[inPlace] = []] = await session.rows(
    `SELECT count(*) FROM shared tested JOIN shared trained ON tested.number = trained.number + ${from} AND tested.leader = trained.leader`,
  );
  const first = await session.rows(`SELECT number FROM shared WHERE number >= ${from} ORDER BY number LIMIT ${SAMPLE}`);
  return { testRows, trainingRows, groups, inPlace: Number(inPlace ?? 0), sample: first.map(([number]) => Number(number)) };
}
