import type { Finding } from "../../core/finding.ts";
import { shellWord } from "../../core/shell-word.ts";

/** The command that takes back what was mended; null where nothing was. folder: the dossier, where its name is known. */
export function undoCommand({ undo = null }: Pick<Finding, "undo">, folder: string | null = null): string | null {
  if (undo === null) return null;
  return undo.startsWith("--undo ")
    ? `oldhand prepare ${folder === null ? "DOSSIER" : shellWord(folder)} ${undo}`
    : `oldhand run ... ${undo}`;
}
