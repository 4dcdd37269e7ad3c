import { join } from "node:path";
import { expect, test } from "vitest";
import { copySql } from "../../src/store/copy-sql.ts";
import { storedFacts } from "../../src/store/parquet-facts.ts";
import { withSession } from "../../src/store/session.ts";
import { LIMITS, temporaryFolder } from "./temporary.ts";

const folder = temporaryFolder();

/** Facts of a file with one column for each expression of the row number r. */
function factsOf(name: string, ...columns: readonly string[]) {
  const path = join(folder, `${name}.parquet`);
  const select = `SELECT ${columns.map((sql, index) => `${sql} AS c${index}`).join(", ")} FROM range(125000) AS t(r)`;
  return withSession(LIMITS, join(folder, "spill"), async (session) => {
    await session.run(copySql(select, path, 125_000));
    return await storedFacts(session, path);
  });
}

test("present cells and the ends of numbers, over several groups of rows", async () => {
  const lastOnly = "CASE WHEN r = 124999 THEN -1e20 END";
  expect(await factsOf("plain", "r::DOUBLE - 7", lastOnly, "CASE WHEN r > 9 THEN 'x' END", "NULL::DOUBLE")).toEqual([
    { present: 125_000, range: { low: -7, high: 124_992 } },
    { present: 1, range: { low: -1e20, high: -1e20 } },
    { present: 124_990, range: null },
    { present: 0, range: null },
  ]);
});

test("where a NaN or an infinity stands the ends are not told", async () => {
  const odd = (value: string) => `CASE WHEN r = 124999 THEN '${value}'::DOUBLE ELSE 1 END`;
  expect((await factsOf("odd", odd("nan"), odd("inf"), odd("-inf"))).map(({ range }) => range)).toEqual([null, null, null]);
});

test("a column of many different values has no dictionary, one of few has", async () => {
  const path = join(folder, "dictionary.parquet");
  const encodings = await withSession(LIMITS, join(folder, "spill"), async (session) => {
    await session.run(copySql("SELECT (r % 12000)::DOUBLE AS many, (r % 5000)::DOUBLE AS few FROM range(120000) AS t(r)", path, 120_000));
    return await session.rows(`SELECT path_in_schema, encodings FROM parquet_metadata('${path}')`);
  });
  expect(encodings).toEqual([
    ["many", "PLAIN"],
    ["few", expect.stringContaining("DICTIONARY")],
  ]);
});
