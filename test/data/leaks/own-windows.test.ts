import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { ownWindows } from "../../../src/data/leaks/own-windows.ts";
import { contextOf } from "../checks/context.ts";

const [SHOPS, DAYS] = [10, 60];

interface Sold {
  readonly shop: number;
  readonly day: number;
  readonly units: number;
}

/** What each shop sells day after day, near what it sold the day before. */
function sales(): readonly Sold[] {
  const random = createRandom(1, "sales");
  return Array.from({ length: SHOPS }, (_, shop) => shop).flatMap((shop) => {
    let level = 100 + 20 * random.normal();
    return Array.from({ length: DAYS }, (_, day) => {
      level += 4 * random.normal();
      return { shop, day, units: Math.round(level + 15 * random.normal()) };
    });
  });
}

const all = sales();

/** A column made of what the shop sold up to the row: `upTo` holds the row's own last. */
function madeOf(how: (upTo: readonly number[]) => number | null): readonly (number | null)[] {
  return all.map(({ shop, day }) => how(all.slice(shop * DAYS, shop * DAYS + day + 1).map(({ units }) => units)));
}

const mean = (values: readonly number[]) => Math.round((100 * values.reduce((sum, one) => sum + one, 0)) / values.length) / 100;

function given(column: readonly (number | null)[], days: (one: Sold) => number = ({ day }) => Date.UTC(2024, 0, 1 + day)) {
  const random = createRandom(2, "spare");
  const order = [...createRandom(3, "order").shuffle(Int32Array.from(all.keys()))];
  const pick = <T>(cells: readonly T[]): T[] => order.map((row) => cells[row]!);
  return contextOf({
    columns: {
      shop: pick(all.map(({ shop }) => `shop ${shop}`)),
      at: pick(all.map(days)),
      it: pick(column),
      spare: pick(all.map(() => random.normal())),
      units: pick(all.map(({ units }) => units)),
    },
    dates: ["at"],
    target: "units",
  });
}

describe("a moving mean of the target up to the row itself", () => {
  test("of so many rows is left out, and asked about", async () => {
    const context = given(madeOf((upTo) => mean(upTo.slice(-7))));
    expect(ownWindows(context)).toMatchObject([{ column: "it", by: "at", kind: "mean", span: 7 }]);
    const found = (await postOutcome.inspect(context)).filter(({ columns: [name] }) => name === "it");
    expect(found).toMatchObject([{ severity: "blocker", fix: { steps: [{ op: "drop", columns: ["it"] }] }, choices: ["after", "before"] }]);
  });

  test("is found where it smooths all that came before", () => {
    const smoothed = madeOf((upTo) => Math.round(100 * upTo.reduce((level, one) => level + 0.3 * (one - level), upTo[0]!)) / 100);
    expect(ownWindows(given(smoothed))).toMatchObject([{ column: "it", kind: "smoothed" }]);
  });

  test("of visits at times of their own it is found within each thing", () => {
    const random = createRandom(4, "days");
    const days = all.map(({ day }) => Date.UTC(2024, 0, 1 + 9 * day + random.integer(8)));
    const context = given(
      madeOf((upTo) => mean(upTo.slice(-3))),
      ({ shop, day }) => days[shop * DAYS + day]!,
    );
    expect(ownWindows(context)).toMatchObject([{ column: "it", within: "shop", kind: "mean", span: 3 }]);
  });

  test("is honest without the row itself, and where it only goes along", () => {
    const random = createRandom(5, "noise");
    const honest = [
      madeOf((upTo) => (upTo.length < 2 ? null : mean(upTo.slice(-8, -1)))),
      madeOf((upTo) => upTo.at(-2) ?? null),
      madeOf((upTo) =>
        upTo.length < 2 ? null : Math.round(100 * upTo.slice(0, -1).reduce((level, one) => level + 0.3 * (one - level), upTo[0]!)) / 100,
      ),
      madeOf((upTo) => mean(upTo.slice(-7)) + 2 * random.normal()),
    ];
    expect(honest.flatMap((column) => ownWindows(given(column)))).toEqual([]);
  });

  test("is none where a number stays the same within its key, or hardly moves", () => {
    const random = createRandom(6, "numbers");
    const numbers = Array.from({ length: SHOPS }, () => 1000 + random.integer(9000));
    const still = all.map(({ shop }) => numbers[shop]!);
    const creeping = all.map(({ shop, day }) => numbers[shop]! + Math.floor(day / 20));
    expect([still, creeping].flatMap((column) => ownWindows(given(column)))).toEqual([]);
    const context = given(still);
    const [number, ...others] = context.frame.columns.filter(({ name }) => name === "it");
    expect(others).toEqual([]);
    const columns = context.frame.columns.filter(({ name }) => name !== "shop" && name !== "it");
    const keyed = { ...context, frame: { ...context.frame, columns: [{ ...number!, name: "shop" }, ...columns] } };
    expect(ownWindows({ ...keyed, shared: (_, make) => make() })).toEqual([]);
  });
});
