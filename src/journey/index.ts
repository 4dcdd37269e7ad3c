export { type AutopsyOptions, dossierAutopsy } from "./autopsy.ts";
export { type MendedData, writeMended } from "./mend.ts";
export { openScorer } from "./open-scorer.ts";
export { type Replayed, replayExperiment } from "./replay.ts";
export { type JourneyOptions, runJourney } from "./run.ts";
export { settleEarlier } from "./set-aside.ts";
export { STAGES, type StageName } from "./stage-budget.ts";
export { type DossierWatch, type WatchedSource, watchDossier } from "./watch.ts";
export { openWorkplace, reopenWorkplace, type Workplace } from "./workplace.ts";
