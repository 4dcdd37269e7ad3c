import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { partsOfValues } from "../../../src/data/leaks/parts-of-values.ts";
import { type Cells, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 300;
const DAY = 86_400_000;
const random = createRandom(8, "parts of values");
const spare = numbers(ROWS, () => random.normal());
const left = spare.map((value) => value + random.normal() > 0.4);
const churned = left.map((one) => (one ? "yes" : "no"));
const day = numbers(ROWS, () => Date.UTC(2024, 0, 1 + random.integer(360)));
const dated = (at: Cells) => contextOf({ columns: { spare, at, churned }, dates: ["at"], target: "churned" });
const named = (file: Cells, ids: readonly string[] = []) =>
  contextOf({ columns: { spare, file, churned }, target: "churned", roles: { ids } });
const counted = (i: number) => String(i).padStart(5, "0");

describe("a part of a column that nearly gives the target", () => {
  test("times at midnight of those whose outcome was entered later", async () => {
    const context = dated(day.map((value, i) => (left[i] ? value : value + (7 + random.integer(12)) * (DAY / 24))));
    const [found] = (await targetLeak.inspect(context)).filter(({ columns }) => columns.includes("at"));
    expect(found).toMatchObject({ severity: "blocker", evidence: { part: "hour" }, fix: { steps: [{ op: "drop", columns: ["at"] }] } });
    expect(found?.why).toContain("The hour of `at` nearly gives the target");
  });

  test("the day of the month", () => {
    const context = dated(left.map((one, i) => Date.UTC(2024, random.integer(12), one ? 28 : 1 + (i % 25))));
    expect(partsOfValues(context)).toMatchObject([{ column: "at", part: { kind: "date", name: "day" } }]);
  });

  test.each([
    ["a folder", left.map((one, i) => `data/${one ? "yes" : "no"}/${counted(i)}.jpg`), 2],
    ["a word in the name of a file", left.map((one, i) => `img_${one ? "churn" : "stay"}${counted(i)}.jpg`), 2],
    ["the front of a key", left.map((one, i) => `${one ? "C" : "A"}-${counted(7 * i)}`), 1],
  ])("%s", async (_, file, place) => {
    const [used] = await targetLeak.inspect(named(file));
    expect(used).toMatchObject({ columns: ["file"], severity: "blocker", evidence: { part: place } });
    const [key] = await targetLeak.inspect(named(file, ["file"]));
    expect(key).toMatchObject({ columns: ["file"], severity: "cosmetic", evidence: { part: place }, question: null });
    expect(key?.why).toContain("left out as a key");
  });

  test("the example is a text that has the part", () => {
    const [found] = partsOfValues(named(left.map((one, i) => (i === 0 ? "?" : `${one ? "C" : "A"}-${counted(7 * i)}`))));
    expect(found?.part).toMatchObject({ kind: "segment", place: 1, example: expect.stringMatching(/^[CA]-/) });
  });

  test.each([
    ["hours that go with nothing", dated(day.map((value) => value + random.integer(24) * (DAY / 24)))],
    ["folders by chance", named(left.map((_, i) => `data/${random.next() < 0.4 ? "yes" : "no"}/${counted(i)}.jpg`))],
    ["a part that one row in five lacks", named(left.map((one, i) => (i % 5 === 0 ? counted(i) : `${counted(i)}-${one ? "c" : "a"}`)))],
    ["what is known before", { ...named(left.map((one, i) => `${one}/${counted(i)}`)), knownAt: { file: "before" as const } }],
    ["values that come back: they are learned as they are", named(left.map((one, i) => `${one ? "a" : "b"}/${i % 5}`))],
  ])("not %s", (_, context) => {
    expect(partsOfValues(context)).toEqual([]);
  });
});
