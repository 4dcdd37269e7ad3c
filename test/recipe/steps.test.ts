import { describe, expect, it, test } from "vitest";
import type { Column } from "../../src/core/column.ts";
import type { Recipe, RecipeStep } from "../../src/core/recipe.ts";
import { dateFormat } from "../../src/recipe/date-format.ts";
import { fitRecipe } from "../../src/recipe/index.ts";
import { allRows, dates, frameOf, numbers, plain, texts } from "./frames.ts";
import { runExported } from "./onnx-run.ts";

const NAN = Number.NaN;

/** Fits the steps on `training` and applies them to `serving`. */
function outcome(steps: readonly RecipeStep[], training: readonly Column[], serving: readonly Column[] = training) {
  const frame = frameOf(...training);
  const fitted = fitRecipe(steps, frame, allRows(frame), null, 1);
  return { fitted, values: plain(fitted.transform(frameOf(...serving), null)) };
}

const level = (values: readonly (string | null)[]) => texts("c", values);
const encode = (method: "codes" | "one-hot", minCount = 1, maxLevels = 100): RecipeStep => ({
  op: "encode",
  columns: ["c"],
  method,
  minCount,
  maxLevels,
});

describe("drop", () => {
  it("takes columns away, unknown ones too", () => {
    const { fitted, values } = outcome([{ op: "drop", columns: ["a", "nowhere"] }], [numbers("a", [1]), numbers("b", [2])]);
    expect(values).toEqual({ b: [2] });
    expect(fitted.inputs.map(({ name }) => name)).toEqual(["b"]);
  });
});

describe("null-out", () => {
  it("hits numbers by value and levels by text", () => {
    const columns = [numbers("n", [-999, 1, 0]), texts("c", ["?", "a", "1"]), dates("d", ["1970-01-01", "1970-01-02", ""])];
    const steps = ["n", "c", "d"].map((column): RecipeStep => ({ op: "null-out", column, values: [-999, 0, "?", "nowhere"] }));
    expect(outcome(steps, columns).values).toEqual({ n: [NAN, 1, NAN], c: [-1, 1, 0], "d.days": [NAN, 1, NAN] });
  });
});

describe("map", () => {
  it("renames all at once and merges what becomes equal", () => {
    const step: RecipeStep = { op: "map", column: "c", mapping: { a: "b", b: "a", A: "b", gone: "x", nil: "" } };
    const { fitted, values } = outcome([step], [level(["a", "b", "A", "nil", null, "z"])]);
    expect(values).toEqual({ c: [1, 0, 1, -1, -1, 2] });
    expect(fitted.features).toEqual([{ name: "c", kind: "categorical", levels: 3, source: "c" }]);
  });

  it("takes `__proto__` for a level like any other", () => {
    const mapping = JSON.parse('{"__proto__": "p", "constructor": "p"}') as Record<string, string>;
    const { values } = outcome([{ op: "map", column: "c", mapping }], [level(["__proto__", "constructor", "toString"])]);
    expect(values).toEqual({ c: [0, 0, 1] });
  });
});

describe("to-number", () => {
  it("reads numbers, and what is none becomes missing", () => {
    const { values } = outcome([{ op: "to-number", column: "c" }], [level(["1", " -2.5e3 ", "1,5", "0x10", "n/a", null, "1e400", ".5"])]);
    expect(values).toEqual({ c: [1, -2500, NAN, NAN, NAN, NAN, NAN, 0.5] });
  });
});

describe("to-category", () => {
  it("makes a level of each number", () => {
    const { values } = outcome([{ op: "to-category", column: "n" }], [numbers("n", [10, 9, NAN, -0, 0])], [numbers("n", [0, 9, 7])]);
    expect(values).toEqual({ n: [0, 2, -1] });
  });
});

describe("to-date", () => {
  it("reads dates by the first format that fits, and what is none becomes missing", () => {
    const cells = ["31.12.1999", "02.03.2024", "3/2/2024", "30.02.2024", "Mai 5, 2021", "later", null];
    const step: RecipeStep = { op: "to-date", column: "c", formats: ["%d.%m.%Y", "%m/%d/%Y", "%b %d, %Y"] };
    const { values } = outcome([step, { op: "date-parts", column: "c", parts: ["year", "month", "day"] }], [level(cells)]);
    expect(values).toEqual({
      "c.year": [1999, 2024, 2024, NAN, 2021, NAN, NAN],
      "c.month": [12, 3, 3, NAN, 5, NAN, NAN],
      "c.day": [31, 2, 2, NAN, 5, NAN, NAN],
    });
  });

  it("reads whole numbers, and the time of the day", () => {
    const days = outcome([{ op: "to-date", column: "n", formats: ["%Y%m%d"] }], [numbers("n", [19700102, 20240230, 2024, NAN, 1e300])]);
    expect(days.values).toEqual({ "n.days": [1, NAN, NAN, NAN, NAN] });
    const step: RecipeStep = { op: "to-date", column: "c", formats: ["%d-%b-%y %H:%M"] };
    const { values } = outcome(
      [step, { op: "date-parts", column: "c", parts: ["year", "hour"] }],
      [level(["01-JAN-69 23:59", "1-feb-68 7:05"])],
    );
    expect(values).toEqual({ "c.year": [1969, 2068], "c.hour": [23, 7] });
    const compact: RecipeStep = { op: "to-date", column: "c", formats: ["%Y%m%dT%H%M%S", "%d%m%Y"] };
    const parts = outcome(
      [compact, { op: "date-parts", column: "c", parts: ["month", "hour"] }],
      [level(["20141013T070500", "20141313T070500", "31122024"])],
    );
    expect(parts.values).toEqual({ "c.month": [10, NAN, 12], "c.hour": [7, NAN, 0] });
  });

  it("reads months in many languages, short ones with a point, and marks between the parts", () => {
    const cells = [
      "27. Aug. 2022",
      "27. srpna 2022",
      "3. ΜΑΡΤΙΟΥ 2021",
      "2022. 8. 27.",
      "2022年8月27日",
      "1er févr. 2022",
      "27. Foo. 2022",
      "27. Aug.. 2022",
    ];
    const formats = ["%d. %b %Y", "%Y. %m. %d.", "%Y年%m月%d日", "%der %b %Y"];
    const step: RecipeStep = { op: "to-date", column: "c", formats };
    const { values } = outcome([step, { op: "date-parts", column: "c", parts: ["year", "month", "day"] }], [level(cells)]);
    expect(values).toEqual({
      "c.year": [2022, 2022, 2021, 2022, 2022, 2022, NAN, NAN],
      "c.month": [8, 8, 3, 8, 8, 2, NAN, NAN],
      "c.day": [27, 27, 3, 27, 27, 1, NAN, NAN],
    });
  });

  it("reads weeks, months and quarters as their first day", () => {
    const cells = ["KW 07/2023", "KW 53/2020", "KW 53/2021", "Q3 2022", "2022Q4", "1. Quartal 2024", "Mar-2023", "2023/10", "KW 7 2023"];
    const formats = ["KW %V/%G", "Q%q %Y", "%YQ%q", "%q. Quartal %Y", "%b-%Y", "%Y/%m"];
    const step: RecipeStep = { op: "to-date", column: "c", formats };
    const { values } = outcome([step, { op: "date-parts", column: "c", parts: ["year", "month", "day", "weekday"] }], [level(cells)]);
    expect(values).toEqual({
      "c.year": [2023, 2020, NAN, 2022, 2022, 2024, 2023, 2023, NAN],
      "c.month": [2, 12, NAN, 7, 10, 1, 3, 10, NAN],
      "c.day": [13, 28, NAN, 1, 1, 1, 1, 1, NAN],
      "c.weekday": [0, 0, NAN, 4, 5, 0, 2, 6, NAN],
    });
  });

  it("refuses a format that it cannot tell apart", () => {
    expect(() => dateFormat("%b%Y")).toThrow(/no date format/);
    expect(() => dateFormat("%d%y")).toThrow(/no date format/);
    expect(() => dateFormat("day")).toThrow(/no date format/);
  });
});

describe("convert-unit", () => {
  it("converts the values on one side of the limit", () => {
    const below: RecipeStep = { op: "convert-unit", column: "n", where: "below", limit: 3, factor: 100, offset: 0 };
    expect(outcome([below], [numbers("n", [1.8, 175, 3, NAN])]).values).toEqual({ n: [180, 175, 3, NAN] });
    const above: RecipeStep = { op: "convert-unit", column: "n", where: "above", limit: 60, factor: 0.5, offset: -16 };
    expect(outcome([above], [numbers("n", [37, 98, 60])]).values).toEqual({ n: [37, 33, 60] });
  });

  const told: RecipeStep = { op: "convert-unit", column: "n", by: { column: "c", levels: ["a", "b"] }, factor: 10, offset: 1 };
  const cells = [numbers("n", [1, 2, 3, NAN, 5]), level(["a", "x", null, "b", "b"])];
  it("converts the values of the rows that another column names, whatever their size", async () => {
    const { fitted, values } = outcome([told], cells);
    expect(values.n).toEqual([11, 2, 3, NAN, 51]);
    const fresh = [numbers("n", [7, 7]), level(["new", "a"])];
    expect(plain(fitted.transform(frameOf(...fresh), null)).n).toEqual([7, 71]);
    expect(await runExported(fitted, frameOf(...fresh))).toEqual(plain(fitted.transform(frameOf(...fresh), null)));
  });

  it("asks new data for the column that tells, though no feature is made of it", () => {
    const { fitted, values } = outcome([told, { op: "drop", columns: ["c"] }], cells);
    expect(values).toEqual({ n: [11, 2, 3, NAN, 51] });
    expect(fitted.inputs.map(({ name }) => name)).toEqual(["n", "c"]);
    expect(fitted.narrowed(["n"]).inputs.map(({ name }) => name)).toEqual(["n", "c"]);
  });

  it("leaves the values alone without that column", () => {
    expect(outcome([told], [numbers("n", [1])]).values).toEqual({ n: [1] });
    expect(outcome([told], [numbers("n", [1]), numbers("c", [1])]).values).toMatchObject({ n: [1] });
  });
});

describe("fill", () => {
  it("writes a value where one is missing, of the column's own kind only", () => {
    const fills: RecipeStep[] = [
      { op: "fill", column: "n", value: 0 },
      { op: "fill", column: "c", value: "none" },
    ];
    expect(outcome(fills, [numbers("n", [1, NAN]), level(["a", null])]).values).toEqual({ n: [1, 0], c: [0, 1] });
    expect(outcome([{ op: "fill", column: "n", value: "none" }], [numbers("n", [1, NAN])]).values).toEqual({ n: [1, NAN] });
  });
});

describe("date-parts", () => {
  it("gives the parts of UTC and drops the date", () => {
    const step: RecipeStep = { op: "date-parts", column: "d", parts: ["year", "month", "day", "weekday", "hour", "days"] };
    const { values } = outcome([step], [dates("d", ["2024-02-29T23:30:00Z", "1969-07-20T20:17:40Z", ""])]);
    expect(values).toEqual({
      "d.year": [2024, 1969, NAN],
      "d.month": [2, 7, NAN],
      "d.day": [29, 20, NAN],
      "d.weekday": [3, 6, NAN],
      "d.hour": [23, 20, NAN],
      "d.days": [19782, -165, NAN],
    });
  });
});

describe("missing-indicator", () => {
  it("says 1 where a value is missing, and keeps the column", () => {
    const columns = [numbers("n", [1, NAN]), texts("c", [null, "a"]), texts("t", ["x", null], "text")];
    const { fitted, values } = outcome([{ op: "missing-indicator", columns: ["n", "c", "t", "nowhere"] }], columns);
    expect(values).toEqual({ n: [1, NAN], c: [-1, 0], "n.missing": [0, 1], "c.missing": [1, 0], "t.missing": [0, 1] });
    expect(fitted.inputs.map(({ name }) => name)).toEqual(["n", "c", "t"]);
  });
});

describe("impute", () => {
  it("fills with what the training rows had", () => {
    const columns = [numbers("n", [1, 2, 30, NAN]), texts("c", ["b", "a", "b", "a"]), dates("d", ["1970-01-01", "1970-01-02", "", ""])];
    const gaps = [numbers("n", [NAN, 5]), texts("c", [null, "b"]), dates("d", ["", "1970-01-04"])];
    const fill = (strategy: "median" | "mean" | "most-frequent") =>
      outcome([{ op: "impute", columns: ["n", "c", "d"], strategy }], columns, gaps).values;
    expect(fill("median")).toEqual({ n: [2, 5], c: [0, 1], "d.days": [0, 3] });
    expect(fill("mean")).toEqual({ n: [11, 5], c: [0, 1], "d.days": [0, 3] });
    expect(fill("most-frequent")).toEqual({ n: [1, 5], c: [0, 1], "d.days": [0, 3] });
  });

  it("infinite values do not count", () => {
    const columns = [numbers("n", [Number.POSITIVE_INFINITY, 1, 3, NAN])];
    for (const strategy of ["median", "mean"] as const) {
      expect(outcome([{ op: "impute", columns: ["n"], strategy }], columns).values.n?.[3]).toBe(2);
    }
  });

  it("without any training value, a number is filled with 0 and a category is left", () => {
    const { values } = outcome([{ op: "impute", columns: ["n", "c"], strategy: "median" }], [numbers("n", [NAN]), level([null])]);
    expect(values).toEqual({ n: [0], c: [-1] });
  });
});

describe("encode", () => {
  const training = [level(["b", "a", "b", "a", "rare", "odd", null])];
  const serving = [level(["never", "a", null, "rare"])];

  it("codes by the order of texts; unseen is -1", () => {
    expect(outcome([encode("codes")], training, serving).values).toEqual({ c: [-1, 0, -1, 3] });
  });

  it("rare levels share a code, and unseen ones join them", () => {
    const { fitted, values } = outcome([encode("codes", 2)], training, serving);
    expect(values).toEqual({ c: [2, 0, -1, 2] });
    expect(fitted.features[0]?.levels).toBe(3);
  });

  it("maxLevels keeps the most frequent, ties by text, other included", () => {
    expect(outcome([encode("codes", 1, 2)], training, training).values).toEqual({ c: [1, 0, 1, 0, 1, 1, -1] });
  });

  it("one-hot: a column per level, zeros for missing and unseen", () => {
    expect(outcome([encode("one-hot")], [level(["b", "a"])], serving).values).toEqual({ "c=a": [0, 1, 0, 0], "c=b": [0, 0, 0, 0] });
    expect(outcome([encode("one-hot", 2)], training, serving).values).toEqual({
      "c=a": [0, 1, 0, 0],
      "c=b": [0, 0, 0, 0],
      "c=other": [1, 0, 0, 1],
    });
  });

  it("a level called other does not meet the others", () => {
    const { values } = outcome([encode("one-hot", 2)], [level(["other", "other", "x"])]);
    expect(values).toEqual({ "c=other": [1, 1, 0], "c=other_2": [0, 0, 1] });
  });

  it("leaves numbers alone", () => {
    expect(outcome([{ ...encode("one-hot"), columns: ["n"] } as RecipeStep], [numbers("n", [3])]).values).toEqual({ n: [3] });
  });
});

test("days between dates are whole and parts of days, missing where one is, and both dates are asked for", () => {
  const frame = frameOf(dates("a", ["2024-01-01", "2024-03-01T12:00Z", ""]), dates("b", ["2024-01-31", "2024-02-29T00:00Z", "2024-01-01"]));
  const recipe: Recipe = [
    { op: "days-between", columns: ["a", "gone", "b"] },
    { op: "drop", columns: ["a", "b"] },
  ];
  const fitted = fitRecipe(recipe, frame, allRows(frame), null, 1);
  expect(plain(fitted.transform(frame, null))).toEqual({ "a.to.b": [30, -1.5, Number.NaN] });
  expect(fitted.inputs.map(({ name }) => name)).toEqual(["a", "b"]);
});

test("a text of several numbers becomes a column of each, in the exported recipe too", async () => {
  const frame = frameOf(texts("pressure", ["130/85", "120 / 80", " 99.5/60", "high", "", "130/85/70"]), numbers("n", [1, 2, 3, 4, 5, 6]));
  const fitted = fitRecipe([{ op: "split-numbers", column: "pressure", between: ["", "/", ""] }], frame, allRows(frame), null, 1);
  const own = plain(fitted.transform(frame, null));
  expect(own).toMatchObject({ "pressure.1": [130, 120, 99.5, NAN, NAN, NAN], "pressure.2": [85, 80, 60, NAN, NAN, NAN] });
  expect(await runExported(fitted, frame)).toEqual(own);
  const feet = frameOf(texts("height", [`5' 10"`, `6'1"`, "tall"]));
  const inches = fitRecipe([{ op: "split-numbers", column: "height", between: ["", "'", '"'] }], feet, allRows(feet), null, 1);
  expect(plain(inches.transform(feet, null))).toEqual({ "height.1": [5, 6, NAN], "height.2": [10, 1, NAN] });
  expect(await runExported(inches, feet)).toEqual(plain(inches.transform(feet, null)));
  const places = frameOf(texts("place", ["(40.7, -74)", "(-3,  5.5)", "40.7"]));
  const coordinates = fitRecipe([{ op: "split-numbers", column: "place", between: ["(", ",", ")"] }], places, allRows(places), null, 1);
  expect(plain(coordinates.transform(places, null))).toEqual({ "place.1": [40.7, -3, NAN], "place.2": [-74, 5.5, NAN] });
  expect(await runExported(coordinates, places)).toEqual(plain(coordinates.transform(places, null)));
  const ions = frameOf(texts("ion", ["76 (+1)", "146 (-3)", "+5(2)", "+-5(2)"]));
  const charges = fitRecipe([{ op: "split-numbers", column: "ion", between: ["", "(", ")"] }], ions, allRows(ions), null, 1);
  expect(plain(charges.transform(ions, null))).toEqual({ "ion.1": [76, 146, 5, NAN], "ion.2": [1, -3, 2, NAN] });
  expect(await runExported(charges, ions)).toEqual(plain(charges.transform(ions, null)));
});

describe("clip and log", () => {
  it("cuts at values of the training rows; missing stays missing", () => {
    const columns = [numbers("n", [1, 2, 3, 900, NAN])];
    expect(outcome([{ op: "clip", columns: ["n"], share: 0.25 }], columns).values).toEqual({ n: [2, 2, 3, 3, NAN] });
    expect(outcome([{ op: "clip", columns: ["n"], share: 0 }], columns).values).toEqual({ n: [1, 2, 3, 900, NAN] });
  });

  it("takes logarithms in units of the smallest hundredth, with the sign", () => {
    const columns = [numbers("n", [0, 4, -4, 12, NAN])];
    expect(outcome([{ op: "log", columns: ["n"] }], columns).values).toEqual({ n: [0, Math.log(2), -Math.log(2), Math.log(4), NAN] });
    expect(outcome([{ op: "log", columns: ["n"] }], [numbers("n", [0, NAN])]).values).toEqual({ n: [0, NAN] });
  });
});

describe("scale", () => {
  it("centres and divides; a constant is only centred, missing stays missing", () => {
    const columns = [numbers("n", [1, 3, NAN]), numbers("k", [0.1, 0.1, 0.1])];
    expect(outcome([{ op: "scale", columns: ["n", "k"], method: "standard" }], columns).values).toEqual({ n: [-1, 1, NAN], k: [0, 0, 0] });
  });

  it("stands numbers too large to be squared", () => {
    const { values } = outcome(
      [{ op: "scale", columns: ["n"], method: "standard" }],
      [numbers("n", [-1e308, 1e308, Number.POSITIVE_INFINITY])],
    );
    expect(values).toEqual({ n: [-1, 1, Number.POSITIVE_INFINITY] });
  });
});
