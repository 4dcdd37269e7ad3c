import { expect, test } from "vitest";
import { earlierLooks, noteLook } from "../../src/journey/test-looks.ts";

const files = new Map<string, unknown>();
const dossier = {
  exists: (name: string) => files.has(name),
  readJson: (name: string) => files.get(name),
  writeJson: (name: string, value: unknown) => files.set(name, value),
};

function workplace(change: object, version = "v", testSetRows = 10): Parameters<typeof noteLook>[0] {
  const request = { target: "y", metric: null, seed: 1, answers: {}, budgetMs: null, ...change };
  return { dossier, request, dataset: { version }, testSetRows } as unknown as Parameters<typeof noteLook>[0];
}

test("a question counts once, whatever it takes to run; others count against it", () => {
  expect(earlierLooks(workplace({}))).toBe(0);
  noteLook(workplace({}));
  noteLook(workplace({ budgetMs: 60_000 }));
  expect(earlierLooks(workplace({}))).toBe(0);
  expect(earlierLooks(workplace({ seed: 2 }))).toBe(1);
  noteLook(workplace({ seed: 2 }));
  noteLook(workplace({}, "corrected"));
  expect(earlierLooks(workplace({ metric: "f1" }))).toBe(3);
  expect(earlierLooks(workplace({}))).toBe(2);
  expect(earlierLooks(workplace({ metric: "f1" }, "v", 0))).toBe(0);
});
