import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AmountWriting, amountOf, isPlain, writtenText } from "../../src/core/written-amount.ts";
import { createOnnxGraph } from "../../src/engine/onnx/graph.ts";
import { openOnnxSession } from "../../src/engine/onnx/session.ts";
import { fitRecipe } from "../../src/recipe/index.ts";
import { writings, writtenNumbers } from "./amounts.ts";
import { allRows, frameOf, numbers, plain, texts } from "./frames.ts";
import { runExported } from "./onnx-run.ts";

const SEED = 20261;

describe("numbers in a random writing", () => {
  test("are read back as exactly that number", () => {
    const written = writings.chain((writing) => writtenNumbers(writing).map((one) => ({ writing, ...one })));
    const holds = fc.property(written, ({ writing, text, value }) => {
      expect(amountOf(text, writing)).toBe(value);
    });
    fc.assert(holds, { numRuns: 800, seed: SEED });
  });

  test("are printed as texts that are read as exactly that number", () => {
    const cases = fc.tuple(writings, fc.double({ min: -1e99, max: 1e99, noNaN: true }));
    const holds = fc.property(cases, ([writing, value]) => {
      const text = writtenText(value, writing);
      if (text === null) expect(Math.abs(value)).toBeLessThan(1e-80);
      else expect(amountOf(text, writing)).toBe(Number(String(value)));
    });
    fc.assert(holds, { numRuns: 500, seed: SEED });
  });

  test.each([
    ["nanometres beside millimetres", ["mm", "nm"]],
    ["signs that begin as they end", ["abab", "bab"]],
  ])("%s are taken apart by the exported recipe", async (_, names) => {
    const units = names.map((text, i) => ({ text, factor: 0.5 ** i, offset: 0, before: false }));
    const cells = names.flatMap((text) => [`5 ${text}`, `-7${text}`]);
    const frame = frameOf(texts("amount", cells), numbers("kept", [1, 2, 3, 4]));
    const writing: AmountWriting = { decimal: ".", thousands: [], units };
    const fitted = fitRecipe([{ op: "to-number", column: "amount", amount: writing }], frame, allRows(frame), null, 1);
    const own = plain(fitted.transform(frame, null));
    expect(own.amount).toEqual([5, -7, 2.5, -3.5]);
    expect(await runExported(fitted, frame)).toEqual(own);
  });

  test("are read by the exported recipe to the bit, and so is what writes none", async () => {
    const strange = fc.oneof(
      fc.constantFrom(
        "",
        "n/a",
        "about 5",
        "1.2.3",
        "$",
        "-",
        "12 kg 5",
        "007",
        "1,23,4",
        "(12)(4)",
        "5-(3)",
        "(1.5(3))",
        "7(1234)",
        "1(2)(3)",
        "[5",
        "2 (4)",
      ),
      fc.string({ unit: "grapheme" }),
    );
    const dressed = writings.filter((writing) => !isPlain(writing));
    const cases = dressed.chain((writing) =>
      fc.record({
        writing: fc.constant(writing),
        cells: fc.array(fc.oneof({ weight: 3, arbitrary: writtenNumbers(writing).map(({ text }) => text) }, strange), {
          minLength: 1,
          maxLength: 12,
        }),
      }),
    );
    const holds = fc.asyncProperty(cases, async ({ writing, cells }) => {
      const frame = frameOf(
        texts("amount", cells),
        numbers(
          "kept",
          cells.map((_, row) => row),
        ),
      );
      const fitted = fitRecipe([{ op: "to-number", column: "amount", amount: writing }], frame, allRows(frame), null, 1);
      const own = plain(fitted.transform(frame, null));
      expect(await runExported(fitted, frame)).toEqual(own);
      expect(own.amount).toEqual(cells.map((cell) => (amountOf(cell, writing) ?? Number.NaN) + 0));
    });
    await fc.assert(holds, { numRuns: 60, seed: SEED });
  });
});

test("the exported model takes the texts of a column that the reader took for numbers", async () => {
  const writing: AmountWriting = { decimal: ",", thousands: ["."], units: [{ text: "€", factor: 1, offset: 0, before: true }] };
  const values = [1234.5, -0.25, Number.NaN, 7, 1e-7, 123_456_789.01];
  const frame = frameOf(numbers("rent", values));
  const fitted = fitRecipe([], frame, allRows(frame), null, 1);
  const written = new Map([["rent", writing]]);
  expect((await runExported(fitted, frame, written)).rent).toEqual(values);
  const graph = createOnnxGraph("recipe");
  const { inputs, featureTensors } = fitted.toOnnx(graph, written);
  expect(inputs).toEqual([{ name: "rent", type: "number", tensor: "rent", amount: writing }]);
  const out = graph.output("out", featureTensors[0]!, "double", ["rows", 1]);
  const session = await openOnnxSession(graph.toBytes());
  const texts = ["1.234,50 €", "€ 7", "(3)", "n/a", "", "8,5"];
  const result = await session.run(new Map([["rent", { values: texts, shape: [texts.length, 1] }]]));
  await session.close();
  expect(Array.from(result.get(out)!.values as Float64Array)).toEqual([1234.5, 7, -3, Number.NaN, Number.NaN, 8.5]);
});

const GERMAN: AmountWriting = { decimal: ",", thousands: ["."], units: [] };

test.each([
  ["9.430,23", 9430.23],
  ["1.234", 1234],
  ["12,5", 12.5],
  ["(120,00)", -120],
  ["120,00-", -120],
  ["\u22125", -5],
])("German %s is %d", (text, value) => expect(amountOf(text, GERMAN)).toBe(value));

test.each(["1,234.50", "1.23", "12.34.567", "0.123", "007", "(5", "5)", "--5", "-(5)", "5 kg", "about 5", "", "1e5"])(
  "German does not read %j",
  (text) => {
    expect(amountOf(text, GERMAN)).toBeNull();
  },
);
