export type { Audit, AuditOptions } from "./audit.ts";
export { audit } from "./audit.ts";
export type { AuditContext, Check, DuplicateCount } from "./check.ts";
export { CHECKS } from "./checks/index.ts";
export { knownAtOf } from "./findings/answers.ts";
export { findingsFile } from "./findings-file.ts";
export type { ExperimentFor, HonestGround, ReferenceOptions } from "./harm/ground.ts";
export { REFERENCE } from "./harm/ground.ts";

export { type FoundLabels, readingOf, readTrainingLabels } from "./labels/label-reading.ts";
export { readTestLabels } from "./labels/test-labels.ts";
export { strangeTestNumbers } from "./labels/test-numbers.ts";
export type { Meaning } from "./meaning/meaning.ts";

export { pauses } from "./pause.ts";
export type { GivenRoles } from "./roles/roles.ts";
export { checkNames, inferRoles } from "./roles/roles.ts";
export type { GivenTask, InferredTask } from "./roles/task.ts";
export { inferTask } from "./roles/task.ts";
export type { Association } from "./signal/associations.ts";

export type { GivenSplit, SplitProposal } from "./split/split-proposal.ts";
