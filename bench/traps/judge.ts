import type { Finding } from "../../src/core/finding.ts";
import type { TrapId } from "../../src/core/trap.ts";
import type { Planted } from "./plants/index.ts";
import type { Table } from "./table.ts";

export interface Sown {
  readonly trap: TrapId;
  readonly strength: number;
  readonly planted: Planted;
}

type Said = Pick<Finding, "trap" | "columns">;

export function isFound({ trap, planted }: Sown, finding: Said): boolean {
  return finding.trap === trap && touches(finding, planted.columns);
}

/** Found, or told by another face of it: a sibling of the target that nearly gives it is a target-leak. */
export function isCaught(sown: Sown, finding: Said): boolean {
  const { planted } = sown;
  if (isFound(sown, finding)) return true;
  const { columns, beside = [] } = planted;
  return planted.also?.includes(finding.trap) === true && touches(finding, columns.length === 0 ? [] : [...columns, ...beside]);
}

/** Whether a plant explains the finding: it is the trap itself, or another face of it, on its columns. */
export function isReal(finding: Said, sown: readonly Sown[]): boolean {
  return sown.some((one) => isCaught(one, finding));
}

/**
 * Facts of the file, whatever made them: equal features with different labels (a code that stands for many values makes them too), and levels of the test rows that
 * training lacks, and a target whose largest hundredth carries 16 % of its squared deviations.
 */
export function isTrueByDefinition({ trap, columns: named }: Said, { columns, target, test }: Table): boolean {
  if (trap === "new-category")
    return named.some((name) => {
      const known = new Set(columns.get(name));
      return test?.get(name)?.some((cell) => !known.has(cell)) === true;
    });
  if (trap === "skewed" && named.join() === target) return isLongTailed((columns.get(target) ?? []).map(Number));
  if (trap !== "conflicting-label") return false;
  const labels = new Map<string, string>();
  const own = columns.get(target) ?? [];
  const features = [...columns].filter(([name]) => name !== target);
  return own.some((label, row) => {
    const key = JSON.stringify(features.map(([, cells]) => cells[row]));
    const before = labels.get(key);
    if (before === undefined) labels.set(key, label);
    return before !== undefined && before !== label;
  });
}

function isLongTailed(values: readonly number[]): boolean {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const squares = sorted.map((value) => (value - (sorted[sorted.length >> 1] ?? 0)) ** 2);
  const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0);
  return sum(squares.slice(-Math.floor(0.01 * squares.length))) > 0.16 * sum(squares);
}

function touches(finding: Said, columns: readonly string[]): boolean {
  return columns.length === 0 || finding.columns.length === 0 || finding.columns.some((name) => columns.includes(name));
}
