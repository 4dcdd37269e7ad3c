import { describe, expect, test } from "vitest";
import { takeRows } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { ReadingNote } from "../../../src/core/reading-note.ts";
import { KEY_SHARE, keyLikeness } from "../../../src/data/roles/key-likeness.ts";
import { ID_SHARE, inferRoles, refuseTwoTargets } from "../../../src/data/roles/roles.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const random = createRandom(1, "roles");
const rows = 60;
const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i));
const table = tableOf([
  ["row_id", numbers(rows, (i) => i + 1)],
  ["code", numbers(rows, (i) => 100_000 + ((i * 7919) % 9973))],
  ["customer", numbers(rows, (i) => i).map((i) => `c-${i}`)],
  ["seen", numbers(rows, (i) => i).map(day)],
  ["born", numbers(rows, (i) => i).map(day)],
  ["amount", numbers(rows, () => random.normal())],
  ["kind", numbers(rows, (i) => i % 3).map((i) => `k${i}`)],
  ["colour", numbers(rows, (i) => i % 2).map((i) => (i === 0 ? "red" : "blue"))],
  ["note", numbers(rows, (i) => i).map((i) => `called ${i} times, was not at home on that day`)],
  ["short", numbers(rows, (i) => i).map((i) => `at home ${i}`)],
  ["y", numbers(rows, (i) => i % 2)],
]);

describe("inferRoles", () => {
  test("finds keys and the time, with reasons, and leaves amounts and births alone", () => {
    const roles = inferRoles(table.dataset, table.frame, { target: "y" });
    expect(roles.ids).toEqual(["row_id", "customer", "short"]);
    expect(roles.why.short).toMatch(/^short texts, which no model here reads: 60 different/);
    expect(roles.time).toBe("seen");
    expect(roles.features).toEqual(["code", "born", "amount", "kind", "colour", "note"]);
    expect(Object.keys(roles.why).sort()).toEqual(["customer", "row_id", "seen", "short"]);
  });

  test("months in any order are no time of the rows unless the name says when; those that rise are", () => {
    const timeOf = (name: string, month: (row: number) => number, dateFormat: string | null = "%b %Y") => {
      const { dataset, frame } = tableOf([
        [name, numbers(60, month).map((at) => new Date(Date.UTC(2016, at, 1)))],
        ["spare", numbers(60, () => random.normal())],
        ["y", numbers(60, (i) => i % 2)],
      ]);
      const columns = dataset.columns.map((info) => (info.name === name ? { ...info, dateFormat } : info));
      return inferRoles({ ...dataset, columns }, frame, { target: "y" }).time;
    };
    const any = (row: number) => (row * 37) % 60;
    expect([timeOf("period", any), timeOf("month", any), timeOf("month", (row) => Math.floor(row / 2))]).toEqual([null, null, "month"]);
    expect([timeOf("order date", any), timeOf("period", any, "%d.%m.%Y")]).toEqual(["order date", "period"]);
  });

  test("years that count the rows of a series are its time and no key; other numbers that do are a key", () => {
    const rolesOf = (name: string, value: (row: number) => number, more: [string, Date[]][] = []) => {
      const { dataset, frame } = tableOf([
        [name, numbers(60, value)],
        ...more,
        ["spare", numbers(60, () => random.normal())],
        ["y", numbers(60, (i) => i % 2)],
      ]);
      const { time, ids } = inferRoles(dataset, frame, { target: "y" });
      return { time, ids };
    };
    expect(rolesOf("sales_year", (i) => 1960 + i)).toEqual({ time: "sales_year", ids: [] });
    expect(rolesOf("doy", (i) => 1 + i)).toEqual({ time: "doy", ids: [] });
    expect(rolesOf("case", (i) => 1960 + i)).toEqual({ time: null, ids: ["case"] });
    // Each year twice: a property, of which the checks say whether it is a time.
    expect(rolesOf("sales_year", (i) => 1960 + (i >> 1))).toEqual({ time: null, ids: [] });
    expect(rolesOf("week", (i) => 1 + i, [["seen", numbers(60, (i) => i).map((i) => day(i))]]).time).toBe("seen");
  });

  test("codes of which a few come back have the role of an id and tell no row apart; with more they are a property", () => {
    const told = (share: number) => {
      const codes = numbers(200, (i) => i % Math.round(share * 200)).map((i) => `Q${String((i * 7919) % 99_991).padStart(6, "0")}X`);
      const all = tableOf([
        ["label", codes],
        ["spare", numbers(200, () => random.normal())],
        ["y", numbers(200, (i) => i % 2)],
      ]);
      const column = all.frame.columns[0]!;
      const isId = inferRoles(all.dataset, all.frame, { target: "y" }).ids.includes("label");
      return [isId, keyLikeness(contextOf(all, "y"), column) !== null];
    };
    expect(told((1 + KEY_SHARE) / 2)).toEqual([true, true]);
    expect(told((ID_SHARE + KEY_SHARE) / 2)).toEqual([true, false]);
    expect(told(ID_SHARE - 0.02)).toEqual([false, false]);
  });

  test("numbers in one text are measures, however different; a key is one by its name", () => {
    const pressure = numbers(200, (i) => i).map(() => `${100 + random.integer(60)}/${60 + random.integer(41)}`);
    const { dataset, frame } = tableOf([
      ["pressure", pressure],
      ["visit_id", pressure],
      ["y", numbers(200, (i) => i % 2)],
    ]);
    const roles = inferRoles(dataset, frame, { target: "y" });
    expect([roles.ids, roles.features]).toEqual([["visit_id"], ["pressure"]]);
  });

  test("copies of whole rows hide no key; values that repeat in other rows are none", () => {
    const order = numbers(400, (i) => 20_000 + ((i * 7919) % 9973));
    const amount = numbers(400, () => random.normal());
    const copied = <T>(values: readonly T[]) => [...values, ...values.slice(100, 140)];
    const withCopies = (others: (i: number) => number) =>
      tableOf([
        ["order_code", copied(order.map((value) => `ORD-${value}`))],
        ["amount", numbers(440, (i) => others(i < 400 ? i : i - 300))],
        ["y", numbers(440, (i) => i % 2)],
      ]);
    const ids = (others: (i: number) => number) => {
      const { dataset, frame } = withCopies(others);
      return inferRoles(dataset, frame, { target: "y" }).ids;
    };
    expect(ids((i) => amount[i]!)).toEqual(["order_code"]);
    // Where the other columns do not tell rows apart, a repeated value is no sign of a copy.
    expect(ids((i) => i % 3)).toEqual([]);
  });

  test("what counts the rows of a table counts those of a sample of it; a quantity that rises does not", () => {
    const whole = tableOf([
      ["place", numbers(1000, (i) => i + 1)],
      ["meter", numbers(1000, (i) => 40 * i + random.integer(40))],
      ["y", numbers(1000, (i) => i % 2)],
    ]);
    const kept = Int32Array.from({ length: 1000 }, (_, row) => row).filter(() => random.next() < 0.2);
    const frame = { ...takeRows(whole.frame, kept), rowNumbers: kept };
    expect(inferRoles(whole.dataset, frame, { target: "y" }).ids).toEqual(["place"]);
  });

  test("what the user says wins and needs no reason", () => {
    const roles = inferRoles(table.dataset, table.frame, {
      target: "y",
      time: "born",
      group: ["kind", "code"],
      ids: ["amount"],
      ignore: ["customer"],
    });
    expect(roles).toMatchObject({
      time: "born",
      group: "kind",
      ids: ["amount", "code", "row_id", "short"],
      ignored: ["customer"],
      features: ["seen", "colour", "note"],
    });
    expect(Object.keys(roles.why)).toEqual(["row_id", "short"]);
  });

  test.each([
    ["unknown-column", { target: "ammount" }, /Did you mean "amount"/],
    ["unknown-column", { target: "y", time: "sen" }, /--time/],
    ["bad-option", { target: "y", group: "y" }, /second role/],
    ["bad-option", { target: "y", time: "colour" }, /"colour" holds words[\s\S]*blue, red/],
    [
      "no-features",
      { target: "y", ignore: table.dataset.columns.map(({ name }) => name).filter((name) => name !== "y") },
      /No column is left/,
    ],
  ])("%s", (code, given, message) => {
    expect(() => inferRoles(table.dataset, table.frame, given)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  test("one column", () => {
    const lone = tableOf([["y", [0, 1, 0]]]);
    expect(() => inferRoles(lone.dataset, lone.frame, { target: "y" })).toThrow(expect.objectContaining({ code: "one-column" }));
  });
});

test("a target that stands twice in the header is refused, unless the other is ignored", () => {
  const noticed = [{ kind: "repeated-names", columns: [{ name: "y", called: "y_2", position: 4 }] }] as unknown as readonly ReadingNote[];
  expect(() => refuseTwoTargets("y", noticed)).toThrow(/2 times/);
  expect(() => refuseTwoTargets("y", noticed, ["y_2"])).not.toThrow();
  expect(() => refuseTwoTargets("x", noticed)).not.toThrow();
});
