import type { Json } from "../../../core/json.ts";
import { refuseUnknown } from "../../options.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { checkEnsemble } from "../ensemble-check.ts";
import { lightGbmName } from "./lightgbm-name.ts";
import { objectiveText, requireObjective } from "./lightgbm-objective.ts";
import { treeText, type WrittenTree } from "./lightgbm-tree.ts";

const OPTIONS = ["levelNames", "objective"] satisfies (keyof LightGbmOptions)[];

export interface LightGbmOptions {
  /** Per feature the names of its levels or null, as `readLightGbm` gives them: LightGBM then encodes data frames itself. */
  readonly levelNames?: readonly (readonly Json[] | null)[];
  /** LightGBM's name of what was minimised, as cross_entropy, for trees of one output; left out: the first that predicts the same, such as binary. */
  readonly objective?: string;
}

/**
 * The ensemble as a LightGBM model text (version v4). LightGBM gives equal raw scores (to the bit), and predictions with the same link; an
 * ensemble whose link LightGBM lacks ("share", "sorted", or several outputs with "identity" or "exp") is written without an objective, for which LightGBM
 * predicts raw scores. The base is added to the leaves of the first trees. White space and `",:[]{}` in names become "_", as in LightGBM,
 * which also loses "=" at the ends of names.
 *
 * Counts of rows, which LightGBM uses for contributions (`pred_contrib`), are covers rounded to whole numbers.
 */
export function writeLightGbm(ensemble: TreeEnsemble, options: LightGbmOptions = {}): string {
  checkEnsemble("writeLightGbm", ensemble);
  refuseUnknown("writeLightGbm", OPTIONS, options);
  const { outputs, features } = ensemble;
  const places = placeByName(ensemble);
  const names = features.filter((_, place) => places[place] === place).map(({ name }) => name);
  const toWritten = writtenPlaces(places);
  const trees = treesInRounds(ensemble).map((tree, t) => `Tree=${t}\n${treeText(ensemble, tree, toWritten)}\n\n`);
  const objective = options.objective === undefined ? objectiveText(ensemble) : requireObjective(options.objective, ensemble);
  const head = [
    "tree",
    "version=v4",
    `num_class=${outputs}`,
    `num_tree_per_iteration=${outputs}`,
    "label_index=0",
    `max_feature_idx=${names.length - 1}`,
    ...(objective === null ? [] : [`objective=${objective}`]),
    `feature_names=${safeNames(names).join(" ")}`,
    `feature_infos=${infos(ensemble, places, options).join(" ")}`,
    `tree_sizes=${trees.map((text) => Buffer.byteLength(text)).join(" ")}`,
  ];
  const tail = ["end of trees", "", "feature_importances:", "", "parameters:", "end of parameters", ""];
  return `${head.join("\n")}\n\n${trees.join("")}${tail.join("\n")}\npandas_categorical:${pandasText(ensemble, options)}\n`;
}

/** For each feature the first of its name: one that stands twice, with and without missing zeros, is one to LightGBM. */
function placeByName({ features }: TreeEnsemble): readonly number[] {
  const first = new Map<string, number>();
  return features.map(({ name }, place) => {
    if (!first.has(name)) first.set(name, place);
    return first.get(name)!;
  });
}

function writtenPlaces(places: readonly number[]): readonly number[] {
  const kept = places.filter((first, place) => first === place);
  const numberOf = new Map(kept.map((place, i) => [place, i]));
  return places.map((first) => numberOf.get(first)!);
}

function safeNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const safe = lightGbmName(name);
    let unique = safe;
    for (let i = 1; taken.has(unique); i++) unique = `${safe}_${i}`;
    taken.add(unique);
    return unique;
  });
}

/** Ranges of numbers are not kept in an ensemble. A category that no tree reads keeps at least one code: it would be read as a number. */
function infos({ features, feature }: TreeEnsemble, places: readonly number[], { levelNames }: LightGbmOptions): string[] {
  const used = new Set(feature.map((place) => (place < 0 ? place : places[place]!)));
  return features.flatMap(({ kind, levels }, place) => {
    if (places[place] !== place) return [];
    if (kind === "categorical") {
      const known = Math.max(1, levels, levelNames?.[place]?.length ?? 0);
      return [Array.from({ length: known }, (_, code) => code).join(":")];
    }
    return used.has(place) ? ["[-inf:inf]"] : ["none"];
  });
}

function pandasText({ features }: TreeEnsemble, { levelNames }: LightGbmOptions): string {
  const names = features.flatMap(({ kind }, place) => (kind === "categorical" ? [levelNames?.[place] ?? null] : []));
  return names.length > 0 && names.every((list) => list !== null) ? JSON.stringify(names) : "null";
}

/** LightGBM takes tree t for output t % outputs; outputs with fewer trees get constants. Each output's trees keep their order. */
function treesInRounds({ outputs, treeStart, treeOutput, leafWidth, base }: TreeEnsemble): WrittenTree[] {
  const queues: WrittenTree[][] = Array.from({ length: outputs }, () => []);
  for (const [t, output] of treeOutput.entries()) {
    for (let value = 0; value < leafWidth; value++) {
      const queue = queues[output + value]!;
      queue.push({ root: treeStart[t]!, value, shift: queue.length === 0 ? base[output + value]! : 0 });
    }
  }
  const rounds = queues.reduce((most, queue) => Math.max(most, queue.length), 1);
  return Array.from({ length: rounds * outputs }, (_, i) => {
    const round = Math.floor(i / outputs);
    return queues[i % outputs]![round] ?? { root: -1, value: 0, shift: round === 0 ? base[i % outputs]! : 0 };
  });
}
