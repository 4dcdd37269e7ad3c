import { OldhandError } from "../core/error.ts";
import { dossiersIn } from "../store/index.ts";

/** The only dossier in a folder. @throws OldhandError when there is none or more than one. */
export function soleDossier(folder: string): string {
  const found = dossiersIn(folder);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  throw new OldhandError("dossier-missing", {
    what: found.length === 0 ? "There is no dossier in this folder." : "There are several dossiers in this folder.",
    got: found.join(", ") || "none",
    fix: "Name one with --dossier FOLDER.",
  });
}

export function isDossier(folder: string): boolean {
  return dossiersIn(folder)[0] === folder;
}
