import type { Finding } from "../../core/finding.ts";
import { shellWord } from "../../core/shell-word.ts";

/** Stands in a command for the dossier where its name is not known: what is read there may have been moved. */
export const UNNAMED_DOSSIER = "DOSSIER";

/** The command that takes back what was mended; null where nothing was. folder: the dossier, where its name is known. */
export function undoCommand({ undo = null }: Pick<Finding, "undo">, folder: string | null = null): string | null {
  if (undo === null) return null;
  return undo.startsWith("--undo ")
    ? `oldhand prepare ${folder === null ? UNNAMED_DOSSIER : shellWord(folder)} ${undo}`
    : `oldhand run ... ${undo}`;
}
