import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { eitherSignal } from "../../src/lab/either-signal.ts";

describe("either signal", () => {
  test.each([0, 1])("aborts with the reason of the one that does first (%i)", (place) => {
    const both = [new AbortController(), new AbortController()] as const;
    const { signal } = eitherSignal(both[0].signal, both[1].signal);
    expect(signal.aborted).toBe(false);
    both[place]?.abort("first");
    both[1 - place]?.abort("second");
    expect([signal.aborted, signal.reason]).toEqual([true, "first"]);
  });

  test("is aborted from the start when one of them is", () => {
    const { signal } = eitherSignal(new AbortController().signal, AbortSignal.abort("before"));
    expect([signal.aborted, signal.reason]).toEqual([true, "before"]);
  });

  test("leaves nothing on a signal that outlives it", () => {
    const lasting = new AbortController();
    const { signal, release } = eitherSignal(lasting.signal, new AbortController().signal);
    expect(getEventListeners(lasting.signal, "abort")).toHaveLength(1);
    release();
    expect(getEventListeners(lasting.signal, "abort")).toHaveLength(0);
    lasting.abort();
    expect(signal.aborted).toBe(false);
  });
});
