import { expect, test } from "vitest";
import { sideBySide } from "../../src/store/side-by-side.ts";

const moment = () => new Promise((resolve) => setImmediate(resolve));

test("results stand in their order, whatever ends first, and no more run than there are lanes", async () => {
  let running = 0;
  let most = 0;
  const results = await sideBySide(5, 2, async (index, lane) => {
    most = Math.max(most, ++running);
    for (let wait = 5 - index; wait > 0; wait--) await moment();
    running--;
    return `${index} ${lane < 2}`;
  });
  expect(results).toEqual(["0 true", "1 true", "2 true", "3 true", "4 true"]);
  expect(most).toBe(2);
});

test("after a failure nothing begins, what runs ends, and the lowest number speaks", async () => {
  const ended: number[] = [];
  const work = async (index: number) => {
    for (let wait = 3 - index; wait > 0; wait--) await moment();
    ended.push(index);
    throw new Error(`failed at ${index}`);
  };
  await expect(sideBySide(9, 2, work)).rejects.toThrow("failed at 0");
  expect(ended).toEqual([1, 0]);
});
