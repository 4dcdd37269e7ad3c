import type { Json } from "../core/json.ts";
import type { Scorer } from "../core/scorer.ts";
import { kindNamed } from "../problems/index.ts";
import { openModelFile } from "../store/index.ts";

/** The scorer of a dossier, of its model folder, or of its model.json. */
export function openScorer(path: string): Scorer {
  const native = openModelFile(path) as Json & { readonly kind: string };
  return kindNamed(native.kind).load(native);
}
