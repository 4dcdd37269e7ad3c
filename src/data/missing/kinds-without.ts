import { phi } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { infoOf, levelFeatures } from "../columns/features.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { isSourceName } from "../meaning/source-names.ts";
import { zThreshold } from "../signal/associations.ts";
import type { MissingMask } from "./missing-masks.ts";
import { nullLevels } from "./null-levels.ts";

/** Kinds of rows that have no value of a column, where the other kinds have: high schools have no size of classes up to the third. */
export interface KindsWithout {
  readonly column: LevelColumn;
  /** As they are shown, the most rows first. */
  readonly kinds: readonly string[];
  readonly rows: number;
  readonly gaps: number;
  readonly others: number;
  readonly gapsOfOthers: number;
}

const MOST_KINDS = 20;
/** Rows of a kind below which it says nothing. */
const LEAST_ROWS = 20;
/** Each kind lacks the values or has them: what only hangs together with gaps is filled in part. */
const [EMPTY, FILLED] = [0.9, 0.1];
const SAME_ROWS = 0.8;
const MOST_CELLS = 4e8;

interface Kinds {
  readonly column: LevelColumn;
  /** -1 where nothing stands, or a word that may say so. */
  readonly codes: Int32Array;
  /** Rows of each level. */
  readonly counts: Int32Array;
}

/** Features of a few levels that are neither a source, which may only not have measured it, nor a time. Numbers are amounts, or flags of one (a year) as often as kinds. */
export function kindsOfRows(context: AuditContext): readonly Kinds[] {
  return levelFeatures(context).flatMap((column): Kinds[] => {
    const { distinct } = infoOf(context, column.name);
    if (distinct < 2 || distinct > MOST_KINDS || isSourceName(column.name) || meaningOf(column.name).time) return [];
    const words = new Set(nullLevels(context).flatMap((one) => (one.column.name === column.name ? one.code : [])));
    const codes = column.codes.map((code) => (words.has(code) ? -1 : code));
    const counts = new Int32Array(column.levels.length);
    for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
    return [{ column, codes, counts }];
  });
}

/**
 * The column whose kinds tell best which rows have a gap: correlation of both (phi) 0.8 or more, beyond chance over all columns and all ways to part their kinds. Each kind of twenty rows and more lacks nine tenths of the
 * values or has nine tenths of them.
 */
export function kindsWithout(context: AuditContext, mask: MissingMask, all: readonly Kinds[], tried: number): KindsWithout | null {
  if (tried * context.frame.rows > MOST_CELLS) return null;
  const names = new Set(mask.columns.map(({ name }) => name));
  const found = all.filter(({ column }) => !names.has(column.name)).flatMap((kinds) => partedBy(kinds, mask.flags, tried) ?? []);
  return found.sort((a, b) => agreementOf(b) - agreementOf(a))[0] ?? null;
}

function partedBy({ column, codes, counts }: Kinds, flags: Uint8Array, tried: number): KindsWithout | null {
  const gaps = new Int32Array(counts.length);
  codes.forEach((code, row) => {
    if (code >= 0) gaps[code] = (gaps[code] ?? 0) + (flags[row] ?? 0);
  });
  const shares = Array.from(gaps, (held, code) => held / (counts[code] ?? 0));
  const isLarge = (code: number) => (counts[code] ?? 0) >= LEAST_ROWS;
  if (shares.some((share, code) => isLarge(code) && share < EMPTY && share > FILLED)) return null;
  const without = Array.from(shares.keys()).filter((code) => (shares[code] ?? 0) > 0.5);
  const others = Array.from(shares.keys()).filter((code) => (shares[code] ?? 1) <= 0.5);
  if (!without.some(isLarge) || !others.some(isLarge)) return null;
  const sumOf = (of: Int32Array, some: readonly number[]) => some.reduce((sum, code) => sum + (of[code] ?? 0), 0);
  const kinds = without.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).map((code) => column.levels[code] ?? "");
  const found = {
    column,
    kinds,
    rows: sumOf(counts, without),
    gaps: sumOf(gaps, without),
    others: sumOf(counts, others),
    gapsOfOthers: sumOf(gaps, others),
  };
  const agreement = agreementOf(found);
  const ways = tried * 2 ** (without.length + others.length - 1);
  return agreement >= SAME_ROWS && agreement * Math.sqrt(found.rows + found.others - 1) > zThreshold(ways) ? found : null;
}

function agreementOf({ rows, gaps, others, gapsOfOthers }: KindsWithout): number {
  return phi({ rows: rows + others, first: gaps + gapsOfOthers, second: rows, both: gaps });
}
