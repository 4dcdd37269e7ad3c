import { expect, test } from "vitest";
import { paddedLevels } from "../../../src/data/values/padded-levels.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 400;

function told(party: readonly string[], rare = party[0]!, others: Record<string, readonly string[]> = {}) {
  const drawn = (names: readonly string[], seed: string) => cells(ROWS, 2, seed, (random) => names[random.integer(names.length)]!);
  const columns = {
    party: cells(ROWS, 1, "party", (random, row) => (row % 50 === 0 ? rare : party[random.integer(party.length)]!)),
    ...Object.fromEntries(Object.entries(others).map(([name, names]) => [name, drawn(names, name)])),
    y: coin(ROWS),
  };
  return paddedLevels(contextOf({ columns, target: "y" }));
}

test("blanks around most values are taken away, but where another repair renames some of them", () => {
  const [found, ...others] = told([" Labour", " Green", " Liberal"]);
  expect(others).toEqual([]);
  const mapping = { " Labour": "Labour", " Green": "Green", " Liberal": "Liberal" };
  expect(found).toMatchObject({
    trap: "spelling-variant",
    severity: "cosmetic",
    fix: { steps: [{ op: "map", column: "party", mapping }] },
  });
  expect(told([" R", " D"])[0]).toMatchObject({ trap: "spelling-variant", evidence: { padded: 2, levels: 2, width: null } });
  expect(told([" Labour", " Green", " Liberal"], " labour")[0]!.fix.action).toBe("advice");
  expect(told(["Labour", "Green", "Liberal"], "Liberal ")).toEqual([]);
});

test("where all are of one width, or half of the columns of texts are filled up, the file is written so", () => {
  expect(told(["Labour ", "Green  ", "Liberal"].slice(0, 2))[0]).toMatchObject({ trap: "dialect", evidence: { width: 7 } });
  const beside = { town: [" York", " Bath"], sex: ["m", "f"] };
  expect(told([" Labour", " Green"], " Labour", beside).map(({ trap }) => trap)).toEqual(["dialect", "dialect"]);
  expect(told([" Labour", " Green"], " Labour", { ...beside, town: ["York", "Bath"] }).map(({ trap }) => trap)).toEqual([
    "spelling-variant",
  ]);
  const plain = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, ["m", "f"]]));
  expect(told([" Labour", " Green"], " Labour", { ...beside, shire: [" Kent", " Devon"], ...plain })).toHaveLength(3);
  expect(told([" Labour", " Green"], " Labour", { ...beside, shire: [" Kent", " Devon"], ...plain })[0]!.trap).toBe("dialect");
});
