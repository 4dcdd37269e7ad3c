import { fold } from "../../core/null-words.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { offeredLevels } from "../columns/features.ts";

/** Columns that are asked, and different values that they have at least. */
const [MOST_ASKED, LEAST_VALUES] = [30, 5];
/** Share of the rows of a value that have the commonest value of the other column, and of the values that are so. */
const [OF_ROWS, OF_LEVELS] = [0.95, 0.9];

/** Whether a column that holds one case for nearly each value (the code of a country) says that two spellings are two things. */
export function areToldApart(context: AuditContext, column: LevelColumn): (a: number, b: number) => boolean {
  let asked: readonly (readonly (string | null)[])[] | null = null;
  return (a, b) => {
    asked ??= offeredLevels(context)
      .filter((other) => other !== column && other.levels.length >= LEAST_VALUES)
      .slice(0, MOST_ASKED)
      .flatMap((other) => caseOfEach(column, other) ?? []);
    return asked.some((cases) => {
      const [one, another] = [cases[a] ?? null, cases[b] ?? null];
      // A column made of this one ("Berlinn, Germany") has its slips.
      const isCopy = (code: number, said: string) => fold(said).includes(fold(column.levels[code] ?? ""));
      return one !== null && another !== null && one !== another && !isCopy(a, one) && !isCopy(b, another);
    });
  };
}

/** The value of the other column for each level, null where its rows have several; null where that is so of more than a few levels, or where the other names nearly every level by itself and nothing is held against it. */
function caseOfEach(column: LevelColumn, other: LevelColumn): readonly (readonly (string | null)[])[] | null {
  const rows = new Map<number, Map<number, number>>();
  column.codes.forEach((code, row) => {
    const said = other.codes[row] ?? -1;
    if (code < 0 || said < 0) return;
    const own = rows.get(code) ?? new Map<number, number>();
    if (own.size === 0) rows.set(code, own);
    own.set(said, (own.get(said) ?? 0) + 1);
  });
  const cases = column.levels.map((_, code) => {
    const own = [...(rows.get(code) ?? [])];
    const all = own.reduce((sum, [, count]) => sum + count, 0);
    const [said, most] = own.reduce((top, one) => (one[1] > top[1] ? one : top), [-1, 0] as readonly [number, number]);
    return { all, said: most >= OF_ROWS * all && all > 0 ? (other.levels[said] ?? null) : null };
  });
  const several = cases.filter(({ all }) => all > 1);
  const isOfEach = several.length >= LEAST_VALUES && several.filter(({ said }) => said !== null).length >= OF_LEVELS * several.length;
  return isOfEach ? [cases.map(({ said }) => said)] : null;
}
