import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { nearDuplicate } from "../../../src/data/checks/near-duplicate.ts";
import { nearTexts, pairsOfSets } from "../../../src/data/copies/near-texts.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 600;
const random = createRandom(1, "near texts");
const VOCABULARY = Array.from(
  { length: 400 },
  (_, i) => `w${"abcdefghij"[i % 10]}${"klmnopqrst"[Math.floor(i / 10) % 10]}${"uvwx"[Math.floor(i / 100)]}`,
);
const sentence = (words: number) => Array.from({ length: words }, () => VOCABULARY[random.integer(VOCABULARY.length)]!);
const texts = Array.from({ length: ROWS }, () => sentence(12 + random.integer(10)));
const lengthy = Array.from({ length: 300 }, () => sentence(25));
const said = (of: (row: number) => readonly string[]) => texts.map((_, row) => of(row).join(" "));
const y = coin(ROWS) as string[];
const look = (body: Cells, target: Cells = y, more: Record<string, Cells> = {}) =>
  nearTexts(contextOf({ columns: { body, ...more, y: target }, target: "y" }));

test("texts of words drawn by chance are none, and neither are names", () => {
  expect(look(said((row) => texts[row]!))).toBeNull();
  expect(look(said((row) => texts[row % 300]!.slice(0, 3)))).toBeNull();
  expect(look(said((row) => [`https://shop.example/${lengthy[row % 300]!.join("-")}`]))).toBeNull();
});

test("reports of a program, equal but for numbers, among others", () => {
  const report = (row: number) => `Auto report ${100_000 + row}: sync stopped on device C${row % 7}, code 104.`.split(" ");
  const found = look(said((row) => (row % 20 === 0 ? report(row) : texts[row]!)));
  expect(found).toMatchObject({ column: "body", sets: 1, texts: 30 });
  expect([...found!.rows].every((row) => row % 20 === 0)).toBe(true);
});

test("where a program writes most of them, new ones come as these", () => {
  const report = (row: number) => `Auto report ${100_000 + row}: sync stopped on device C${row % 7}, code 104.`.split(" ");
  expect(look(said((row) => (row % 20 === 0 ? texts[row]! : report(row))))).toBeNull();
});

test("one word changed in a long text is near, three of twelve are not", () => {
  const long = Array.from({ length: 300 }, () => sentence(40));
  const changed = (words: readonly string[], every: number) => words.map((word, i) => (i % every === every - 1 ? "other" : word));
  const copied = (of: readonly (readonly string[])[], every: number) =>
    said((row) => (row < 300 ? of[row]! : changed(of[row - 300]!, every)));
  expect(look(copied(long, 25))).toMatchObject({ sets: 300, texts: 600 });
  expect(
    look(
      copied(
        texts.slice(0, 300).map((words) => words.slice(0, 12)),
        4,
      ),
    ),
  ).toBeNull();
});

test("the same long text in two rows is told, a short one is not", () => {
  expect(look(said((row) => lengthy[row % 300]!))).toMatchObject({ sets: 300, texts: 300, example: [expect.any(String)] });
  expect(look(said((row) => (row % 20 === 0 ? texts[0]!.slice(0, 5) : texts[row]!)))).toBeNull();
});

describe("what pairs of one set have in common", () => {
  const long = Array.from({ length: 60 }, () => sentence(25));
  const copied = (row: number) => row % 5 === 0;
  const body = said((row) => (copied(row) ? [...long[Math.floor(row / 10)]!, row % 10 === 0 ? "first" : "second"] : texts[row]!));
  const pair = Array.from({ length: ROWS }, (_, row) => Math.floor(row / 10));
  const findings = async (target: Cells, more: Record<string, Cells> = {}) =>
    (
      await nearDuplicate.inspect(
        contextOf({ columns: { body, x: cells(ROWS, 2, "x", (one) => one.integer(5)), ...more, y: target }, target: "y" }),
      )
    ).filter(({ columns }) => columns[0] === "body");
  const ofPairs = y.map((one, row) => (copied(row) ? (pair[row]! % 2 === 0 ? "yes" : "no") : one));

  test("is held against any two rows; without it nothing is at stake", async () => {
    const [same] = await findings(ofPairs);
    expect(same).toMatchObject({ severity: "costly", rows: { count: 120 }, evidence: { sets: 60, pairs: 60, sameAnswer: 1 } });
    const [other] = await findings(y);
    expect(other).toMatchObject({ severity: "cosmetic", rows: { count: 120 } });
    expect(other!.confidence).toBeLessThan(same!.confidence);
  });

  test("is the thing's where a key says so", async () => {
    expect(await findings(ofPairs, { customer_id: pair.map((one, row) => (copied(row) ? one : 1000 + row)) })).toEqual([]);
    expect(await findings(ofPairs, { customer_id: pair.map((_, row) => 1000 + row) })).toHaveLength(1);
  });

  test("sentences of a program come again, whatever their answer", async () => {
    const report = said((row) =>
      copied(row) ? `Auto report ${row}: sync stopped on device C${row % 7}, code 104.`.split(" ") : texts[row]!,
    );
    expect(
      (
        await findings(
          y.map((one, row) => (copied(row) ? "yes" : one)),
          { body: report },
        )
      )[0],
    ).toMatchObject({ severity: "cosmetic" });
  });
});

test("a form that all rows were filled from is no copy", () => {
  expect(look(said((row) => [...lengthy[0]!, `number ${row}`]))).toBeNull();
});

test("half of fifty texts or more have ten words", () => {
  const of = (different: number) => look(said((row) => lengthy[row % different]!));
  expect(of(49)).toBeNull();
  expect(of(50)).not.toBeNull();
  const mixed = (lengthyOnes: number) =>
    look(said((row) => (row % 10 < lengthyOnes ? lengthy[row % 300]! : ["name", VOCABULARY[row % 300]!])));
  expect(mixed(5)).not.toBeNull();
  expect(mixed(4)).toBeNull();
});

test("of texts below twenty words, up to three rows in ten come again", () => {
  const again = (rows: number, words: number) => {
    const some = lengthy.map((one) => one.slice(0, words));
    return look(said((row) => (row < rows ? some[Math.floor(row / 2)]! : texts[row]!)));
  };
  expect(again(180, 19)).toMatchObject({ sets: 90 });
  expect(again(182, 19)).toBeNull();
  expect(again(182, 20)).toMatchObject({ sets: 91 });
});

test("of two columns that with more rows is told, and its largest set is shown", () => {
  const copies = (sets: readonly number[]) => {
    const of = sets.flatMap((rows, set) => Array.from({ length: rows }, (_, copy) => [...lengthy[set]!, `n${copy}`]));
    return said((row) => of[row] ?? texts[row]!);
  };
  const [few, more] = [copies([2]), copies([2, 4])];
  expect(look(few, y, { more })).toMatchObject({
    column: "more",
    example: [expect.stringContaining(lengthy[1]!.join(" ")), expect.any(String)],
  });
  expect(look(more, y, { few })).toMatchObject({ column: "body" });
  expect(pairsOfSets(look(more)!)).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
  ]);
});

test("texts are compared by their first 200 words", () => {
  const [begin, front] = [lengthy.slice(0, 8).flat(), lengthy.slice(8, 12).flat()];
  const ends = (words: number) =>
    said((row) =>
      row < 2 ? [...begin.slice(0, words), ...lengthy[20 + row]!, ...lengthy[30 + row]!, ...lengthy[40 + row]!] : texts[row]!,
    );
  expect(look(ends(200))).toMatchObject({ texts: 2 });
  expect(look(ends(150))).toBeNull();
  expect(look(said((row) => (row < 2 ? [...lengthy[20 + row]!, ...front] : texts[row]!)))).toBeNull();
});
