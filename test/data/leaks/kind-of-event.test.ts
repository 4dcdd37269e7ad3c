import { expect, test } from "vitest";
import { columnOf } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import { siblingTarget } from "../../../src/data/checks/sibling-target.ts";
import { kindOfEvent } from "../../../src/data/leaks/kind-of-event.ts";
import { contextOf } from "../checks/context.ts";

const random = createRandom(1, "kinds");
const censor = Array.from({ length: 600 }, () => Number(random.next() < 0.15));
const kind = (share: (event: number) => number, name = "censor_d") =>
  contextOf({ columns: { [name]: censor.map((event) => Number(random.next() < share(event))), censor }, target: "censor" });
const kindIn = (context: ReturnType<typeof kind>) => kindOfEvent(context, columnOf(context.frame, "censor_d"));

test("a kind of the event is there only where the event is", () => {
  expect(kindIn(kind((event) => 0.26 * event))).toMatchObject({ ofClass: 1 });
});

test("a condition that is there without the event too, and chance, are none", () => {
  expect(kindIn(kind((event) => 0.1 + 0.26 * event))).toBeNull();
  expect(kindIn(kind(() => 0.2))).toBeNull();
});

test("it is asked about where it shares the target's name", () => {
  expect(siblingTarget.inspect(kind((event) => 0.26 * event))).toMatchObject([
    { columns: ["censor_d"], severity: "harmful", confidence: 0.4 },
  ]);
  expect(siblingTarget.inspect(kind((event) => 0.26 * event, "treated"))).toEqual([]);
});
