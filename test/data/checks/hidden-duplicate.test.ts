import { expect, test } from "vitest";
import { duplicateRow } from "../../../src/data/checks/duplicate-row.ts";
import { hiddenDuplicate } from "../../../src/data/checks/hidden-duplicate.ts";
import { type Cells, cells, contextOf } from "./context.ts";
import { measured, ROWS, withCopies } from "./copied-tables.ts";

/** Customers with few, tied features: a total that is the fee in the first month, and services that only some have. */
function customers(rows: number, newcomers = 0.3): Record<string, Cells> {
  const draw = (label: string) => cells(rows, 9, label, (random) => random.next());
  const [first, plan, paying, sex, line] = ["first", "plan", "paying", "sex", "line"].map(draw) as number[][];
  const months = cells(rows, 9, "months", (random, row) => (first![row]! < newcomers ? 1 : 2 + random.integer(70))) as number[];
  const level = (u: number) => 20 + Math.floor(3 * u) / 2;
  const fee = plan!.map((u) => (u < 0.5 ? level(u) : 20 + Math.round(1600 * (u - 0.5)) / 10));
  return {
    months,
    fee,
    total: fee.map((one, row) => (months[row] === 1 ? one : Math.round(one * months[row]! * (0.9 + 0.2 * line![row]!) * 100) / 100)),
    support: plan!.map((u) => (u < 0.5 ? "no service" : u < 0.8 ? "yes" : "no")),
    backup: plan!.map((u, row) => (u < 0.5 ? "no service" : line![row]! < 0.5 ? "yes" : "no")),
    paying: paying!.map((u) => ["post", "bank", "card"][Math.floor(u ** 2 * 3)]!),
    sex: sex!.map((u) => (u < 0.5 ? "f" : "m")),
    y: cells(rows, 9, "y", (random, row) => Number(random.next() < (months[row] === 1 ? 0.5 : 0.1))),
  };
}

test("copies with a new key are seen once the key is left out", async () => {
  const copied = withCopies(measured(), 90);
  const columns = { row_id: cells(ROWS + 90, 1, "k", (_, row) => row), ...copied };
  expect(await duplicateRow.inspect(contextOf({ columns, target: "y" }))).toEqual([]);
  const [found] = await hiddenDuplicate.inspect(contextOf({ columns, target: "y" }));
  expect(found).toMatchObject({ columns: ["row_id"], rows: { count: 90 }, severity: "blocker" });
  expect(await hiddenDuplicate.inspect(contextOf({ columns: copied, target: "y" }))).toEqual([]);
});

test("different customers with the same few features are no copies, whatever their keys", async () => {
  const rows = 3000;
  const columns = { customer: cells(rows, 1, "k", (random) => `c${random.integer(1e9)}`), ...customers(rows) };
  expect(await hiddenDuplicate.inspect(contextOf({ columns, target: "y" }))).toEqual([]);
});

test("copies under new keys are found among such customers", async () => {
  const rows = 3000;
  const copied = withCopies(customers(rows, 0.05), 700);
  const columns = { customer: cells(rows + 700, 1, "k", (random) => `c${random.integer(1e9)}`), ...copied };
  const [found] = await hiddenDuplicate.inspect(contextOf({ columns, target: "y" }));
  expect(found!.rows.count).toBeGreaterThanOrEqual(700);
  expect(found!.confidence).toBeGreaterThan(0.5);
});

test("a time is no key: rows that differ only in it are kept, and asked for", async () => {
  const copied = withCopies(measured(), 90);
  const columns = { day: cells(ROWS + 90, 1, "k", (_, row) => Date.UTC(2024, 0, 1) + row * 86_400_000), ...copied };
  for (const roles of [{ time: "day" }, { ids: ["day"] }]) {
    const [found] = await hiddenDuplicate.inspect(contextOf({ columns, dates: ["day"], target: "y", roles }));
    expect(found!.confidence).toBeLessThan(0.5);
    expect(found!).toMatchObject({ columns: ["day"], question: expect.stringContaining("entries of their own, or copies?") });
  }
});

test("copies under new keys at the same times are found by the keys alone", async () => {
  const days = cells(ROWS, 1, "day", (_, row) => Date.UTC(2024, 0, 1) + row * 86_400_000);
  const copied = withCopies({ day: days, ...measured() }, 90);
  const columns = { row_id: cells(ROWS + 90, 1, "k", (_, row) => row), ...copied };
  const [found] = await hiddenDuplicate.inspect(contextOf({ columns, dates: ["day"], target: "y", roles: { time: "day" } }));
  expect(found!).toMatchObject({ columns: ["row_id"], severity: "blocker", question: expect.stringContaining("or copies?") });
});
