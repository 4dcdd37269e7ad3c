import { expect, test } from "vitest";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 900;
const isTest = (row: number) => row % 30 === 7;

const customer = cells(ROWS, 5, "c", (random, row) => (isTest(row) ? 99_999 : 10_000 + random.integer(250)));
const price = cells(ROWS, 5, "p", (random, row) => (isTest(row) ? 0.01 : Math.round(100 * (20 + 60 * random.next())) / 100));
const free = cells(ROWS, 5, "f", (random) => Math.round(100 * (20 + 60 * random.next())) / 100);
const source = cells(ROWS, 5, "s", (random, row) => (isTest(row) ? "intern" : ["web", "app", "shop"][random.integer(3)]!));
/** Each customer has one town of its own. */
const town = customer.map((one) => `town ${Number(one) % 100}`);
const kept = coin(ROWS).map((answer, row) => (isTest(row) ? "no" : answer));

const inspect = async (columns: Record<string, Cells>, y: Cells = coin(ROWS)) =>
  (await sentinel.inspect(contextOf({ columns: { ...columns, y }, target: "y" })))
    .filter(({ evidence }) => [evidence.codes].flat().map(String).includes("99999"))
    .map(({ fix, choices, evidence }) => ({ action: fix.action, choices, alike: evidence.alike ?? null }));

test("a customer number apart from all others whose rows are alike is asked about as an account for tests", async () => {
  const account = { action: "advice", choices: ["test", "value"] };
  expect(await inspect({ customer_id: customer, price, source })).toEqual([{ ...account, alike: ["price", "source"] }]);
  expect(await inspect({ customer_id: customer, price }, kept)).toEqual([{ ...account, alike: ["price", "y"] }]);
});

test("it is emptied where the rows differ, where each customer has one value of its own, and where the number is an amount", async () => {
  const emptied = [{ action: "steps", choices: ["missing", "value"], alike: null }];
  expect(
    await inspect({ customer_id: customer, price: free, source: cells(ROWS, 6, "s", (random) => ["web", "app"][random.integer(2)]!) }),
  ).toEqual(emptied);
  expect(await inspect({ customer_id: customer, price: free }, kept)).toEqual(emptied);
  expect(await inspect({ customer_id: customer, price }, coin(ROWS))).toEqual(emptied);
  expect(await inspect({ customer_id: customer, price, town }, coin(ROWS))).toEqual(emptied);
  expect(await inspect({ weight: customer, price, source })).toEqual(emptied);
});
