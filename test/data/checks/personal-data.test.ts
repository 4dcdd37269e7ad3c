import { expect, test } from "vitest";
import { personalData } from "../../../src/data/checks/personal-data.ts";
import { inferRoles } from "../../../src/data/index.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 400;

const given = (columns: Record<string, Cells>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });

const make = <T>(label: string, one: (random: { next(): number; normal(): number; integer(n: number): number }, row: number) => T) =>
  cells(ROWS, 11, label, one);

test("phone numbers as they are written at home are known by the name of their column", async () => {
  const digits = make("t", (random) => `0${30 + random.integer(60)} ${1_000_000 + random.integer(8e6)}`);
  const context = given({ telefon: digits, artikel: digits, size: make("s", (random) => random.normal()) });
  const meanings = inferRoles(context.dataset, context.frame, { target: "y" }).meanings;
  const found = await personalData.inspect({ ...context, roles: { ...context.roles, meanings } });
  expect(found.map(({ columns, evidence }) => [columns[0], evidence.kind])).toEqual([["telefon", "phone"]]);
});

test("mails, cards and people are named without showing one", async () => {
  const columns = {
    mail: make("m", (random, row) => `p${row}.${random.integer(99)}@example.org`),
    card: make(
      "c",
      (_, row) => ["4111111111111111", "5500005555555559", "340000000000009", "6011000000000004", "4012888888881881"][row % 5]!,
    ),
    name: make("n", (random, row) => `Smith, Mr. John ${"ABCDEFGH"[random.integer(8)]}${row}`),
    code: make("k", (random) => `${random.integer(900)}-${random.integer(900)}`),
    amount: make("a", (random) => String(4_000_000_000_000_000 + random.integer(1e9))),
  };
  const found = await personalData.inspect(given(columns));
  expect(found.map(({ columns, evidence }) => [columns[0], evidence.kind])).toEqual([
    ["mail", "email"],
    ["card", "card"],
    ["name", "person"],
  ]);
  for (const { why } of found) expect(why).not.toMatch(/example\.org|Smith|4111/);
});
