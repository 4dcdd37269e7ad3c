import { join } from "node:path";
import { expect, test } from "vitest";
import type { ColumnInfo } from "../../src/core/dataset.ts";
import { findRanges } from "../../src/store/beyond-bounds.ts";
import { copySql } from "../../src/store/copy-sql.ts";
import { type Session, withSession } from "../../src/store/session.ts";
import { partsOf } from "../../src/store/version.ts";
import { LIMITS, openText, optionsIn, temporaryFolder } from "./temporary.ts";

const folder = temporaryFolder();

async function withQueries<T>(
  work: (session: Session) => Promise<T>,
): Promise<{ readonly answer: T; readonly queries: readonly string[] }> {
  const queries: string[] = [];
  const answer = await withSession(LIMITS, join(folder, "spill"), (session) =>
    work({
      ...session,
      rows: (sql) => {
        queries.push(sql);
        return session.rows(sql);
      },
    }),
  );
  return { answer, queries };
}

test("the ends of columns are read from the statistics of a file that was made in one pass, and no cell", async () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, row) => `${(row - 5) / 8},${row % 3 === 0 ? "" : -row},a${row % 7},,${row === 9 ? "-0" : ""}`,
  );
  const dataset = await openText(folder, "plain.csv", ["a,b,c,d,e", ...lines].join("\n"));
  const parts = partsOf(optionsIn(folder).dataFolder, dataset.version, dataset.columns);
  const { answer, queries } = await withQueries((session) => findRanges(session, parts, ["b", "a", "e"]));
  expect(answer).toEqual([
    { low: -19_999, high: -1 },
    { low: -0.625, high: 19_994 / 8 },
    { low: 0, high: 0 },
  ]);
  expect(queries.filter((sql) => sql.includes("read_parquet"))).toEqual([]);
});

test("where statistics do not tell, the cells are asked; NaN is none of them", async () => {
  const path = join(folder, "odd.parquet");
  const columns = ["a", "b"].map(
    (name, position): ColumnInfo => ({
      ...{ name, position, type: "number", missing: 0, distinct: 10, integer: true },
      ...{ why: "", unparsed: [], unparsedCells: 0, dateFormat: null },
    }),
  );
  const { answer, queries } = await withQueries(async (session) => {
    const odd = "CASE WHEN r = 7 THEN 'nan'::DOUBLE ELSE r END";
    await session.run(copySql(`SELECT ${odd} AS a, r::DOUBLE AS b FROM range(10) AS t(r)`, path, 10));
    return await findRanges(session, [{ path, stored: ['"a"', '"b"'], columns }], ["a", "b"]);
  });
  expect(answer).toEqual([
    { low: 0, high: 9 },
    { low: 0, high: 9 },
  ]);
  expect(queries.filter((sql) => sql.includes("read_parquet"))).toEqual([expect.not.stringContaining('"b"')]);
});
