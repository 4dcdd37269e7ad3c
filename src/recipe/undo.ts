import { OldhandError } from "../core/error.ts";
import type { Finding } from "../core/finding.ts";
import { canonicalJson } from "../core/json.ts";
import { nearestName } from "../core/nearest-name.ts";
import type { Recipe, RecipeStep } from "../core/recipe.ts";

export interface Undone {
  /** What is left of the recipe, in its order. */
  readonly recipe: Recipe;
  readonly undone: readonly RecipeStep[];
  /** Steps that were to be undone and are still there, each with the finding that wants it too. */
  readonly wanted: readonly { readonly step: RecipeStep; readonly by: string }[];
  /** Ids of findings that are not mended any more, since a step of theirs is undone. */
  readonly reopened: readonly string[];
}

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
  const goneKeys = new Set([...gone].map((place) => keys[place]));
  return {
    recipe: recipe.filter((_, place) => !gone.has(place)),
    undone: recipe.filter((_, place) => gone.has(place)),
    wanted,
    reopened: mended.filter((one) => one.keys.some((key) => goneKeys.has(key))).map(({ id }) => id),
  };
}

function numberOf(word: string, steps: number, mended: readonly { readonly id: string }[]): number {
  const number = /^\d{1,6}$/.test(word) ? Number(word) : 0;
  if (number >= 1 && number <= steps) return number;
  const ids = mended.map(({ id }) => id);
  const nearest = nearestName(word, ids);
  throw new OldhandError("bad-option", {
    what: "There is nothing of this name to undo.",
    where: `--undo ${word}`,
    expected:
      steps === 0
        ? "a recipe with steps: this one has none"
        : `${steps === 1 ? "1, the number of the only step" : `a step from 1 to ${steps}`}, a mended finding${ids.length === 0 ? "" : ` (${ids.slice(0, 6).join(", ")}${ids.length > 6 ? ", ..." : ""})`}, or all`,
    fix: nearest === null ? "The steps stand in recipe.json, the findings with their undo in findings.json." : `Did you mean ${nearest}?`,
  });
}
