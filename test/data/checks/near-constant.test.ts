import { expect, test } from "vitest";
import { nearConstant } from "../../../src/data/checks/near-constant.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 1000;

test("nearly constant columns count only when their rare rows tell nothing", async () => {
  const y = coin(ROWS);
  const noise = cells(ROWS, 1, "n", (_, row) => (row % 200 === 0 ? 1 : 0));
  let left = 10;
  const telling = y.map((label) => (label === "yes" && left-- > 0 ? "rare" : "usual"));
  // Six rows of one class are what one of 30 such columns has by chance.
  let lucky = 6;
  const luck = y.map((label) => (label === "yes" && lucky-- > 0 ? "rare" : "usual"));
  // Two rows tell nothing that would last, whatever they are.
  const few = cells(ROWS, 1, "n", (_, row) => (row === 10 || row === 20 ? 1 : 0));
  const context = contextOf({ columns: { noise, telling, luck, few, y }, target: "y" });
  expect(await nearConstant.inspect(context)).toMatchObject([{ columns: ["noise", "luck", "few"] }]);
});

test("what a sample holds in all its rows is not called all", async () => {
  const y = coin(ROWS);
  const noise = cells(ROWS, 1, "n", () => 1);
  const context = contextOf({ columns: { noise, y }, target: "y", infos: { noise: { distinct: 2 } } });
  const [found] = await nearConstant.inspect(context);
  expect(found?.why).toBe("`noise` has one value in all rows of the sample, and others in few rows beyond it.");
});
