import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { targetUnits } from "../../../src/data/values/target-units.ts";
import { type Cells, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 1000;
const random = createRandom(8, "target units");
const net = numbers(ROWS, () => Math.round(2000 * Math.exp(0.8 * random.normal())) / 100);
const currency = net.map((_, i) => (i % 12 === 0 ? "PLN" : i % 5 === 0 ? "CHF" : "EUR"));
const isPln = (i: number) => currency[i] === "PLN";
const gross = net.map((value, i) => Math.round(100 * value * 1.19 * (isPln(i) ? 4.5 : 1)) / 100);
const given = (target: Cells, kind: Cells = currency) => contextOf({ columns: { net, kind, gross: target }, target: "gross" });

describe("a target in another unit in the rows of some kinds", () => {
  test("is told with the kinds and their factor, and the kind is no leak", async () => {
    const context = given(gross);
    const [found, ...others] = await unitMix.inspect(context);
    expect(found).toMatchObject({
      columns: ["gross", "kind"],
      severity: "harmful",
      confidence: 0.45,
      evidence: { kind: "target by kind", beside: "net", kinds: ["PLN"] },
      rows: { count: currency.filter((one) => one === "PLN").length },
    });
    expect(found?.why).toContain('4.5 times as much with `kind` = "PLN"');
    expect(others).toEqual([]);
    expect((await postOutcome.inspect(context)).filter(({ columns }) => columns.includes("kind"))).toEqual([]);
  });

  test.each<[string, Cells, Cells]>([
    [
      "shares of what each kind has for itself",
      net.map((value, i) => value * [1, 1.04, 0.93, 1.6, 1.1][i % 5]!),
      net.map((_, i) => `B${i % 5}`),
    ],
    ["rates that differ a little", net.map((value, i) => value * (isPln(i) ? 1.07 : 1.19)), currency],
    [
      "kinds that cost more, each for itself",
      net.map((value, i) => value * (isPln(i) ? 4 : 1) * Math.exp(0.3 * random.normal())),
      currency,
    ],
    ["kinds that have nothing to do with it", gross, currency.map((_, i) => currency[(i * 7 + 1) % ROWS]!)],
    [
      "as many rows of one unit as of the other",
      net.map((value, i) => value * (i % 2 === 0 ? 4.5 : 1)),
      net.map((_, i) => (i % 2 === 0 ? "PLN" : "EUR")),
    ],
  ])("not %s", (_, target, kind) => {
    expect(targetUnits(given(target, kind))).toEqual([]);
  });
});
