import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Scorer } from "../../core/scorer.ts";
import { type Answer, answersOf } from "../answer.ts";
import { outputFault } from "../gates/valid-outputs.ts";
import type { Instruments } from "./instruments.ts";
import type { SentRecord } from "./read-records.ts";
import { RefusedRequest } from "./refusal.ts";
import type { ServedRow } from "./served-log.ts";
import { type Warning, warner } from "./warnings.ts";

export interface Answered {
  readonly answers: readonly Answer[];
  /** rows x outputs, row-major. */
  readonly outputs: Float64Array;
  /** Of each row. */
  readonly warnings: readonly (readonly Warning[])[];
}

/** Scores records, counts them, and logs them once their answer has gone. */
export type Answerer = (request: FastifyRequest, records: readonly SentRecord[], ids: readonly (string | number | null)[]) => Answered;

export interface AnswererOptions {
  readonly log: ((line: unknown) => void) | null;
  readonly instruments: Instruments;
}

export function answerer(server: FastifyInstance, scorer: Scorer, { log, instruments }: AnswererOptions): Answerer {
  const waiting = new WeakMap<FastifyRequest, readonly ServedRow[]>();
  const warningsOf = warner(scorer);
  server.addHook("onResponse", async (request) => {
    for (const row of waiting.get(request) ?? []) {
      try {
        log?.(row);
      } catch {
        instruments.logFailed();
      }
    }
  });
  return (request, records, ids) => {
    const start = performance.now();
    const frame = scorer.frameOf(records);
    const outputs = scorer.score(frame);
    const fault = outputFault(scorer.task, outputs, frame.rows);
    if (fault !== null)
      throw new RefusedRequest(500, { error: "The model gave no valid answer to this row.", code: "invalid-answer", got: fault });
    const answers = answersOf(scorer, outputs);
    const warnings = warningsOf(records, frame);
    instruments.predicted(records.length, (performance.now() - start) / 1000);
    if (log !== null) {
      const time = new Date().toISOString();
      const line = (output: Answer, row: number): ServedRow => ({
        time,
        request: request.id,
        id: ids[row] ?? null,
        version: scorer.version,
        input: records[row] ?? {},
        output,
        ...(warnings[row]?.length ? { warnings: warnings[row] } : {}),
      });
      waiting.set(request, answers.map(line));
    }
    return { answers, outputs, warnings };
  };
}
