import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { openScorer } from "../../src/journey/index.ts";
import { answersOf } from "../../src/production/index.ts";
import { crowding } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";

const german = (value: number) => value.toLocaleString("de", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const random = createRandom(5, "amounts");
const rows = Array.from({ length: 240 }, () => {
  const [area, rooms] = [30 + 120 * random.next(), 1 + random.integer(5)];
  const rent = Math.round(100 * (200 + 12 * area + 300 * random.normal())) / 100;
  return { area: Math.round(10 * area) / 10, rooms, year: Math.round(1200 * rent) / 100, rent };
});

test("amounts as texts: the leak that they hide, then training, predict and records that write them or give the number", async () => {
  const cwd = folderFor();
  const lines = rows.map(({ area, rooms, year, rent }) => `${german(area)} qm;${rooms};${german(year)} €;${german(rent)} €`);
  writeFileSync(join(cwd, "rents.csv"), ["Fläche;Zimmer;Jahresmiete;Miete", ...lines].join("\n"));
  const flags = ["--budget", `${Math.ceil(4 * crowding())}s`, "--split", "blocks", "--quiet", "--threads", "1"];
  const { stderr } = await here(["run", "rents.csv", "--target", "Miete", "--out", "out", ...flags], cwd);
  const { findings, proof } = JSON.parse(readFileSync(join(cwd, "out", "result.json"), "utf8")) as JourneyResult;
  const found = findings.findings.filter(({ trap }) => trap === "target-leak" || trap === "text-number" || trap === "group-leak");
  expect(found.map(({ trap, columns: [name], state }) => `${trap} ${name} ${state}`).sort(), stderr).toEqual([
    "target-leak Jahresmiete mended",
    "text-number Fläche mended",
    "text-number Jahresmiete mended",
    "text-number Miete mended",
  ]);
  expect(proof?.gates.find(({ gate }) => gate === "parity")).toMatchObject({ status: "passed" });

  writeFileSync(join(cwd, "new.csv"), "Fläche;Zimmer\n1.041,50 qm;2\n80,5;3\nunbekannt;3\n");
  const predicted = await here(["predict", "out", "new.csv", "--out", "p.csv"], cwd);
  expect(predicted.stderr).toContain(
    'Column "Fläche": 1 cell is no number and was taken as missing, e.g. "unbekannt" in row 3. Write numbers as the training file does',
  );
  const scorer = openScorer(join(cwd, "out"));
  const answer = (area: unknown, rooms: number) =>
    answersOf(scorer, scorer.score(scorer.frameOf([{ Fläche: area, Zimmer: rooms }])))[0]?.prediction;
  const column = readFileSync(join(cwd, "p.csv"), "utf8").trim().split("\n").slice(1).map(Number);
  expect(column).toEqual([answer("1.041,50 qm", 2), answer("80,50 qm", 3), answer(null, 3)]);
  expect(column).toEqual([answer(1041.5, 2), answer(80.5, 3), answer("", 3)]);
  expect(() => answer("80.5 qm", 3)).toThrow();
});
