import fc from "fast-check";
import { expect, test } from "vitest";
import { amountOf } from "../../src/core/written-amount.ts";
import { amountSql } from "../../src/store/amount-text.ts";
import { concatDatasets, loadFrame, scanFrames } from "../../src/store/index.ts";
import { literal, withSession } from "../../src/store/session.ts";
import { typeTextColumns } from "../../src/store/type-columns.ts";
import { writings, writtenNumbers } from "../recipe/amounts.ts";
import { LIMITS, openText, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const german = (value: number) => value.toLocaleString("de", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const values = Array.from({ length: 60 }, (_, row) => Math.round(123_456 * (1 + row)) / 100);

test("SQL reads a text as amountOf does, to the bit", async () => {
  const strange = fc.oneof(fc.constantFrom("n/a", "about 5", "1.2.3", "$", "007", "1e5"), fc.string({ unit: "grapheme" }));
  const cases = writings.chain((writing) =>
    fc
      .array(fc.oneof({ weight: 4, arbitrary: writtenNumbers(writing).map(({ text }) => text) }, strange), { minLength: 1, maxLength: 20 })
      .map((texts) => ({
        writing,
        texts: texts.filter((text) => !text.includes("\0")),
      })),
  );
  await withSession(LIMITS, folder, async (session) => {
    const holds = fc.asyncProperty(cases, async ({ writing, texts }) => {
      if (texts.length === 0) return;
      const cells = texts.map((text, row) => `(${row}, ${literal(text)})`).join(", ");
      const rows = await session.rows(`SELECT ${amountSql("v", writing)} FROM (VALUES ${cells}) AS t(k, v) ORDER BY k`);
      expect(rows.map(([value]) => value ?? null)).toEqual(texts.map((text) => amountOf(text, writing)));
    });
    await fc.assert(holds, { numRuns: 150, seed: 20262 });
  });
});

test("a column of amounts is numbers, what writes none is missing and counted, and a new file is read alike", async () => {
  const rows = values.map((value, row) => `${row === 7 ? "auf Anfrage" : `${german(value)} €`};${row % 5}`);
  const dataset = await openText(folder, "rent.csv", ["Miete;Zimmer", ...rows].join("\n"));
  const info = dataset.columns[0]!;
  expect(info).toMatchObject({
    type: "number",
    missing: 1,
    unparsed: [{ value: "auf Anfrage", count: 1 }],
    amount: { decimal: ",", thousands: ["."], units: [{ text: "€" }] },
  });
  const frame = await loadFrame(dataset, optionsIn(folder));
  const column = frame.columns[0]!;
  expect("values" in column && [...column.values]).toEqual(values.map((value, row) => (row === 7 ? Number.NaN : value)));

  const path = write(folder, "new.csv", "Zimmer;Miete\n1;1.234,50 €\n2;7\n3;1,234.50\n");
  const unread: unknown[] = [];
  for await (const batch of scanFrames(path, dataset.columns, { ...LIMITS, batchRows: 10, onUnread: (cells) => unread.push(...cells) })) {
    const miete = batch.columns.find(({ name }) => name === "Miete")!;
    expect("values" in miete && [...miete.values]).toEqual([1234.5, 7, Number.NaN]);
  }
  expect(unread).toMatchObject([{ column: "Miete", count: 1, example: "1,234.50", isWritten: true }]);
});

test("a few large or negative numbers in another dress do not get lost", async () => {
  const texts = values.map((_, row) => (row % 20 === 0 ? `(${row + 1}.50)` : row % 20 === 1 ? `"1,${200 + row}.50"` : `${row}.25`));
  const dataset = await openText(folder, "dressed.csv", `paid,y\n${texts.map((text, row) => `${text},${row % 3}`).join("\n")}`);
  expect(dataset.columns[0]).toMatchObject({ type: "number", missing: 0, amount: { decimal: ".", thousands: [","] } });
  const [column] = (await loadFrame(dataset, optionsIn(folder))).columns;
  expect(column !== undefined && "values" in column && [...column.values.slice(19, 23)]).toEqual([19.25, -21.5, 1221.5, 22.25]);
  const plain = await openText(
    folder,
    "plain.csv",
    `paid,y\n${values.map((_, row) => `${row === 3 ? "3 or 4" : `${row}.25`},${row % 3}`).join("\n")}`,
  );
  expect(plain.columns[0]).toMatchObject({ type: "number", missing: 1 });
  expect(plain.columns[0]?.amount).toBeUndefined();
});

test("the reason names no mark that no cell has", async () => {
  const why = async (name: string, cell: (row: number) => string) =>
    (await openText(folder, `${name}.csv`, `weight,y\n${values.map((_, row) => `${cell(row)},${row % 3}`).join("\n")}`)).columns[0]?.why;
  expect(await why("decimals", (row) => `${20 + row / 10} kg`)).toMatch(
    /written as text, "\." before decimals, with "kg" in some or all of them \(/,
  );
  expect(await why("whole", (row) => `${20 + row} kg`)).toMatch(/written as text, with "kg" in some or all of them \(/);
  expect(await why("large", (row) => `"1,${100 + row}.5 kg"`)).toContain('"," between thousands');
});

test("strings of numbers in JSONL are numbers, codes stay names", async () => {
  const lines = values.map((value, row) =>
    JSON.stringify({ spend: (value / 100).toFixed(2), zip: String(10_000 + row * 7), age: String(20 + (row % 40)), id: `c${row}` }),
  );
  const dataset = await openText(folder, "shop.jsonl", lines.join("\n"));
  expect(dataset.columns.map(({ name, type }) => [name, type])).toEqual([
    ["spend", "number"],
    ["zip", "category"],
    ["age", "number"],
    ["id", "category"],
  ]);
});

test("thousands with a comma: another column of the file shows the decimal point, or nothing does", async () => {
  const rows = (other: (row: number) => string) => values.map((_, row) => `"${1 + row},${String(100 + row)}",${other(row)}`).join("\n");
  const shown = await openText(folder, "shown.csv", `pop,share\n${rows((row) => `0.${row + 11}`)}`);
  expect(shown.columns[0]).toMatchObject({ type: "number", amount: { decimal: ".", thousands: [","] } });
  const hidden = await openText(folder, "hidden.csv", `pop,share\n${rows((row) => String(row))}`);
  expect(hidden.columns[0]).toMatchObject({ type: "category" });
});

test("plain numbers whose points stand between thousands, in a file without a decimal point", async () => {
  const grouped = (value: number) => value.toLocaleString("de");
  const sales = Array.from({ length: 200 }, (_, row) => (row % 3 === 0 ? 101 + row : 1001 + 977 * row));
  const csv = (other: (row: number) => string) => `sales;shops\n${sales.map((value, row) => `${grouped(value)};${other(row)}`).join("\n")}`;
  const dataset = await openText(
    folder,
    "sales.csv",
    csv((row) => String(row % 9)),
  );
  expect(dataset.columns[0]).toMatchObject({ type: "number", integer: true, missing: 0, amount: { decimal: ",", thousands: ["."] } });
  const [column] = (await loadFrame(dataset, optionsIn(folder))).columns;
  expect(column !== undefined && "values" in column && [...column.values]).toEqual(sales);

  const beside = await openText(
    folder,
    "beside.csv",
    csv((row) => `${grouped(1001 + row)} pcs`),
  );
  expect(beside.columns[1]).toMatchObject({ type: "number", amount: { decimal: ",", thousands: ["."] } });

  const pointed = await openText(
    folder,
    "pointed.csv",
    csv((row) => `0.${row + 10}`),
  );
  expect(pointed.columns[0]?.amount).toBeUndefined();
  const fixed = sales.map((_, row) => (row % 40 === 0 ? "0" : (1 + row / 7).toFixed(3)));
  const decimals = await openText(folder, "decimals.csv", `depth;shops\n${fixed.map((text, row) => `${text};${row % 9}`).join("\n")}`);
  expect(decimals.columns[0]).toMatchObject({ type: "number", integer: false });
  expect(decimals.columns[0]?.amount).toBeUndefined();
});

test("cells that were not read are counted beyond the 20 spellings that are kept, in an appended file too", async () => {
  const prices = Array.from({ length: 800 }, (_, row) => (row < 62 ? `EUR ${row + 10}.50` : `$${row}.25`));
  const csv = (texts: readonly string[]) => `price,y\n${texts.map((text, row) => `${text},${row % 3}`).join("\n")}\n`;
  const dataset = await openText(folder, "currencies.csv", csv(prices));
  expect(dataset.columns[0]).toMatchObject({ type: "number", missing: 62, unparsedCells: 62 });
  expect(dataset.columns[0]?.unparsed).toHaveLength(20);
  expect(dataset.columns[0]?.why).toContain("the other 62 are read as missing");
  expect(dataset.columns[1]).toMatchObject({ unparsed: [], unparsedCells: 0 });
  const both = await concatDatasets(dataset, write(folder, "more.csv", csv(prices.slice(0, 70))), optionsIn(folder));
  expect(both.columns[0]).toMatchObject({ missing: 124, unparsedCells: 124 });
});

test("a currency with three decimals goes by the mark of the file, and is left as names where the file shows none", async () => {
  const fuel = (litres: (row: number) => string) =>
    `price,litres\n${values.map((_, row) => `$${3 + (row % 2)}.${101 + row},${litres(row)}`).join("\n")}\n`;
  const shown = await openText(
    folder,
    "fuel.csv",
    fuel((row) => `${20 + row}.5`),
  );
  expect(shown.columns[0]).toMatchObject({ type: "number", amount: { decimal: "." } });
  const [price] = (await loadFrame(shown, optionsIn(folder))).columns;
  expect(price !== undefined && "values" in price && [...price.values.slice(0, 2)]).toEqual([3.101, 4.102]);
  const beside = await openText(
    folder,
    "beside.csv",
    fuel((row) => `0.${String(100 + row)}`),
  );
  expect(beside.columns[0]).toMatchObject({ type: "number", amount: { decimal: "." } });
  const hidden = await openText(
    folder,
    "fuel-only.csv",
    fuel((row) => String(20 + row)),
  );
  expect(hidden.columns[0]).toMatchObject({ type: "category" });
});

/** Queries that type `columns` columns of 100 texts, and how many of them are read as amounts. */
async function typing(columns: number, write: (row: number, column: number) => string): Promise<{ queries: number; amounts: number }> {
  const names = Array.from({ length: columns }, (_, column) => `v${column}`);
  const rows = values.slice(0, 100).map((_, row) => `(${names.map((_name, column) => literal(write(row, column))).join(", ")})`);
  return withSession(LIMITS, folder, async (session) => {
    await session.run(`CREATE TEMP TABLE raw AS SELECT * FROM (VALUES ${rows.join(", ")}) AS t(${names.join(", ")})`);
    let queries = 0;
    const counting = {
      ...session,
      rows: (sql: string) => {
        queries++;
        return session.rows(sql);
      },
    };
    const types = await typeTextColumns(counting, "raw", names, rows.length, ".");
    return { queries, amounts: [...types.values()].filter(({ amount }) => amount !== undefined).length };
  });
}

test("how many queries type a table does not grow with its columns", async () => {
  const shares = (row: number) => `0.${101 + row}`;
  const large = (row: number, column: number) => `${1 + row}.${101 + column}`;
  const euros = (row: number) => `${1 + row},50 €`;
  for (const [write, amounts] of [
    [shares, 0],
    [large, 0],
    [euros, 1],
  ] as const) {
    const [few, many] = [await typing(5, write), await typing(100, write)];
    expect([few.amounts, many.amounts]).toEqual([5 * amounts, 100 * amounts]);
    // The heads in which dates are looked for come in batches of 50 columns.
    expect(many.queries).toBeLessThanOrEqual(few.queries + 2);
  }
});

test.each(["0.500", "-0.125", "+0.250", ".125", "12.5", "1.2345", "1234.567"])(
  "%s beside texts with thousands shows a decimal point",
  async (text) => {
    const grouped = values.map((_, row) => (row % 3 === 0 ? String(101 + row) : `${1 + row}.${101 + row}`));
    const csv = (other: string) =>
      `sales;other\n${[...grouped, ...grouped.map((one) => one.replace(".", ".1").slice(0, -1))].map((one, row) => `${one};${row === 7 ? other : row}`).join("\n")}`;
    const shown = await openText(folder, `point${text}.csv`, csv(text));
    expect(shown.columns[0]?.amount).toBeUndefined();
    const hidden = await openText(folder, `whole${text}.csv`, csv("7"));
    expect(hidden.columns[0]?.amount).toMatchObject({ decimal: ",", thousands: ["."] });
  },
);

test("spellings of no value, and dates with day and month the other way round, are counted over all rows however rare", async () => {
  const cells = (first: number) => [
    ...Array.from({ length: 1500 }, (_, row) => `${13 + (row % 15)}/${1 + (row % 12)}/2021`),
    ...Array.from({ length: 30 }, (_, row) => `${1 + (row % 12)}/${13 + (row % 15)}/2021`),
    ...Array.from({ length: 30 }, (_, row) => [`call ${first + row}`, `call ${first + row}`]).flat(),
    "n/a",
    "unbekannt",
  ];
  const csv = (first: number) =>
    `seen,y\n${cells(first)
      .map((text, row) => `${text},${row % 3}`)
      .join("\n")}\n`;
  const dataset = await openText(folder, "orders.csv", csv(0));
  const [seen] = dataset.columns;
  expect(seen).toMatchObject({ type: "date", dateFormat: "%d/%m/%Y|%m/%d/%Y", unparsedCells: 62, otherOrder: 30 });
  expect(seen?.unparsed.slice(0, 20).every(({ count }) => count >= 1)).toBe(true);
  expect(seen?.unparsed.slice(20)).toEqual([
    { value: "n/a", count: 1 },
    { value: "unbekannt", count: 1 },
  ]);
  const both = await concatDatasets(dataset, write(folder, "more-orders.csv", csv(100)), optionsIn(folder));
  expect(both.columns[0]).toMatchObject({ unparsedCells: 124, otherOrder: 60 });
  expect(both.columns[0]?.unparsed.slice(20).map(({ value, count }) => [value, count])).toEqual([
    ["n/a", 2],
    ["unbekannt", 2],
  ]);
});
