import { describe, expect, test } from "vitest";
import { proposeSplit } from "../../../src/data/split/split-proposal.ts";
import { contextOf, honestTable, numbers } from "../table.ts";

describe("proposeSplit", () => {
  const context = contextOf(honestTable(600, 5), "bought", { testRows: Int32Array.from(numbers(100, (i) => 500 + i)) });
  test("what the user asks for; a given test set changes nothing in how its training rows are split", () => {
    expect(proposeSplit(context, []).split).toMatchObject({ policy: "stratified", folds: 5 });
    expect(proposeSplit(context, [], { policy: "random" }).split).toMatchObject({ policy: "random" });
    const whole = { ...context, testRows: null };
    expect(proposeSplit(whole, [], { policy: "random" }).split).toMatchObject({ policy: "random" });
    expect(proposeSplit(whole, [], { policy: "group", group: ["town"] }).split).toMatchObject({ policy: "group", by: ["town"] });
    expect(proposeSplit(contextOf(honestTable(600, 5), "bought", { roles: { group: "town" } }), []).split).toMatchObject({ folds: 5 });
    expect(() => proposeSplit(whole, [], { policy: "group" })).toThrow(expect.objectContaining({ code: "bad-option" }));
  });

  test("never more folds than groups or times", () => {
    const year = numbers(600, (i) => i).map((i) => new Date(Date.UTC(2020 + Math.floor(i / 200), 0, 1)));
    const table = honestTable(600, 6, () => [
      ["year", year],
      ["site", numbers(600, (i) => i % 3).map((i) => `s${i}`)],
    ]);
    expect(proposeSplit(contextOf(table, "bought", { roles: { time: "year" } }), []).split).toEqual({
      policy: "time",
      by: "year",
      folds: 2,
    });
    expect(proposeSplit(contextOf(table, "bought", { roles: { group: "site" } }), []).split).toMatchObject({ policy: "group", folds: 3 });
    const both = proposeSplit(contextOf(table, "bought", { roles: { group: "site", time: "year" } }), []);
    expect([both.split.policy, both.passedOver]).toEqual(["group", expect.stringContaining("The declared time year is not judged by")]);
  });
});
