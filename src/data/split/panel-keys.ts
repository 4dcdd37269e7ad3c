import type { Column } from "../../core/column.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { type GroupKey, groupKeys, keyOf } from "./group-keys.ts";
import { isPanelUnit } from "./panel.ts";

/** One unit for each fold at least. */
const LEAST_UNITS = 5;
/** Columns that are put together. */
const MOST_COLUMNS = 8;
/** Together they name so many times as many things as the finer one alone: else that one does. */
const FINER = 1.02;
/** Rows with a value of the coarser one at least. */
const PRESENT = 0.5;

/**
 * Units of a panel that no name and no single column of many values tells: a few of them (six shares), or two columns together (a country and its province, which is empty where the country has
 * none). The design of the file says that they are things: each has a row of its own at each time.
 */
export function panelKeys(context: AuditContext): readonly GroupKey[] {
  return context.shared("panel keys", () => {
    const { frame, roles } = context;
    const known = groupKeys(context);
    if (known.some(({ from }) => from === "panel" || from === "series")) return [];
    const offered = new Set([...roles.features, ...roles.ids]);
    const texts = frame.columns.filter(
      (column): column is LevelColumn => "codes" in column && offered.has(column.name) && !meaningOf(column.name).time,
    );
    const units = texts.filter(
      (column) => factsOf(column, frame.rows).distinct >= LEAST_UNITS && isPanelUnit(context, column, LEAST_UNITS),
    );
    if (units.length > 0) {
      const unnamed = units.filter(({ name }) => !known.some(({ column, cut }) => column === name && cut === null));
      return unnamed.map((column) => keyOf(column, frame.rows, "panel", null)).filter(isGrouping);
    }
    return pairsOf(texts.slice(0, MOST_COLUMNS), frame.rows)
      .filter(({ unit }) => isPanelUnit(context, unit, LEAST_UNITS))
      .map(({ key }) => key)
      .filter(isGrouping)
      .slice(0, 1);
  });
}

function isGrouping({ groups, largest, codes }: GroupKey): boolean {
  return groups >= LEAST_UNITS && largest <= 0.5 * codes.length;
}

interface Together {
  readonly key: GroupKey;
  readonly unit: Column;
}

function pairsOf(columns: readonly LevelColumn[], rows: number): readonly Together[] {
  return columns.flatMap((a, i) => columns.slice(i + 1).flatMap((b) => together(a, b, rows) ?? []));
}

/** null where the finer one says as much alone, or hardly a row has the coarser one. */
function together(a: LevelColumn, b: LevelColumn, rows: number): Together | null {
  const present = Math.max(factsOf(a, rows).present, factsOf(b, rows).present);
  if (present < PRESENT * rows) return null;
  const places = new Map<number, number>();
  const sizes: number[] = [];
  const width = b.levels.length + 1;
  const codes = new Int32Array(rows);
  for (const row of placesUpTo(rows)) {
    const [x, y] = [a.codes[row] ?? -1, b.codes[row] ?? -1];
    const pair = (x + 1) * width + y + 1;
    const code = x < 0 && y < 0 ? -1 : (places.get(pair) ?? places.size);
    codes[row] = code;
    if (code < 0) continue;
    places.set(pair, code);
    sizes[code] = (sizes[code] ?? 0) + 1;
  }
  const finer = Math.max(factsOf(a, rows).distinct, factsOf(b, rows).distinct);
  if (places.size < FINER * finer || places.size > rows / 2) return null;
  const names = [a.name, b.name];
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const levels = Array.from({ length: places.size }, (_, code) => String(code));
  return {
    key: { column: names.join(" + "), together: names, cut: null, from: "panel", codes, groups: places.size, largest },
    unit: { name: names.join(" + "), type: "category", codes, levels },
  };
}
