import { expect, test } from "vitest";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 600;

const inspect = async (name: string, value: (draw: number, row: number) => number) => {
  const columns = { [name]: cells(ROWS, 5, "z", (random, row) => value(random.normal(), row)), y: coin(ROWS) };
  return (await sentinel.inspect(contextOf({ columns, target: "y" }))).map(({ confidence, evidence }) => ({
    confidence,
    codes: evidence.codes,
  }));
};

/** From 0.25 on, spread so wide that its lower tail says little of 0. */
const share = (draw: number) => Math.round(1000 * Math.min(0.95, Math.max(0.25, 0.6 + 0.2 * draw + Math.abs(draw) / 1000))) / 1000 + 0.001;

test("a heap of zeros far below all others, which thin out, is asked about; as many as stand beside it are not", async () => {
  const spread = (draw: number, row: number) => (row % 2 === 0 ? share(draw) : 0.25 + ((row * 37) % 600) / 1000);
  expect(await inspect("income", (draw, row) => (row < 30 ? 0 : spread(draw, row)))).toEqual([{ confidence: 0.4, codes: ["0"] }]);
  expect(await inspect("income", (draw, row) => (row < 9 ? 0 : spread(draw, row)))).toEqual([]);
  expect(await inspect("income", (draw, row) => (row < 30 ? 0 : spread(draw, row) - 0.15))).toEqual([]);
  expect(await inspect("income", (draw, row) => (row < 150 ? 0 : spread(draw, row)))).toEqual([]);
});

test("an age of 0 where nobody is between that and five years is asked about, even once", async () => {
  const age = (draw: number, least: number) => Math.max(least, Math.round(36 + 15 * draw));
  expect(await inspect("Age", (draw, row) => (row === 4 ? 0 : age(draw, 6)))).toEqual([{ confidence: 0.45, codes: ["0"] }]);
  expect(await inspect("Age", (draw, row) => (row === 4 ? 0 : age(draw, 4)))).toEqual([]);
  expect(await inspect("length", (draw, row) => (row === 4 ? 0 : age(draw, 6)))).toEqual([]);
});

test("zeros far below all others are emptied, but for amounts of money and lengths of time: there may be none", async () => {
  const far = (draw: number, row: number) => (row < 60 ? 0 : Math.round(900 + 60 * draw));
  expect(await inspect("gauge", far)).toEqual([{ confidence: 0.65, codes: ["0"] }]);
  for (const name of ["monthly_rent", "loan_amount", "miete", "tenure_months", "education_years"])
    expect(await inspect(name, far), name).toEqual([{ confidence: 0.4, codes: ["0"] }]);
});

test("a heap at 0 far below a long thin tail is asked about under any name; the more rows, the nearer to 0 one of the others comes", async () => {
  const beats = (name: string, zeros: number, draws: (draw: number) => number) => {
    const columns = { [name]: cells(6000, 5, "z", (random, row) => (row < zeros ? 0 : draws(random.normal()))), y: coin(6000) };
    return sentinel.inspect(contextOf({ columns, target: "y" }));
  };
  const thin = (draw: number) => Math.max(14, Math.round(80 + 15 * draw + (draw < -2.9 ? 14 * (draw + 2.9) : 0)));
  expect(await beats("kolumna", 180, thin)).toMatchObject([{ confidence: 0.4, evidence: { codes: ["0"] } }]);
  // As the last of the tail, or with others between.
  expect(await beats("kolumna", 8, thin)).toEqual([]);
  expect(await beats("kolumna", 180, (draw) => Math.max(1, Math.round(30 + 13 * draw)))).toEqual([]);
  expect(await beats("tętno", 180, thin)).toMatchObject([{ confidence: 0.85, evidence: { codes: ["0"] } }]);
});
