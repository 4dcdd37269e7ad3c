import { expect, test } from "vitest";
import { watchText } from "../../src/cli/watch-text.ts";
import type { DossierWatch } from "../../src/journey/index.ts";

const column = (name: string, standsOut: boolean) =>
  ({ column: name, statistic: "missing share", standsOut, drifted: false, why: "nothing to see" }) as DossierWatch["columns"][number];

const report = (rows: number, columns: DossierWatch["columns"], isTraining = false) =>
  ({
    ...{ verdict: "too-few-rows", why: "Why.", rows: { current: rows, reference: 1526 }, servedRows: rows, leastRows: 32 },
    ...{ columns, predictions: [], notYet: [], served: null, quality: null, isTraining },
  }) as unknown as DossierWatch;

test("of a row too few, and of the training rows themselves, no quiet column is listed", () => {
  const one = watchText(report(1, [column("age", false), column("job", true)]));
  expect(one).toMatch(/^TOO FEW ROWS {2}1 served row against 1,526 training rows\n\nWhy\.\n\n\? job: /);
  expect(one).not.toContain("age");
  expect(watchText(report(40, [column("age", false)]))).toContain("  age: ");
  const training = watchText(report(1526, [column("age", false)], true));
  expect(training).toContain("the 1,526 training rows themselves");
  expect(training).not.toMatch(/age|In words/);
});
