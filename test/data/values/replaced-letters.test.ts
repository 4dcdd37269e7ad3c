import { expect, test } from "vitest";
import { encoding } from "../../../src/data/checks/encoding.ts";
import { undamagedOf } from "../../../src/data/values/replaced-letters.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

test("a text with replacement characters is the one that has letters in their place", () => {
  const names = ["Göteborg", "Malmö", "Växjö", "Lulea"];
  expect(undamagedOf("G\ufffdteborg", names)).toBe("Göteborg");
  expect(undamagedOf("V\ufffd\ufffdxj\ufffd\ufffd", names)).toBe("Växjö");
  // A plain letter was never replaced, and of two that fit none is known.
  expect(undamagedOf("Lule\ufffd", names)).toBeNull();
  expect(undamagedOf("B\ufffdr", ["Bär", "Bör"])).toBeNull();
  expect(undamagedOf("\ufffd", names)).toBeNull();
});

test("it is mended, and what has no partner stays lost", async () => {
  const school = cells(300, 1, "s", (random, row) =>
    row % 30 === 4 ? "G\ufffdteborg Norra" : row === 7 ? "\ufffdrebro" : ["Göteborg Norra", "Malmö", "Lund"][random.integer(3)]!,
  );
  const [found] = await encoding.inspect(contextOf({ columns: { school, y: coin(300) }, target: "y" }));
  expect(found!.fix).toMatchObject({ steps: [{ op: "map", mapping: { "G\ufffdteborg Norra": "Göteborg Norra" } }] });
  expect(found!.evidence).toMatchObject({ mendable: 1, splitLevels: 1, replacementCharacters: 1 });
});
