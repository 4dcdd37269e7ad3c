import type { Finding } from "../core/finding.ts";
import { Cancelled } from "../lab/index.ts";
import type { AnyKind } from "../problems/index.ts";
import type { Dossier } from "../store/index.ts";
import type { Audited } from "./larger-sample.ts";
import type { StageRunner } from "./stage.ts";
import type { StageName } from "./stage-budget.ts";
import { type Workplace, writeQuestion } from "./workplace.ts";

export interface Auditing {
  readonly kind: AnyKind;
  readonly recall: boolean;
  /** Last stage of the command. */
  readonly until: StageName;
  readonly ask: ((questions: readonly Finding[]) => Promise<Readonly<Record<string, string>>>) | undefined;
  stageOn(workplace: Workplace): StageRunner;
}

export async function auditOn(workplace: Workplace, { kind, recall, until, stageOn }: Auditing): Promise<Audited> {
  const startedAt = performance.now() - workplace.openMs;
  const stage = stageOn(workplace);
  const data = await auditOrDiscard(workplace.dossier, () =>
    stage("data", (space) => kind.audit(space), { recall, isLast: until === "data" }),
  );
  writeQuestion(workplace);
  return { workplace, data, stage, startedAt };
}

/**
 * With somebody to ask, the audit again with every answer until no new question comes up. Nobody's time to think counts against the budget. Most
 * experiments of the second time are in the ledger. `asked`: ids of findings that were put to them.
 */
export async function auditAsking(first: Audited, auditing: Auditing, asked: Set<string>): Promise<Audited> {
  const { ask } = auditing;
  for (let last = first; ; ) {
    const { workplace, data, startedAt } = last;
    const open = data.file.findings.filter((finding) => isAsked(finding) && !asked.has(finding.id));
    if (ask === undefined || open.length === 0) return last;
    const openMs = performance.now() - startedAt;
    const answers = await ask(open);
    for (const { id } of open) asked.add(id);
    if (Object.keys(answers).length === 0) return last;
    const request = { ...workplace.request, answers: { ...workplace.request.answers, ...answers } };
    last = await auditOn({ ...workplace, openMs, request }, auditing);
  }
}

/** Only a person can answer it, and the answer would change something. */
function isAsked({ question, answer, severity }: Finding): boolean {
  return question !== null && answer === null && severity !== "cosmetic";
}

/** The audit answers within any budget. When it fails the user's data or question is at fault, and nothing of it is kept. */
async function auditOrDiscard<T>(dossier: Dossier, audit: () => Promise<T | null>): Promise<T> {
  try {
    const data = await audit();
    if (data === null) throw new Error("the audit must answer within any budget");
    return data;
  } catch (error) {
    if (!(error instanceof Cancelled)) dossier.discard();
    throw error;
  }
}
