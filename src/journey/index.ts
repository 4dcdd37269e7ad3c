export { type JourneyOptions, runJourney } from "./run.ts";
export { STAGES, type StageName } from "./stage-budget.ts";
export { openWorkplace, reopenWorkplace, type Workplace } from "./workplace.ts";
