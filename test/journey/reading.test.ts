import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Request } from "../../src/core/request.ts";
import { beginReading } from "../../src/journey/reading/index.ts";
import { openWorkplace } from "../../src/journey/workplace.ts";

const root = mkdtempSync(join(tmpdir(), "oldhand-reading-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const asked = (data: string) =>
  ({
    data,
    target: "y",
    test: null,
    time: null,
    group: [],
    ids: [],
    weight: null,
    ignore: [],
    answers: {},
    labels: null,
    seed: 1,
    budgetMs: 0,
    threads: 1,
    memoryBytes: 1e9,
  }) as unknown as Request;

test("a workplace goes on with the table that is being read, and a table that is known is idle at once", async () => {
  const data = join(root, "data.csv");
  writeFileSync(data, "a,y\n1,p\n2,q\n3,p\n");
  const request = asked(data);
  const versions: string[] = [];
  for (let time = 0; time < 2; time++) {
    const reading = beginReading(join(root, "dossier"), request);
    await reading.idle;
    const workplace = await openWorkplace(join(root, "dossier"), request, reading);
    expect(workplace.dossier).toBe(reading.dossier);
    expect(workplace.dataset).toEqual(await reading.table);
    versions.push(workplace.dataset.version);
    workplace.dossier.close();
  }
  expect(versions[1]).toBe(versions[0]);
});

test("a file that is no table is told by the workplace, which leaves no dossier", async () => {
  const data = join(root, "empty.csv");
  writeFileSync(data, "");
  const folder = join(root, "none");
  const reading = beginReading(folder, asked(data));
  await reading.idle;
  await expect(openWorkplace(folder, asked(data), reading)).rejects.toMatchObject({ name: "OldhandError" });
  expect(existsSync(folder)).toBe(false);
});

test("spellings of one class are one before the sample is drawn, of three classes they are three", async () => {
  const rowsOf = async (name: string, labels: readonly string[], more: Partial<Request> = {}) => {
    const data = join(root, `${name}.csv`);
    writeFileSync(
      data,
      `a,y\n${Array.from({ length: 6000 }, (_, row) => `${row % 97},${labels[(row * 7) % labels.length]}`).join("\n")}\n`,
    );
    const workplace = await openWorkplace(join(root, `${name}-dossier`), { ...asked(data), task: null, budgetMs: 1, ...more } as Request);
    workplace.dossier.close();
    return workplace.frame.rows;
  };
  expect(await rowsOf("plain", ["Yes", "No"])).toBe(5000);
  expect(await rowsOf("spelt", ["Yes", "No", "yes ", "YES", "no"])).toBe(5000);
  expect(await rowsOf("three", ["red", "green", "blue", "Red", "BLUE"])).toBe(2193);
  expect(await rowsOf("five", ["red", "green", "blue", "grey", "pink"])).toBe(1500);
  expect(await rowsOf("settled", ["Yes", "No", "yes ", "YES", "no"], { budgetMs: 0 })).toBe(6000);
});
