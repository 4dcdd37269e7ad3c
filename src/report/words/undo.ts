import type { Finding } from "../../core/finding.ts";

/** The command that takes back what was mended; null where nothing was. */
export function undoCommand({ undo = null }: Pick<Finding, "undo">): string | null {
  if (undo === null) return null;
  return undo.startsWith("--undo ") ? `oldhand prepare DOSSIER ${undo}` : `oldhand run ... ${undo}`;
}
