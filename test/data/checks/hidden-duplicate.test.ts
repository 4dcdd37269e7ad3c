import { expect, test } from "vitest";
import { duplicateRow } from "../../../src/data/checks/duplicate-row.ts";
import { hiddenDuplicate } from "../../../src/data/checks/hidden-duplicate.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";
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

test("what differs in the time alone does harm where nothing that is measured lasts", async () => {
  const copied = withCopies(measured(), 30);
  const day = cells(ROWS + 30, 1, "k", (_, row) => Date.UTC(2024, 0, 1) + row * 86_400_000);
  const look = async (rest: Record<string, Cells>) =>
    await hiddenDuplicate.inspect(contextOf({ columns: { day, ...rest }, dates: ["day"], target: "y", roles: { time: "day" } }));
  const [drawn] = await look(copied);
  expect(drawn).toMatchObject({ columns: ["day"], severity: "harmful" });
  expect(drawn!.confidence).toBeLessThan(0.5);
  const level = withCopies({ level: cells(ROWS, 1, "l", (random, row) => row + Math.round(random.normal())) }, 30);
  const [lasting] = await look({ ...copied, ...level });
  expect(lasting).toMatchObject({ severity: "cosmetic", why: expect.stringContaining("or a state that lasts") });
});

test("copies under new keys at the same times are found by the keys alone", async () => {
  const days = cells(ROWS, 1, "day", (_, row) => Date.UTC(2024, 0, 1) + row * 86_400_000);
  const copied = withCopies({ day: days, ...measured() }, 90);
  const columns = { row_id: cells(ROWS + 90, 1, "k", (_, row) => row), ...copied };
  const [found] = await hiddenDuplicate.inspect(contextOf({ columns, dates: ["day"], target: "y", roles: { time: "day" } }));
  expect(found!).toMatchObject({ columns: ["row_id"], severity: "blocker", question: expect.stringContaining("or copies?") });
});

const [FLIGHTS, TWICE] = [1200, 90];

/** Flights; those of the first rows are once more at the end, under another carrier and number. */
function flights(twice = TWICE): Record<string, Cells> {
  const flown = {
    day: cells(FLIGHTS, 6, "day", (random) => `2024-${random.integer(300)}`),
    start: cells(FLIGHTS, 6, "start", (random) => random.integer(1400)),
    load: cells(FLIGHTS, 6, "load", (random) => Math.round(1000 * random.next()) / 1000),
    wind: cells(FLIGHTS, 6, "wind", (random) => Math.round(100 * random.next()) / 10),
    rain: cells(FLIGHTS, 6, "rain", (random) => random.integer(3)),
    late: coin(FLIGHTS),
  };
  const rows = FLIGHTS + twice;
  return {
    carrier: cells(rows, 6, "carrier", (random) => "ABCDEFGHIJ"[random.integer(10)]!),
    flight_no: cells(rows, 6, "no", (random) => 100 + random.integer(500)),
    ...withCopies(flown, twice),
  };
}

const lookAt = (columns: Record<string, Cells>, target = "late") => hiddenDuplicate.inspect(contextOf({ columns, target }));

test("rows that are equal in all but the same few names and numbers of things are asked about, never removed unasked", async () => {
  const [found] = await lookAt(flights());
  expect(found).toMatchObject({ columns: ["carrier", "flight_no"], rows: { count: TWICE }, severity: "harmful" });
  expect(found!.confidence).toBeLessThan(0.5);
  expect(found!.question).toContain("entries of their own, or copies?");
  const { carrier, flight_no, ...rest } = flights();
  expect(await lookAt({ carrier: carrier!, store: flight_no!, ...rest })).toMatchObject([{ columns: ["carrier", "store"] }]);
  const withKey = { booking_ref: cells(FLIGHTS + TWICE, 1, "k", (_, row) => `k${row}`), ...flights() };
  const [under] = await lookAt(withKey);
  expect(under).toMatchObject({ columns: ["booking_ref", "carrier", "flight_no"], rows: { count: TWICE } });
});

test("an amount or the target tells no names apart, nor do rows of which most have a twin", async () => {
  const { flight_no, ...others } = flights();
  expect(await lookAt({ distance: flight_no!, ...others })).toEqual([]);
  expect(await lookAt(flights(), "carrier")).toEqual([]);
  expect(await lookAt(flights(FLIGHTS))).toMatchObject([{ rows: { count: FLIGHTS } }]);
  const thrice = withCopies(withCopies(flights(0), FLIGHTS), FLIGHTS);
  expect(await lookAt({ ...thrice, carrier: cells(3 * FLIGHTS, 6, "other", (random) => "ABCDEFGHIJ"[random.integer(10)]!) })).toEqual([]);
});

test("few coarse columns make equal rows by chance or by habit, whatever the names beside", async () => {
  const coarse = (count: number) =>
    Object.fromEntries(
      ["a", "b", "c", "d", "e", "f", "g", "h"]
        .slice(0, count)
        .map((name) => [name, cells(FLIGHTS, 6, name, (random) => random.integer(4))]),
    );
  const { carrier, flight_no } = flights();
  for (const count of [3, 8]) {
    const rows = withCopies({ ...coarse(count), late: coin(FLIGHTS) }, TWICE);
    expect(await lookAt({ carrier: carrier!, flight_no: flight_no!, ...rows })).toEqual([]);
  }
});

/** In one cell in three of the copies something else was written since. */
function damaged(columns: Record<string, Cells>): Record<string, Cells> {
  const write = (name: string, turn: number, other: (value: number) => number) => ({
    [name]: columns[name]!.map((value, row) => (row >= FLIGHTS && row % 4 === turn ? other(Number(value)) : value)),
  });
  return {
    ...columns,
    ...write("rain", 0, (value) => 40 + value),
    ...write("wind", 1, (value) => 40 + value),
    ...write("late", 2, (value) => 1 - value),
  };
}

test("copies that were damaged since in a cell each are found by the rare values in which they agree", async () => {
  const [found] = await lookAt(damaged(flights()));
  expect(found).toMatchObject({ columns: ["carrier", "flight_no"], evidence: { rarePairs: expect.any(Number) } });
});

test("what differs in the time alone is no name", async () => {
  const { carrier, flight_no, ...rest } = damaged(flights());
  const seen = cells(FLIGHTS + TWICE, 1, "k", (_, row) => Date.UTC(2024, 0, 1) + row * 86_400_000);
  const context = contextOf({ columns: { seen, ...rest }, dates: ["seen"], target: "late", roles: { time: "seen" } });
  expect(await hiddenDuplicate.inspect(context)).toEqual([]);
  const named = contextOf({ columns: { seen, carrier: carrier!, ...rest }, dates: ["seen"], target: "late", roles: { time: "seen" } });
  expect(await hiddenDuplicate.inspect(named)).toMatchObject([{ columns: ["seen", "carrier"] }]);
});

test("twins by chance are no copies: things of one kind with slips of their own", async () => {
  const { carrier, flight_no, late } = flights(0);
  const kind = cells(FLIGHTS, 6, "kind", (random) => random.integer(600)) as number[];
  const slipping = (name: string) => ({
    [name]: cells(FLIGHTS, 6, name, (random, row) => (random.next() < 0.7 ? kind[row]! : random.integer(600))),
  });
  const names = { carrier: carrier!, flight_no: flight_no! };
  expect(await lookAt({ ...names, ...slipping("a"), ...slipping("b"), ...slipping("c"), late: late! })).toEqual([]);
});

test("names are told beside a time where they show more than twice as many rows", async () => {
  const seen = cells(FLIGHTS + TWICE, 1, "k", (_, row) => Date.UTC(2024, 0, 1) + row * 86_400_000);
  const { carrier, flight_no: _no, ...rest } = flights();
  for (const [others, columns] of [
    [30, ["seen"]],
    [80, ["seen", "carrier"]],
  ] as const) {
    const same = carrier!.map((_, row) => (row >= FLIGHTS + TWICE - others ? "B" : "A"));
    const context = contextOf({ columns: { seen, carrier: same, ...rest }, dates: ["seen"], target: "late", roles: { time: "seen" } });
    expect(await hiddenDuplicate.inspect(context)).toMatchObject([{ columns }]);
  }
});
