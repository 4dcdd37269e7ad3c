import type { GateResult, Proof } from "../../core/proof.ts";
import { type Paint, wrapText } from "./layout.ts";
import { labelled } from "./plan.ts";

const MARKS = { passed: "ok", failed: "FAILED", undecided: "UNSURE", "not-run": "NOT RUN", skipped: "skipped" } as const;
const MARK_WIDTH = 9;
const ORDER: readonly GateResult["status"][] = ["failed", "undecided", "not-run", "skipped", "passed"];

/** How many passed, by name, and what did not. */
export function proofSummary(proof: Proof, paint: Paint, width: number): string[] {
  const left = ORDER.slice(0, 4).flatMap((status) => proof.gates.filter((gate) => gate.status === status));
  const passed = proof.gates.filter(({ status }) => status === "passed").map(({ gate }) => gate);
  return [
    ...labelled("Gates", `${countOf(proof.gates, passed)}.`, paint, width),
    ...left.flatMap((gate) => gateLines(gate, paint, width)),
    ...labelled("ML Test Score", rubricText(proof), paint, width),
  ];
}

/** Every gate with what it measured. */
export function proofLines(proof: Proof, paint: Paint, width: number): string[] {
  const sorted = ORDER.flatMap((status) => proof.gates.filter((gate) => gate.status === status));
  return [
    paint.bold(`Gates: ${countOf(proof.gates)}`),
    ...sorted.flatMap((gate) => gateLines(gate, paint, width)),
    "",
    ...labelled("ML Test Score", rubricText(proof), paint, width),
  ];
}

function gateLines({ status, title, why }: GateResult, paint: Paint, width: number): string[] {
  const [first = "", ...rest] = wrapText(`${title}: ${why}`, width, `  ${MARKS[status].padEnd(MARK_WIDTH)}`);
  const colour = { passed: paint.green, failed: paint.red, undecided: paint.yellow, "not-run": paint.yellow, skipped: paint.dim }[status];
  return [`  ${colour(MARKS[status].padEnd(MARK_WIDTH))}${first.slice(MARK_WIDTH + 2)}`, ...rest];
}

/** named: those that passed, to be told beside their number. */
export function countOf(gates: readonly GateResult[], named: readonly string[] = []): string {
  const count = (status: GateResult["status"]) => gates.filter((gate) => gate.status === status).length;
  const rest = (["failed", "undecided", "not-run", "skipped"] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status === "not-run" ? "not run" : status}`);
  const names = named.length === 0 ? "" : ` (${named.join(", ")})`;
  return [`${count("passed")} of ${gates.length} passed${names}`, ...rest].join(", ");
}

export function rubricText({ rubric }: Proof): string {
  return `${rubric.score} (${rubric.reading}), the lowest of ${rubric.sections.map(({ section, score }) => `${section} ${score}`).join(", ")}`;
}
