import type { Finding } from "./finding.ts";
import { asksOfCopies, asksOfGroup } from "./open-question.ts";

/** A question that a score hangs on, in words for headline, gate and tile. */
export interface AskedWords {
  readonly of: "columns" | "group" | "copies";
  /** After "the score holds if". */
  readonly holdsIf: string;
  /** The same in a few words, of one finding. */
  readonly short: string;
  /** After "nobody has said whether". */
  readonly open: string;
  /** What is left of the score when it does not hold: "without it". */
  readonly left: string;
}

export function askedWords(finding: Pick<Finding, "trap" | "columns" | "choices" | "evidence">): AskedWords {
  const { columns } = finding;
  const names = quotedNames(columns);
  if (asksOfCopies(finding)) {
    const rows = equalRows(finding);
    return {
      of: "copies",
      holdsIf: `${rows} are cases of their own, and no copies`,
      short: `${rows} are no copies`,
      open: `${rows} are copies`,
      left: "without the copies",
    };
  }
  if (asksOfGroup(finding)) {
    const holdsIf = `the model is only asked about the same ${names} that it was trained on`;
    return { of: "group", holdsIf, short: `no new ${names} come`, open: `new ${names} will come`, left: "on new ones" };
  }
  const [are, them] = columns.length === 1 ? ["is", "it"] : ["are", "them"];
  const known = `${names} ${are} known when a prediction is made`;
  return { of: "columns", holdsIf: known, short: `${names} ${are} known in time`, open: known, left: `without ${them}` };
}

/** The rows that a question about copies speaks of. */
function equalRows({ trap, columns }: Pick<Finding, "trap" | "columns">): string {
  if (trap === "split-overlap") return `test rows that ${columns.length === 0 ? "also" : "nearly"} stand in the training data`;
  if (trap === "near-duplicate") return "rows that are nearly equal";
  return columns.length === 0 ? "equal rows" : `rows that differ only in ${quotedNames(columns)}`;
}

/** Names in quotes, three at most. */
export function quotedNames(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `"${name}"`);
  return names.length > 3 ? `${quoted.join(", ")} and ${names.length - 3} more columns` : quoted.join(" and ");
}
