import { expect, test } from "vitest";
import { cleanTable } from "../../bench/traps/clean.ts";
import { PLANTS } from "../../bench/traps/plants/index.ts";
import type { Suspicion } from "../../src/core/finding.ts";
import { createRandom } from "../../src/core/random.ts";
import { BY_HAND, confirmed } from "../../src/data/findings/answers.ts";
import { CHECKS } from "../../src/data/index.ts";
import { inMemory, tableThatTrips, trippingContext } from "./tripping-tables.ts";

/** What an answer leads to, where it leads to nothing that is made or said. */
function withoutEffect(asked: Suspicion): string[] {
  const { fix } = confirmed(asked);
  const isMade = fix.action === "steps" ? fix.steps.length > 0 : fix.action !== "advice" || fix.text.endsWith(BY_HAND);
  return isMade ? [] : [`${asked.trap}: ${asked.question}`];
}

test.each(CHECKS.map((check) => [check.trap, check] as const))(
  "%s: the first answer to its question makes a fix, or the finding says that nothing does",
  async (trap, check) => {
    const tables = PLANTS.flatMap((plant) => {
      const made = plant.trap !== trap ? null : plant.plant(cleanTable(3, 300, "regression"), createRandom(3, `answers ${trap}`), 1);
      return made === null || !made.table.columns.has(made.table.target) ? [] : [inMemory(made.table)];
    });
    for (const tripping of [await tableThatTrips(check), ...tables]) {
      const found = await check.inspect(trippingContext(tripping, tripping.columns));
      expect(found.filter(({ question }) => question !== null).flatMap(withoutEffect)).toEqual([]);
    }
  },
);
