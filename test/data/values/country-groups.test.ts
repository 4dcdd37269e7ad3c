import { expect, test } from "vitest";
import { countryGroups } from "../../../src/data/values/country-groups.ts";

const rows = (levels: readonly string[]) =>
  countryGroups(
    levels,
    levels.map(() => 5),
  );

test("codes and names of one country are one group", () => {
  const levels = ["US", "United States", "DE", "FR", "IT", "ES", "Germany"];
  const { groups, isSure } = rows(levels);
  expect(groups.map(({ codes }) => codes.map((code) => levels[code]))).toEqual([
    ["US", "United States"],
    ["DE", "Germany"],
  ]);
  expect(isSure).toBe(true);
});

test("codes of the United States are no countries: CA beside Canada is California", () => {
  const states = ["AL", "AR", "CA", "CO", "DE", "GA", "ID", "IL", "IN", "LA", "MD", "MT", "NC", "NE", "PA", "SC", "SD"];
  expect(rows([...states, "Canada", "Mexico", "Germany"]).groups).toEqual([]);
});
