import { OldhandError } from "../core/error.ts";
import type { Finding } from "../core/finding.ts";
import { canonicalJson } from "../core/json.ts";
import { nearestName } from "../core/nearest-name.ts";
import type { Recipe, RecipeStep } from "../core/recipe.ts";
import { shellWord } from "../core/shell-word.ts";

export interface Undone {
  /** What is left of the recipe, in its order. */
  readonly recipe: Recipe;
  readonly undone: readonly RecipeStep[];
  /** Steps that were to be undone and are still there, each with the finding that wants it too. */
  readonly wanted: readonly { readonly step: RecipeStep; readonly by: string }[];
  /** Columns that the steps to be undone leave out and other steps of the recipe leave out too, each with these: findings, or numbers of steps. */
  readonly held: readonly { readonly column: string; readonly by: readonly string[] }[];
  /** Ids of findings that are not mended any more, since a step of theirs is undone and its columns are in the table again. */
  readonly reopened: readonly string[];
}

type Mended = readonly { readonly id: string; readonly keys: readonly string[] }[];

const ALL = "all";

/**
 * A recipe without some of its steps. `words`: each the number of a step (from 1), the id of a finding that was mended by steps, or "all". A step that another
 * mended finding wants as well stays, unless it is named by its number. @throws OldhandError bad-option for a word that names nothing.
 */
export function withoutUndone(recipe: Recipe, findings: readonly Finding[], words: readonly string[]): Undone {
  const mended = findings.flatMap(({ id, state, fix }) =>
    state === "mended" && fix.action === "steps" ? [{ id, keys: fix.steps.map(canonicalJson) }] : [],
  );
  const ids = new Set(words.filter((word) => mended.some(({ id }) => id === word)));
  const numbers = words.filter((word) => word !== ALL && !ids.has(word)).map((word) => numberOf(word, recipe.length, mended));
  const isAll = words.includes(ALL);
  const gone = new Set<number>(isAll ? recipe.keys() : numbers.map((number) => number - 1));
  const keys = recipe.map(canonicalJson);
  const wanted: { step: RecipeStep; by: string }[] = [];
  for (const [place, step] of recipe.entries()) {
    const wantedBy = mended.filter((one) => one.keys.includes(keys[place] ?? ""));
    if (gone.has(place) || !wantedBy.some(({ id }) => ids.has(id))) continue;
    const other = wantedBy.find(({ id }) => !ids.has(id));
    if (other === undefined) gone.add(place);
    else wanted.push({ step, by: other.id });
  }
  const asked = [...gone].map((place) => recipe[place] as RecipeStep);
  const given = [...asked, ...wanted.map(({ step }) => step)];
  const others = mended.filter(({ id }) => !ids.has(id));
  const held = heldColumns(recipe, gone, given, others);
  const out = new Set(held.map(({ column }) => column));
  const goneKeys = new Set(asked.filter((step) => !isWithout(step, out)).map(canonicalJson));
  return {
    recipe: recipe.filter((_, place) => !gone.has(place)),
    undone: recipe.filter((_, place) => gone.has(place)),
    wanted,
    held,
    reopened: mended.filter((one) => one.keys.some((key) => goneKeys.has(key))).map(({ id }) => id),
  };
}

/** Of the columns that the given steps leave out those that what is left of the recipe leaves out as well. */
function heldColumns(recipe: Recipe, gone: ReadonlySet<number>, given: readonly RecipeStep[], others: Mended): Undone["held"] {
  const columns = [...new Set(given.flatMap((step) => (step.op === "drop" ? step.columns : [])))];
  const rest = [...recipe.entries()].filter(([place]) => !gone.has(place));
  return columns.flatMap((column) => {
    const by = rest.flatMap(([place, step]) => {
      if (step.op !== "drop" || !step.columns.includes(column)) return [];
      const ids = others.filter(({ keys }) => keys.includes(canonicalJson(step))).map(({ id }) => id);
      return ids.length === 0 ? [String(place + 1)] : ids;
    });
    return by.length === 0 ? [] : [{ column, by: [...new Set(by)] }];
  });
}

/** Whether all that a step does was done without it. */
function isWithout(step: RecipeStep, out: ReadonlySet<string>): boolean {
  return step.op === "drop" && step.columns.every((column) => out.has(column));
}

function numberOf(word: string, steps: number, mended: Mended): number {
  const number = /^\d{1,6}$/.test(word) ? Number(word) : 0;
  if (number >= 1 && number <= steps) return number;
  const ids = mended.map(({ id }) => id);
  const nearest = nearestName(word, ids);
  throw new OldhandError("bad-option", {
    what: "There is nothing of this name to undo.",
    where: `--undo ${shellWord(word)}`,
    expected:
      steps === 0
        ? "a recipe with steps: this one has none"
        : `${steps === 1 ? "1, the number of the only step" : `a step from 1 to ${steps}`}, a mended finding${ids.length === 0 ? "" : ` (${ids.slice(0, 6).join(", ")}${ids.length > 6 ? ", ..." : ""})`}, or all`,
    fix:
      nearest === null
        ? "The steps stand in recipe.json, the findings with their undo in findings.json."
        : `Did you mean --undo ${shellWord(nearest)}?`,
  });
}
