import { describe, expect, test } from "vitest";
import type { SplitGap } from "../../../src/core/finding.ts";
import type { SplitProposal } from "../../../src/data/index.ts";
import { besideGap } from "../../../src/data/split/beside-gap.ts";

describe("a split that nearest rows decided", () => {
  const proposal = (more: Partial<SplitProposal>) => ({ why: "the nearest rows judge better", ...more }) as unknown as SplitProposal;
  const gap = (metric: string, random: number, proposed: number) =>
    ({ metric, random: { value: random }, proposed: { value: proposed } }) as unknown as SplitGap;
  const whyOf = (more: Partial<SplitProposal>, measured: SplitGap | null) => besideGap(proposal(more), measured).why;

  test("says when the score of a random split is no better", () => {
    const near = { byNearestRows: true } as const;
    expect(whyOf(near, gap("mae", 138, 112))).toContain("the score of a random split is no better here");
    expect(whyOf(near, gap("auc", 0.7, 0.8))).toContain("no better here");
    expect(whyOf(near, gap("mae", 100, 112))).not.toContain("no better");
    expect(whyOf(near, gap("auc", 0.9, 0.8))).not.toContain("no better");
    expect(whyOf({}, gap("auc", 0.7, 0.8))).not.toContain("no better");
    expect(whyOf(near, null)).not.toContain("no better");
  });
});
