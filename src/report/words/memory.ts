import type { Plan } from "../../core/plan.ts";
import { bytesText } from "../units.ts";

/** What the columns of memory are, and what the process had in all; null for a plan that does not know. */
export function memoryText({ throughput, cost }: Pick<Plan, "throughput" | "cost">): string | null {
  const known = throughput.flatMap(({ processBytes }) => processBytes ?? []);
  if (known.length === 0) return null;
  return `Added memory: what the process grew by while the model answered. The whole process had ${bytesText(Math.max(...known))}, with the data of this run, which a server does not hold: one of this model takes about ${bytesText(cost.processBytes)}.`;
}
