import { OldhandError } from "../core/error.ts";
import type { Json } from "../core/json.ts";
import type { Scorer } from "../core/scorer.ts";
import { kindNamed } from "../problems/index.ts";
import { openModelFile } from "../store/index.ts";

/** The scorer of a dossier, of its model folder, or of its model.json. @throws OldhandError dossier-missing, dossier-broken. */
export function openScorer(path: string): Scorer {
  const native = openModelFile(path);
  if (!isModel(native)) {
    throw new OldhandError("dossier-broken", {
      what: "This file is not a model of Oldhand.",
      where: path,
      expected: "model/model.json of a dossier",
      fix: "Name the dossier, or make one: oldhand run DATA --target COLUMN",
    });
  }
  return kindNamed(native.kind).load(native as Json);
}

function isModel(value: unknown): value is { readonly kind: string } {
  if (value === null || typeof value !== "object" || !("schema" in value) || !("kind" in value)) return false;
  return value.schema === "oldhand/model/1" && typeof value.kind === "string";
}
