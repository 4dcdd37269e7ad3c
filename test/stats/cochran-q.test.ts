import { test } from "vitest";
import { cochranQ } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { near } from "./near.ts";

test("Cochran's Q equals that of statsmodels", () => {
  const { effects, variances, common, q, p } = recorded.cochranQ;
  const got = cochranQ(
    effects,
    variances.map((variance) => 1 / variance),
  );
  near(got.common, common);
  near(got.q, q);
  near(got.p, p, 1e-10);
});

test("equal effects leave nothing", () => {
  const { common, q, p } = cochranQ([2, 2, 2], [1, 5, 3]);
  near(common, 2);
  near(q, 0, 1e-12, 1);
  near(p, 1);
});
