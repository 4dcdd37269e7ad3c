import { expect, test } from "vitest";
import { apartInDecimals } from "../../../src/data/findings/phrase.ts";
import { rewardOf } from "../../../src/data/split/reward-words.ts";

test("what a random split rewards follows the measure", () => {
  expect(rewardOf({ openError: 0.08, closedError: 0.1 })).toBe("so a random split would reward recognising the group");
  expect(rewardOf({ openError: 0.103, closedError: 0.104 })).toBe(
    "which is hardly a difference: it is not by their nearest rows that groups are recognised, if they are",
  );
  expect(rewardOf({ openError: 0.105, closedError: 0.104 })).toContain("no reward");
});

test("numbers near 0 are told apart, and none is -0.00", () => {
  expect(apartInDecimals(-0.0012, -0.0021, -0.0003)).toEqual(["-0.001", "-0.002", "0.000"]);
  expect(apartInDecimals(-0.00001, -0.00002, -0.00001)).toEqual(["0.0000", "0.0000", "0.0000"]);
  expect(apartInDecimals(0.34, 0.3, 0.38)).toEqual(["0.34", "0.30", "0.38"]);
});
