export type { Comparison } from "./core/comparison.ts";
export type { Dataset } from "./core/dataset.ts";
export { type ErrorCode, OldhandError } from "./core/error.ts";
export type { Estimate } from "./core/estimate.ts";
export type { Experiment, Outcome } from "./core/experiment.ts";
export type { Finding, FindingsFile, Harm } from "./core/finding.ts";
export type { Plan } from "./core/plan.ts";
export type { Proof } from "./core/proof.ts";
export type { Request } from "./core/request.ts";
export type { Scorer } from "./core/scorer.ts";
export type { JourneyResult, Verdict } from "./core/verdict.ts";
export { VERSION } from "./core/version.ts";
export {
  type JourneyOptions,
  openScorer,
  openWorkplace,
  reopenWorkplace,
  runJourney,
  type StageName,
  type Workplace,
} from "./journey/index.ts";

export { createServer } from "./production/index.ts";
export { reportHtml, reportMarkdown, reportText } from "./report/index.ts";
