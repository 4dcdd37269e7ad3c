import { expect, test } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { auditAsking, auditOn } from "../../src/journey/audit-asking.ts";
import type { Audited } from "../../src/journey/larger-sample.ts";
import type { Workplace } from "../../src/journey/workplace.ts";
import type { AnyKind } from "../../src/problems/index.ts";

interface Asked {
  readonly frame: { readonly rows: number };
  readonly request: { readonly answers: Readonly<Record<string, string>> };
}

/** The larger sample raises a question that the smaller one does not, and each question is open until it is answered. */
const kind = {
  audit: async ({ frame, request: { answers } }: Asked) => {
    const finding = (id: string) => ({ id, question: "?", answer: answers[id] ?? null, severity: "warning" }) as unknown as Finding;
    return { file: { findings: ["small", ...(frame.rows > 10 ? ["large"] : [])].map(finding) } };
  },
} as unknown as AnyKind;

function auditingWith(answers: Readonly<Record<string, string>>) {
  const put: string[][] = [];
  const stageOn = (workplace: Workplace) => (_: string, work: (space: Workplace) => unknown) => work(workplace);
  const ask = async (questions: readonly Finding[]) => {
    put.push(questions.map(({ id }) => id));
    return Object.fromEntries(questions.flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, answers[id]]])));
  };
  return { put, auditing: { kind, recall: false, until: "data", ask, stageOn } as unknown as Parameters<typeof auditOn>[1] };
}

const dossier = { writeJson: () => undefined, discard: () => undefined };
const workplace = (rows: number) =>
  ({ dossier, frame: { rows }, dataset: {}, openMs: 5, request: { data: "x.csv", test: null, answers: {} } }) as unknown as Workplace;

/** The audit of a small sample and then of a large one, as a run that has time makes them. */
async function twice(answers: Readonly<Record<string, string>>) {
  const { put, auditing } = auditingWith(answers);
  const asked = new Set<string>();
  const first = await auditAsking(await auditOn(workplace(10), auditing), auditing, asked);
  const larger: Audited = await auditOn({ ...first.workplace, frame: workplace(100).frame }, auditing);
  const last = await auditAsking(larger, auditing, asked);
  return { put, answers: last.workplace.request.answers, rows: last.workplace.frame.rows };
}

test("what only the larger sample asks is asked after it, and answers to the first hold", async () => {
  const { put, answers, rows } = await twice({ small: "before", large: "after" });
  expect([put, answers, rows]).toEqual([[["small"], ["large"]], { small: "before", large: "after" }, 100]);
});

test("what was left open is not asked again", async () => {
  expect((await twice({})).put).toEqual([["small"], ["large"]]);
});

test("time to think counts not against the budget", async () => {
  const { auditing } = auditingWith({ small: "before" });
  const ask = async (questions: readonly Finding[]) => {
    await new Promise((done) => setTimeout(done, 120));
    return (await auditing.ask?.(questions)) ?? {};
  };
  const began = performance.now();
  const last = await auditAsking(await auditOn(workplace(10), auditing), { ...auditing, ask }, new Set());
  expect(last.startedAt - began).toBeGreaterThan(100);
});
