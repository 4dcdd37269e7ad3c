import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { splitOverlap } from "../../../src/data/checks/split-overlap.ts";
import { splitColumn } from "../../../src/data/copies/split-column.ts";
import { coin, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 500;
const random = createRandom(21, "split column");
const measured = numbers(ROWS, () => random.normal());
const part = measured.map((_, row) => (row % 5 === 0 ? "test" : "train"));
/** The rows for judging from 300 on are those before them, in every feature. */
const copy = (values: number[]) => values.map((value, row) => (row > 300 && row % 5 === 0 ? (values[row - 1] ?? 0) : value));
const weight = numbers(ROWS, () => 50 + 10 * random.normal());
const found = (columns: Record<string, (number | string | null)[]>) => contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" });

test("a column of words for training and judging is left out, and copies in both parts are counted", async () => {
  expect(await splitOverlap.inspect(found({ measured, weight, part }))).toMatchObject([
    {
      columns: ["part"],
      severity: "cosmetic",
      fix: { action: "steps", steps: [{ op: "drop", columns: ["part"] }] },
      evidence: { trainingRows: 400, judgingRows: 100, overlappingRows: 0 },
    },
  ]);
  const [both] = await splitOverlap.inspect(found({ measured: copy(measured), weight: copy(weight), part }));
  expect(both).toMatchObject({ severity: "harmful", rows: { count: 39 }, evidence: { overlappingRows: 39 } });
  expect(both?.why).toContain("39 rows (39 %) of those for judging are equal to one for training in all other features.");
});

test("in other languages and spellings, with a third part", () => {
  const other = part.map((word, row) => (row % 25 === 0 ? " Validation " : word === "test" ? "TEST set" : "X_train"));
  expect(splitColumn(found({ measured, other }))?.judges).toEqual([" Validation ", "TEST set"]);
  expect(splitColumn(found({ measured, parte: part.map((word) => (word === "test" ? "prueba" : "entrenamiento")) }))?.training).toBe(400);
});

test("everyday words under another name are asked about", async () => {
  const session = part.map((word) => (word === "test" ? "test" : "training"));
  expect(await splitOverlap.inspect(found({ measured, weight, session }))).toMatchObject([
    {
      columns: ["session"],
      confidence: 0.45,
      question: "Does `session` say which rows are for training a model and which for judging it?",
    },
  ]);
});

test("a vehicle, a kind of run and one part alone are none", () => {
  const look = (levels: string[]) => splitColumn(found({ measured, kind: measured.map((_, row) => levels[row % levels.length] ?? "") }));
  expect(look(["train", "bus", "test"])).toBeNull();
  expect(look(["train", "bus"])).toBeNull();
  expect(look(["test", "prod"])).toBeNull();
  expect(look(["train"])).toBeNull();
});
