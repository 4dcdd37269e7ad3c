import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { codeAsNumber } from "../../../src/data/checks/code-as-number.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { type Cells, contextOf } from "../checks/context.ts";

/** Forty children of five visits, of whom nothing is known but a number and the visit. `own`: what of the target is the child's. */
function visits(key: string, own: number, seed = 1, children = 40): Record<string, Cells> {
  const random = createRandom(seed, "visits");
  const level = Array.from({ length: children }, () => own * random.normal());
  const rows = Array.from({ length: 5 * children }, (_, row) => ({ child: Math.floor(row / 5), visit: row % 5 }));
  return {
    [key]: rows.map(({ child }) => (child * 7919) % 1009),
    visit: rows.map(({ visit }) => visit),
    y: rows.map(({ child }) => level[child]! + random.normal()),
  };
}

const asked = (columns: Record<string, Cells>) => groupLeak.inspect(contextOf({ columns, target: "y" }));

describe("a key of things that no neighbour recognises", () => {
  test.each(["id", "child_id", "custid", "subject"])("%s is asked about where its rows resemble each other", async (key) => {
    const [found, ...others] = await asked(visits(key, 1));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: [key], severity: "harmful", confidence: 0.45, choices: ["new", "same"] });
    expect(Number(found!.evidence.iccLow)).toBeGreaterThan(0.1);
  });

  test("is asked about where its rows are alike beside others of their visit, however much the visit tells", async () => {
    const grown = visits("pig", 1);
    const columns = { ...grown, y: grown.y!.map((value, row) => Number(value) + 8 * Number(grown.visit![row])) };
    const [found] = await asked(columns);
    expect(found).toMatchObject({ columns: ["pig"], confidence: 0.45 });
    const none = visits("pig", 0, 1, 400);
    expect(await asked({ ...none, y: none.y!.map((value, row) => Number(value) + 8 * Number(none.visit![row])) })).toEqual([]);
  });

  test("is no code of kinds, and new things are judged without it", async () => {
    const context = contextOf({ columns: visits("id", 1), target: "y" });
    const [found] = await groupLeak.inspect(context);
    expect(found!.counterfactual).toMatchObject({ change: "split", without: ["id"] });
    expect(await codeAsNumber.inspect(context)).toEqual([]);
    const kinds = contextOf({ columns: { ...visits("id", 0, 1, 400) }, target: "y" });
    expect(await codeAsNumber.inspect(kinds)).toMatchObject([{ columns: ["id"] }]);
  });

  test("is asked about, less sure, where so few rows cannot tell", async () => {
    const [found] = await asked(visits("id", 0, 1, 12));
    expect(found).toMatchObject({ columns: ["id"], confidence: 0.3 });
  });

  test("is left alone where its rows were shown to have nothing in common", async () => {
    expect(await asked(visits("id", 0, 1, 400))).toEqual([]);
  });

  test("needs no name where the file stands in series, and is none where it does not", async () => {
    const [found] = await asked(visits("unit_x", 1));
    expect(found).toMatchObject({ columns: ["unit_x"], evidence: { from: "series" } });
    const columns = visits("x", 1);
    const order = [...createRandom(3, "order").shuffle(Int32Array.from(columns.x!.keys()))];
    const shuffled = Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, order.map((row) => cells[row]!)]));
    expect(await asked(shuffled)).toEqual([]);
  });
});
