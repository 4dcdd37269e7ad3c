import { fold } from "../../core/null-words.ts";
import type { SpellingGroup } from "./spelling-groups.ts";

/** Words and signs for yes and for no, small and without marks. */
const YES: readonly string[] = "yes|y|true|t|1|on|ja|j|oui|si|sim|tak|checked|enabled|wahr|vrai".split("|");
const NO: readonly string[] = "no|n|false|f|0|off|nein|non|nao|nie|nee|unchecked|disabled|falsch|faux".split("|");
/** Letters and digits stand for other things in many tables: on either side a whole word must say what is meant. */
const isWord = (said: string) => said.length > 1;

/** Forms that all say yes or no, one of the two in two ways, and each in a word: "Yes", "1" and "false". The most frequent form of each first; none where a level says something else. */
export function truthGroups(levels: readonly string[], counts: ArrayLike<number>): readonly SpellingGroup[] {
  const present = levels.flatMap((level, code) => ((counts[code] ?? 0) > 0 ? [{ code, said: fold(level.trim()) }] : []));
  const sides = [YES, NO].map((words) => present.filter(({ said }) => words.includes(said)));
  const [yes = [], no = []] = sides;
  if (yes.length + no.length < present.length || yes.length === 0 || no.length === 0) return [];
  if (!sides.every((side) => side.some(({ said }) => isWord(said)))) return [];
  if (!sides.some((side) => new Set(side.map(({ said }) => said)).size > 1)) return [];
  return sides
    .filter(({ length }) => length > 1)
    .map((side): SpellingGroup => {
      const codes = side.map(({ code }) => code).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
      return { codes, by: "truth" };
    });
}
