import type { Request } from "../core/request.ts";
import type { ProblemKind } from "./kind.ts";
import { tabular } from "./tabular/index.ts";

export type { DataStage, FailureReport, ModelStage, ProblemKind, Release, Workspace } from "./kind.ts";

/** A kind whose inner types nobody outside needs to know. */
export type AnyKind = ProblemKind<unknown, unknown>;

/** The only list of kinds. */
const KINDS: readonly AnyKind[] = [tabular as AnyKind];

/** The kind of problem that a request asks about. Tables are the only kind so far. */
export function kindFor(_request: Request): AnyKind {
  const [first] = KINDS;
  if (first === undefined) throw new RangeError("no kind of problem is listed");
  return first;
}

/** @throws RangeError for a name that is not listed (a dossier of a newer version). */
export function kindNamed(name: string): AnyKind {
  const found = KINDS.find((kind) => kind.name === name);
  if (found === undefined) throw new RangeError(`unknown kind of problem "${name}"`);
  return found;
}
