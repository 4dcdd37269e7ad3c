import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { coin, contextOf } from "../checks/context.ts";

const ROWS = 1800;

interface Made {
  readonly name?: string;
  readonly levels?: number;
  readonly factor?: number;
  /** Of the pallets at the odd level. */
  readonly morePallets?: number;
  /** By which the levels differ from one another anyway (of logarithms). */
  readonly apart?: number;
  /** By which the spread of the odd level is wider. */
  readonly wider?: number;
  /** The values of the odd level lie to one side, with the median and the quartiles of the others. */
  readonly bent?: boolean;
}

async function foundIn(
  { name = "weight_kg", levels = 6, factor = 2.2046, morePallets = 1, apart = 0.02, wider = 1, bent = false }: Made = {},
  pallets = true,
) {
  const random = createRandom(4, "levels");
  const usual = Array.from({ length: levels }, () => apart * random.normal());
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const level = row % levels;
    const isOdd = level === 2;
    const count = Math.max(1, Math.round(14 * Math.exp(0.4 * random.normal()) * (isOdd ? morePallets : 1)));
    const aside = isOdd && bent ? 0.37 * ((-Math.log(1 - random.next())) ** 1.5 - 0.577) : 0.4 * random.normal();
    const each = 600 * Math.exp((usual[level] ?? 0) + aside * (isOdd ? wider : 1)) * (isOdd ? factor : 1);
    return { carrier: `c${level}`, count, weight: Math.round(count * each) };
  });
  const columns = {
    [name]: rows.map(({ weight }) => weight),
    carrier: rows.map(({ carrier }) => carrier),
    ...(pallets && { pallets: rows.map(({ count }) => count) }),
    y: coin(ROWS),
  };
  return unitMix.inspect(contextOf({ columns, target: "y" }));
}

async function asked(made: Made = {}, pallets = true) {
  return (await foundIn(made, pallets)).map(({ columns: own, evidence, confidence }) => [
    own.join(),
    evidence.kind,
    evidence.beside,
    confidence < 0.5,
  ]);
}

test("one carrier in pounds, in heaps that overlap, is asked about: by itself, and for each of what goes with it", async () => {
  expect(await asked()).toEqual([["weight_kg,carrier", "by level", "pallets", true]]);
  expect(await asked({}, false)).toEqual([["weight_kg,carrier", "by level", null, true]]);
  expect(await asked({ factor: 1 / 2.2046 })).toEqual([["weight_kg,carrier", "by level", "pallets", true]]);
});

test("one of four branches, of which three agree: asked, and what converts its rows", async () => {
  expect(await asked({ levels: 4, factor: 3.28084, name: "cable_length" }, false)).toEqual([
    ["cable_length,carrier", "by level", null, true],
  ]);
  const [found] = await foundIn({ levels: 4, factor: 3.28084, name: "cable_length" }, false);
  expect(found?.fix.action === "steps" && found.fix.steps).toEqual([
    {
      op: "convert-unit",
      column: "cable_length",
      by: { column: "carrier", levels: ["c2"] },
      factor: expect.closeTo(0.3048, 6),
      offset: 0,
    },
  ]);
});

test.each<[string, Made]>([
  ["where no factor is the known one", { factor: 1.7 }],
  ["where all are in one unit", { factor: 1 }],
  ["where the other levels do not agree", { apart: 0.3 }],
  ["where the name does not say what is measured", { name: "load" }],
  ["where the odd level has so many more pallets", { factor: 1, morePallets: 2.2046 }],
  ["where the pallets are other than the weight", { factor: 2.2046, morePallets: 1 / 2.2046 }],
  ["where the values of the odd level spread wider", { wider: 1.8 }],
  ["where there are too few levels", { levels: 3 }],
  ["where the odd one of four levels is of another shape", { levels: 4, bent: true }],
])("silent %s", async (_, made) => {
  expect(await asked(made)).toEqual([]);
});

test("silent on the few sizes that things come in", async () => {
  const random = createRandom(5, "sizes");
  const asked = async (sizes: number) => {
    const level = (row: number) => row % 6;
    const columns = {
      ad_width: Array.from(
        { length: ROWS },
        (_, row) => (200 + Math.floor((sizes * random.integer(1000)) / 1000) * (200 / sizes)) * (level(row) === 2 ? 2.54 : 1),
      ),
      site: Array.from({ length: ROWS }, (_, row) => `s${level(row)}`),
      y: coin(ROWS),
    };
    return (await unitMix.inspect(contextOf({ columns, target: "y" }))).length;
  };
  expect([await asked(200), await asked(8)]).toEqual([1, 0]);
});
