import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import type { GroupKey } from "./group-keys.ts";

/** Fewer codes with fewer rows each on average are kinds of things, or keys of the rows. */
const [LEAST_CODES, LEAST_ROWS_EACH] = [50, 3];
/** Share of the codes that have the commonest form, and how many more codes that form could write: a list of kinds fills its form, numbers of things leave most of it free. */
const [OF_ONE_FORM, FREE] = [0.9, 100];
/** Things are met about equally often (inverse Simpson index, as a share of the codes); of kinds a few are met in most rows. */
const EVEN = 0.5;

/** Whether a column without a telling name holds the codes of things that come back, such as number plates: of one form, with many rows each. */
export function areCodesOfThings(context: AuditContext, { column: name, cut }: Pick<GroupKey, "column" | "cut">): boolean {
  const column = context.frame.columns.find((one) => one.name === name);
  if (cut !== null || column === undefined || !("codes" in column)) return false;
  const { kind, time, classLike } = meaningOf(name);
  const { type, evidence } = semanticType(column);
  // Codes that the name knows are those of lists: of the post, of diseases.
  if (kind || time || classLike || type !== "code" || evidence !== "shaped") return false;
  const counts = levelCounts(context, column);
  const [all, squares] = counts.reduce<[number, number]>(([sum, square], count) => [sum + count, square + count ** 2], [0, 0]);
  const used = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  if (used < LEAST_CODES || all < LEAST_ROWS_EACH * used || all ** 2 / Math.max(1, squares) < EVEN * used) return false;
  return leavesFormFree(column);
}

/** A letter or digit that is the same in all codes of the form writes nothing. */
function leavesFormFree({ levels }: LevelColumn): boolean {
  const forms = new Map<string, string[]>();
  for (const level of levels) {
    const form = level.replace(/\p{L}/gu, "A").replace(/\p{N}/gu, "9");
    const own = forms.get(form);
    if (own === undefined) forms.set(form, [level]);
    else own.push(level);
  }
  const [form, codes] = [...forms].reduce<[string, string[]]>((most, one) => (one[1].length > most[1].length ? one : most), ["", []]);
  if (codes.length < OF_ONE_FORM * levels.length) return false;
  const room = [...form].reduce((product, sign, place) => {
    const varies = codes.some((code) => code[place] !== codes[0]?.[place]);
    return product * (!varies ? 1 : sign === "9" ? 10 : sign === "A" ? 26 : 1);
  }, 1);
  return room >= FREE * codes.length;
}
