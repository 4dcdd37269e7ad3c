import { expect, test } from "vitest";
import { autopsyText } from "../../src/cli/autopsy-text.ts";

const player = (id: string) => ({ id, stage: "data", title: `leak: ${id} kept` });

test("what was measured before the budget ended is printed, and what was not tried is said", () => {
  const text = autopsyText({
    metric: "ROC AUC",
    promised: 0.9,
    realised: 0.7,
    game: null,
    ended: {
      tried: 4,
      of: 12,
      blames: [
        { player: player("a"), alone: 0.18, leaveOneOut: null },
        { player: player("b"), alone: null, leaveOneOut: null },
      ],
    },
  });
  expect(text).toContain("a gap of 0.2");
  expect(text).toContain("before the budget ended (4 of 12 combinations;");
  expect(text).toContain("leak: a kept\n      alone 0.18, repaired alone wins not tried");
  const early = autopsyText({
    metric: "ROC AUC",
    promised: Number.NaN,
    realised: Number.NaN,
    game: null,
    ended: { tried: 2, of: 12, blames: [] },
  });
  expect(early).toContain("before the gap of all together was measured");
  expect(text).toContain("leak: b kept\n      alone not tried");
});
