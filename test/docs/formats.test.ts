import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LIGHTGBM_LINKS } from "../../src/engine/trees/formats/lightgbm-objective.ts";
import { XGBOOST_MEANINGS } from "../../src/engine/trees/formats/xgboost-objective.ts";
import type { Link } from "../../src/engine/trees/index.ts";
import { ROOT } from "../architecture/sources.ts";
import { tableUnder } from "./tables.ts";

const PREDICTIONS: Partial<Record<Link, string>> = {
  identity: "raw score",
  exp: "exp",
  logistic: "logistic",
  softmax: "softmax",
  softplus: "log(1 + exp)",
};

test("the page states what every objective of LightGBM and XGBoost becomes", () => {
  const stated = tableUnder(readFileSync(join(ROOT, "docs/engine-formats.md"), "utf8"), "Foreign objectives").flatMap(
    ({ library = "", prediction = "", objectives = "" }) => objectives.split(", ").map((name) => `${library} ${name}: ${prediction}`),
  );
  const known = [
    ...Array.from(LIGHTGBM_LINKS, ([name, link]) => `LightGBM ${name}: ${PREDICTIONS[link]}`).slice(1),
    "LightGBM regression with `sqrt`: signed square of it",
    ...Array.from(XGBOOST_MEANINGS, ([name, { link }]) => `XGBoost ${name}: ${PREDICTIONS[link]}`),
  ];
  expect(stated.sort()).toEqual(known.sort());
});
