import { digits } from "../core/digits.ts";
import type { GateResult, Proof } from "../core/proof.ts";
import { BudgetEnded, Cancelled, WouldNotFit } from "../lab/index.ts";
import type { Gate, GateContext, GateVerdict } from "./gates/gate.ts";
import { judgedBy } from "./gates/gate.ts";
import { percent } from "./phrase.ts";
import { scoreRubric } from "./rubric.ts";

/**
 * Runs every gate, one after the other. A gate that throws has failed, with its message; the others still run. One for which the budget had no time
 * is not run. Between gates, signals and timers are heard. @throws Cancelled.
 */
export async function prove(gates: readonly Gate[], context: GateContext): Promise<Proof> {
  const results: GateResult[] = [];
  for (const [place, gate] of gates.entries()) {
    context.onGate?.(gate.title, place, gates.length);
    await new Promise((resolve) => setImmediate(resolve));
    context.signal?.throwIfAborted();
    const start = performance.now();
    const verdict = await runGate(gate, context);
    const { gate: id, title, rubric } = gate;
    results.push({ gate: id, title, rubric, ...verdict, tookMs: performance.now() - start });
  }
  return {
    schema: "oldhand/proof/1",
    gates: results,
    rubric: scoreRubric({ gates: results, ran: context.ran ?? [] }),
  };
}

async function runGate(gate: Gate, context: GateContext): Promise<GateVerdict> {
  try {
    return await gate.run(context);
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    if (error instanceof WouldNotFit) return notBegun(error);
    if (error instanceof BudgetEnded)
      return { status: "not-run", why: "The budget ended before it was done.", measured: null, cites: [], evidence: {} };
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return judgedBy(false, `The gate could not finish: ${message}`, { evidence: { error: message } });
  }
}

function notBegun({ neededMs, leftMs, share }: WouldNotFit): GateVerdict {
  const most = neededMs > leftMs ? "" : `, of which it may take at most ${percent(share)}`;
  return {
    status: "not-run",
    why: `It was not begun: it would have taken about ${seconds(neededMs)}, and ${seconds(leftMs)} of the budget were left${most}.`,
    measured: null,
    cites: [],
    evidence: { neededMs, leftMs },
  };
}

function seconds(ms: number): string {
  return `${digits(ms / 1000)} s`;
}
