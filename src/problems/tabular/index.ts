import type { Json } from "../../core/json.ts";
import type { Choice } from "../../model/index.ts";
import type { ProblemKind } from "../kind.ts";
import { audit } from "./audit.ts";
import { autopsy } from "./autopsy.ts";
import { choose } from "./choose.ts";
import { plan } from "./plan.ts";
import { prove } from "./prove.ts";
import type { TabularQuestion } from "./question.ts";
import { release } from "./release.ts";
import { loadScorer, type NativeModel } from "./scorer.ts";

/** Prediction of one column of a table from the others. */
export const tabular: ProblemKind<TabularQuestion, Choice> = {
  name: "tabular",
  runnerUrl: new URL(import.meta.url.endsWith(".ts") ? "../../../dist/tabular-runner.js" : "./tabular-runner.js", import.meta.url),
  audit,
  choose,
  release,
  plan,
  prove,
  autopsy,
  load: (native: Json) => loadScorer(native as unknown as NativeModel),
};
