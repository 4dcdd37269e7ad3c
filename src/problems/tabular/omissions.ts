import type { Finding } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { SplitPolicy } from "../../core/split.ts";
import type { Player } from "../../production/index.ts";

/** Something the audit mended, seen as what a project would have left out. */
export interface Omission extends Player {
  /** Leaks: columns that training has and production has not. No two omissions have one in common. */
  readonly columns: readonly string[];
  /** Repairs that are not made. */
  readonly steps: readonly RecipeStep[];
  /** The split that would have been used to judge. */
  readonly split: SplitPolicy | null;
}

/** 2^n coalitions are trained, so only the omissions with the largest effect are played. */
const MOST_OMISSIONS = 4;
const MOST_NAMED = 3;

/** What was mended, but for what changes no score at all. */
export function omissionsOf(findings: readonly Finding[], naive: SplitPolicy): Omission[] {
  const mended = findings.filter(
    ({ state, harm, severity }) => state === "mended" && (severity !== "cosmetic" || (harm !== null && harm.delta !== 0)),
  );
  const kept = columnsKept(mended);
  return mended
    .flatMap((finding) =>
      droppedBy(finding).length === 0
        ? omissionOf(finding, naive)
        : kept.filter(({ by }) => by[0] === finding).map(({ by, columns }) => keptOmission(by, columns)),
    )
    .slice(0, MOST_OMISSIONS);
}

interface KeptColumns {
  /** The findings that leave them out. */
  readonly by: readonly Finding[];
  readonly columns: readonly string[];
}

/** Columns that the same findings leave out go together: however many findings those are, a column is kept once. */
function columnsKept(findings: readonly Finding[]): readonly KeptColumns[] {
  const sets = new Map<string, { readonly by: readonly Finding[]; readonly columns: string[] }>();
  for (const column of new Set(findings.flatMap(droppedBy))) {
    const by = findings.filter((finding) => droppedBy(finding).includes(column));
    const key = JSON.stringify(by.map(({ id }) => id));
    const set = sets.get(key) ?? { by, columns: [] };
    set.columns.push(column);
    sets.set(key, set);
  }
  return [...sets.values()];
}

function keptOmission(by: readonly Finding[], columns: readonly string[]): Omission {
  const traps = [...new Set(by.map(({ trap }) => trap))].join(", ");
  const title = `${traps}: ${columns.slice(0, MOST_NAMED).join(", ")} kept as a feature`;
  return { id: by.map(({ id }) => id).join(" and "), stage: "data", title, columns, steps: [], split: null };
}

function droppedBy({ fix }: Finding): readonly string[] {
  return fix.action === "steps" ? fix.steps.flatMap((step) => (step.op === "drop" ? step.columns : [])) : [];
}

function omissionOf({ id, trap, columns, fix }: Finding, naive: SplitPolicy): Omission[] {
  const names = columns.slice(0, MOST_NAMED).join(", ");
  if (fix.action === "split")
    return [
      { id, stage: "validation", title: `${trap}: judged by a ${naive.policy} split (${names})`, columns: [], steps: [], split: naive },
    ];
  return fix.action !== "steps" || fix.steps.length === 0
    ? []
    : [
        {
          id,
          stage: "preparation",
          title: `${trap}${names === "" ? "" : ` (${names})`} not mended`,
          columns: [],
          steps: fix.steps,
          split: null,
        },
      ];
}
