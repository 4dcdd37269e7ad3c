import { expect, test } from "vitest";
import { inTurn } from "../../src/store/in-turn.ts";

test("one after the other, also behind a failure", async () => {
  const run = inTurn();
  const seen: string[] = [];
  const task = (name: string) => async () => {
    seen.push(`${name} begins`);
    for (let wait = 0; wait < 3; wait++) await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name} ends`);
    if (name === "a") throw new Error("failed");
    return name;
  };
  const [a, b] = await Promise.allSettled([run(task("a")), run(task("b"))]);
  expect([a.status, b]).toEqual(["rejected", { status: "fulfilled", value: "b" }]);
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});
