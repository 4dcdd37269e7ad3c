import { expect, test } from "vitest";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 1200;
const inspect = async (columns: Record<string, Cells>) =>
  impossibleValue.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }));
const filled = (end: number, beyond: readonly number[], whole = true) =>
  cells(ROWS, 3, "d", (random, row) => beyond[row] ?? (whole ? random.integer(end) : end * random.next()));

test("a few values beyond the end of a scale that all others fill are asked about, whatever the name", async () => {
  expect(await inspect({ flurg: filled(360, [511, 655, 725, 511]) })).toMatchObject([
    {
      columns: ["flurg"],
      evidence: { end: 360, rows: 4, values: [511, 655, 725] },
      confidence: 0.45,
      question: expect.stringContaining("511"),
    },
  ]);
  expect(await inspect({ flurg: filled(100, [140, 133]) })).toMatchObject([{ columns: ["flurg"], evidence: { end: 100 } }]);
  expect(await inspect({ flurg: filled(24, [31, 31]) })).toMatchObject([{ columns: ["flurg"], evidence: { end: 24 } }]);
  expect(await inspect({ flurg: filled(1, [1.7, 1.31], false) })).toMatchObject([{ columns: ["flurg"], evidence: { end: 1 } }]);
});

test("a tail, an end that is another one, and many rows beyond are none", async () => {
  const sharp = (found: readonly { evidence: object }[]) =>
    found.filter(({ evidence }) => "kind" in evidence && evidence.kind === "sharp-bound");
  const tail = cells(ROWS, 4, "t", (random) => Math.round(-20 * Math.log(1 - random.next())));
  const beyond = cells(ROWS, 5, "b", (random, row) => (row < 40 ? 500 + random.integer(200) : random.integer(360)));
  for (const flurg of [tail, filled(365, []), filled(366, [500, 600]), filled(90, [150]), beyond]) {
    expect(sharp(await inspect({ flurg }))).toEqual([]);
  }
});

test("directions of the wind are known by name in more languages", async () => {
  for (const name of ["vindretning", "Kierunek wiatru", "direção do vento"]) {
    expect(await inspect({ [name]: filled(360, [511, 655]) })).toMatchObject([{ columns: [name], question: null }]);
  }
});
