import { join } from "node:path";
import { expect, test } from "vitest";
import { type Session, withSession } from "../../src/store/session.ts";
import { LIMITS, temporaryFolder } from "./temporary.ts";

const folder = temporaryFolder();
const spill = join(folder, "spill");

const setting = async (session: Session, name: string) => (await session.rows(`SELECT current_setting('${name}')`))[0]?.[0];
const tables = async (session: Session) => (await session.rows("SELECT table_name FROM duckdb_tables()")).flat();
const makesTable = async (session: Session) => {
  await session.run("SET TimeZone = 'Asia/Tokyo'");
  await session.run("CREATE TEMP TABLE raw AS SELECT 1 AS a");
  expect(await tables(session)).toEqual(["raw"]);
};

test("a session begins with nothing of the one before, and with its own limits", async () => {
  await withSession(LIMITS, spill, makesTable);
  const other = { memoryBytes: 1e9, threads: 2 };
  await withSession(other, join(folder, "other"), async (session) => {
    expect(await tables(session)).toEqual([]);
    const settings = ["memory_limit", "threads", "temp_directory", "TimeZone"].map((name) => setting(session, name));
    expect(await Promise.all(settings)).toEqual(["572.2 MiB", "2", join(folder, "other"), "UTC"]);
  });
  await withSession(LIMITS, spill, async (session) => {
    expect(await Promise.all([setting(session, "threads"), setting(session, "temp_directory")])).toEqual(["1", spill]);
  });
});

test("nor of one that failed, or of one beside it", async () => {
  const failed = withSession(LIMITS, spill, async (session) => {
    await makesTable(session);
    await session.run("CREATE TABLE stays AS SELECT 1 AS a");
    throw new Error("in its middle");
  });
  await expect(failed).rejects.toThrow("in its middle");
  await withSession(LIMITS, spill, async (session) => {
    expect(await tables(session)).toEqual([]);
    await makesTable(session);
    await withSession(LIMITS, spill, async (beside) => expect(await tables(beside)).toEqual([]));
    expect(await tables(session)).toEqual(["raw"]);
  });
});

test("what is read is not ended by another query, nor by the end of lanes", async () => {
  await withSession({ memoryBytes: 4e9, threads: 2 }, join(folder, "read"), async (session) => {
    const lanes = await session.lanes(2);
    expect(lanes.sessions).toHaveLength(2);
    let rows = 0;
    for await (const chunk of session.stream("SELECT range FROM range(1000000)")) {
      if (rows === 0) {
        await lanes.close();
        await expect(session.rows("SELECT 1")).rejects.toThrow("would end that one");
        await expect(session.run("SELECT 1")).rejects.toThrow("would end that one");
        await expect(session.stream("SELECT 1")[Symbol.asyncIterator]().next()).rejects.toThrow("would end that one");
      }
      rows += chunk.rowCount;
    }
    expect(rows).toBe(1e6);
    expect(await setting(session, "threads")).toBe("2");
  });
});
