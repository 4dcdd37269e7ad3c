import { wrongType } from "../wrong-use.ts";
import type { TreeEnsemble } from "./ensemble.ts";

/** what: the function that was called. @throws TypeError for what is no ensemble, such as its JSON. */
export function checkEnsemble(what: string, ensemble: TreeEnsemble): void {
  const given: Partial<TreeEnsemble> | null | undefined = ensemble;
  if (given?.feature instanceof Int32Array && given.leafValues instanceof Float64Array) return;
  const isJson = typeof given === "object" && given !== null && "treeOutput" in given;
  const got = isJson ? "; got its JSON: saveEnsemble writes it, loadEnsemble reads it" : "";
  throw wrongType("bad-model", `${what} takes the ensemble first, as fitBoosting or loadEnsemble gives it${got}`);
}
