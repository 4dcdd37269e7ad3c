import { expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import type { Roles } from "../../../src/core/role.ts";
import { rolesAfter } from "../../../src/data/harm/roles-after.ts";

test("columns of kept fixes are no features more, and it is said of which trap; what was none stays what it was", () => {
  const roles = { target: "y", features: ["a", "b", "c"], ids: ["id"], ignored: ["d"], why: { id: "a key" } } as unknown as Roles;
  const kept = [
    { trap: "target-leak", fix: { action: "steps", steps: [{ op: "drop", columns: ["b", "id"] }] } },
    { trap: "skewed", fix: { action: "advice", text: "Look." } },
  ] as unknown as Suspicion[];
  expect(rolesAfter(roles, kept)).toMatchObject({
    features: ["a", "c"],
    ids: ["id"],
    ignored: ["d", "b"],
    why: { id: "a key", b: "left out: target-leak" },
  });
});
