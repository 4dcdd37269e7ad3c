import { describe, expect, it } from "vitest";
import { OldhandError } from "../../src/core/error.ts";
import { fitRecipe, type InputRecord, recordsToFrame } from "../../src/recipe/index.ts";
import { allRows, dates, frameOf, numbers, plain, texts } from "./frames.ts";

const inputs = [
  { name: "age", type: "number", levels: null },
  { name: "job", type: "category", levels: ["admin", "True", "False", "3"] },
  { name: "since", type: "date", levels: null },
  { name: "note", type: "text", levels: null },
] as const;

const full: InputRecord = { age: 30, job: "admin", since: "2020-01-02", note: "hi" };

function refusal(records: readonly unknown[], options = {}): OldhandError {
  try {
    recordsToFrame(inputs, records as readonly InputRecord[], options);
  } catch (error) {
    if (error instanceof OldhandError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

function cellsOf(name: string, records: readonly InputRecord[]) {
  const column = recordsToFrame(inputs, records).columns.find((candidate) => candidate.name === name)!;
  return "values" in column ? Array.from(column.values) : Array.from(column.codes, (code) => column.levels[code] ?? null);
}

describe("records to frame", () => {
  it("takes numbers and texts of numbers", () => {
    const values = [30, "31.5", " -2e3 ", null, undefined, "", 0];
    expect(
      cellsOf(
        "age",
        values.map((age) => ({ ...full, age })),
      ),
    ).toEqual([30, 31.5, -2000, Number.NaN, Number.NaN, Number.NaN, 0]);
  });

  it("takes ISO dates, UTC unless a zone is given", () => {
    const values = ["2020-01-02", "2020-01-02T03:04:05Z", "2020-01-02 03:04", "2020-01-02T03:04:05.250+02:00", new Date(5), "", null];
    const wanted = [Date.UTC(2020, 0, 2), Date.UTC(2020, 0, 2, 3, 4, 5), Date.UTC(2020, 0, 2, 3, 4), Date.UTC(2020, 0, 2, 1, 4, 5, 250), 5];
    expect(
      cellsOf(
        "since",
        values.map((since) => ({ ...full, since })),
      ),
    ).toEqual([...wanted, Number.NaN, Number.NaN]);
  });

  it("takes categories by their text; booleans in the spelling of the training data", () => {
    const values = ["admin", "new", 3, true, false, "", null];
    expect(
      cellsOf(
        "job",
        values.map((job) => ({ ...full, job })),
      ),
    ).toEqual(["admin", "new", "3", "True", "False", null, null]);
  });

  it("names every wrong field of the first record that does not fit", () => {
    const error = refusal([full, { age: "old", job: ["a"], since: "yesterday", note: { a: 1 } }, { age: "older" }]);
    expect(error.code).toBe("schema-mismatch");
    expect(error.parts.where).toBe("record 2 of 3");
    expect(error.parts.got).toBe(
      [
        '"age": expected a number, got string "old"',
        '"job": expected a string, got a list',
        '"since": expected an ISO 8601 date, got string "yesterday"',
        '"note": expected a string, got an object',
      ].join("; "),
    );
  });

  it.each([true, [1], { value: 1 }, "1,5", "0x10", "Infinity", Number.POSITIVE_INFINITY])("no number: %j", (age) => {
    expect(refusal([{ ...full, age }]).parts.got).toMatch(/^"age": expected a number/);
  });

  it.each([1_577_923_200_000, "2020-02-30", "2020-13-01", "2020-01-01T24:00", "01/02/2020", true])("no date: %j", (since) => {
    expect(refusal([{ ...full, since }]).parts.got).toMatch(/^"since": expected an ISO 8601 date/);
  });

  it.each([null, 1, "x", [full], undefined])("no record: %j", (record) => {
    expect(refusal([record]).parts.got).toBe("it is no object with fields");
  });

  it("refuses absent fields unless they are allowed, and ignores others", () => {
    expect(refusal([{ job: "admin", since: null, note: null, Age: 3 }]).parts.got).toBe('"age": expected a number, got no such field');
    const frame = recordsToFrame(inputs, [{ other: 1 }], { absent: "missing" });
    expect(frame.columns.map((column) => ("values" in column ? column.values[0] : column.codes[0]))).toEqual([
      Number.NaN,
      -1,
      Number.NaN,
      -1,
    ]);
  });

  it("takes amounts as the training file writes them, and as plain numbers", () => {
    const amount = { decimal: ",", thousands: ["."], units: [{ text: "€", factor: 1, offset: 0, before: true }] } as const;
    const read = (type: "number" | "category", rent: unknown) =>
      recordsToFrame([{ name: "rent", type, levels: null, amount }], [{ rent }]).columns[0]!;
    const number = (rent: unknown) => {
      const column = read("number", rent);
      return "values" in column ? column.values[0] : null;
    };
    expect(["1.234,50 €", 1234.5, "1234,5", 1.234, ""].map(number)).toEqual([1234.5, 1234.5, 1234.5, 1.234, Number.NaN]);
    const category = read("category", 1.234);
    expect("levels" in category && category.levels).toEqual(["1,234"]);
    for (const type of ["number", "category"] as const)
      expect(() => read(type, "1,234.50")).toThrow(
        /"rent": expected a number, or a text of one with "\." between thousands, .*got string "1,234.50"/,
      );
  });

  it("reads own fields only", () => {
    const odd = ["__proto__", "constructor", "toString"].map((name) => ({ name, type: "number", levels: null }) as const);
    expect(() => recordsToFrame(odd, [{}])).toThrow(/"__proto__".*"constructor".*"toString"/);
    const record = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}') as InputRecord;
    const frame = recordsToFrame(odd, [record]);
    expect(frame.columns.map((column) => ("values" in column ? column.values[0] : null))).toEqual([1, 2, 3]);
    expect(Object.getPrototypeOf({}).constructor).toBe(Object);
  });

  it("takes no records at all", () => {
    expect(recordsToFrame(inputs, []).rows).toBe(0);
  });

  it("gives the model what the training frame gave", () => {
    const frame = frameOf(
      numbers("age", [30, 41]),
      texts("job", ["True", "admin"]),
      dates("since", ["2020-01-02", "1960-05-01T12:00Z"]),
      texts("note", ["a", "b"], "text"),
    );
    const fitted = fitRecipe([], frame, allRows(frame), null, 1);
    const records = [
      { age: "30", job: true, since: "2020-01-02" },
      { age: 41, job: "admin", since: "1960-05-01T12:00:00Z" },
    ];
    expect(plain(fitted.transform(recordsToFrame(fitted.inputs, records), null))).toEqual(plain(fitted.transform(frame, null)));
  });
});
