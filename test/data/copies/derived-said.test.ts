import { expect, test } from "vitest";
import { together } from "../../../src/data/copies/derived-said.ts";
import type { GivenByTwo } from "../../../src/data/copies/given-by-two.ts";

test("only a single column of numbers is called the number", () => {
  const advice = (...types: readonly string[]) => {
    const given = types.map((type, i) => ({ name: `g${i}`, type }));
    const pair = { names: [{ name: "a" }, { name: "b" }], given, pairs: 90, compared: 500, held: 500, chance: 0 };
    const { fix } = together(pair as unknown as GivenByTwo);
    return fix.action === "advice" ? fix.text : "";
  };
  expect(advice("number")).toContain("the number says of a new pair");
  expect(advice("category")).toContain("it says of a new pair");
  expect(advice("number", "category")).toContain("they say of a new pair");
});
