import { expect, test } from "vitest";
import type { SplitPolicy } from "../../../src/core/split.ts";
import { omissionsOf } from "../../../src/problems/tabular/omissions.ts";
import { findingOf } from "../../journey/results.ts";

const naive: SplitPolicy = { policy: "random", folds: 5, repeats: 1 };

const leak = (trap: "partial-leak" | "post-outcome" | "combination-leak", dropped: readonly string[], columns = dropped) =>
  findingOf({
    id: `${trap}:${columns.join(",")}`,
    trap,
    columns,
    severity: "blocker",
    state: "mended",
    fix: { action: "steps", steps: [{ op: "drop", columns: dropped }] },
  });

test("a column that several findings leave out is one omission, named after what it leaves", () => {
  const findings = [
    leak("combination-leak", ["invoice"], ["invoice", "fee"]),
    leak("partial-leak", ["invoice"]),
    leak("post-outcome", ["invoice", "refund"]),
    leak("post-outcome", ["login"]),
  ];
  const omissions = omissionsOf(findings, naive);
  expect(omissions.map(({ title, columns }) => [title, columns])).toEqual([
    ["combination-leak, partial-leak, post-outcome: invoice kept as a feature", ["invoice"]],
    ["post-outcome: refund kept as a feature", ["refund"]],
    ["post-outcome: login kept as a feature", ["login"]],
  ]);
  expect(new Set(omissions.map(({ id }) => id)).size).toBe(3);
});

test("splits and repairs are omissions of their own; what is open or changes no score is none", () => {
  const steps = [{ op: "missing-indicator" as const, columns: ["age"] }];
  const findings = [
    findingOf({
      id: "group-leak:town",
      trap: "group-leak",
      columns: ["town"],
      severity: "blocker",
      state: "mended",
      fix: { action: "split", split: naive },
    }),
    findingOf({
      id: "missing:age",
      trap: "missing",
      columns: ["age"],
      severity: "costly",
      state: "mended",
      fix: { action: "steps", steps },
    }),
    { ...leak("post-outcome", ["late"]), state: "open" as const },
    { ...leak("post-outcome", ["idle"]), severity: "cosmetic" as const, harm: null },
  ];
  expect(omissionsOf(findings, naive).map(({ stage, title }) => [stage, title])).toEqual([
    ["validation", "group-leak: judged by a random split (town)"],
    ["preparation", "missing (age) not mended"],
  ]);
});
