import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { phi, wilson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { levelCounts, valueCounts } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { saysAbsence } from "../meaning/absence-words.ts";
import { nameWords } from "../meaning/name-words.ts";
import { phrasesIn } from "../meaning/phrases.ts";
import { NAMED } from "../meaning/semantic-words.ts";
import { zThreshold } from "../signal/associations.ts";
import { type KindsWithout, kindsOfRows, kindsWithout } from "./kinds-without.ts";
import { gapsOf, type MissingMask, missingMasks } from "./missing-masks.ts";

/** Fewer gaps agree with something by chance, or with an error. */
const LEAST_GAPS = 20;
/** Correlation of "is missing" and "has the sister's value" (phi) from which they are one thing with errors. */
const SAME_ROWS = 0.8;
/** Masks that are looked at, those of most rows first. */
const MOST_MASKS = 200;

/** Cells that are compared, over all pairs of a mask and a sister: about a second. */
const MOST_CELLS = 4e8;

/** A column and the value of it that says "there is none". */
interface Sister {
  readonly column: Column;
  /** The number 0, the number 1 of a count, or a code. */
  readonly value: number;
  readonly shown: string;
  readonly rows: number;
  /** Rows in which nothing stands in the column itself. */
  readonly gaps: number;
}

interface Match extends Sister {
  readonly mask: MissingMask;
  readonly shared: SharedRows;
}

/** Columns whose gaps surely say that there is none: the gap is a value, and no reason to leave them out. */
export async function meansNone(context: AuditContext): Promise<ReadonlySet<string>> {
  const sure = (await structuralGaps(context)).filter(({ confidence }) => confidence >= LIKELY);
  return new Set(sure.flatMap(({ columns }) => columns.slice(0, -1)));
}

/** Columns of which it is asked whether a gap says that there is none: until that is answered they are not left out for their gaps. */
export async function mayMeanNone(context: AuditContext): Promise<ReadonlySet<string>> {
  const asked = (await structuralGaps(context)).filter(({ confidence }) => confidence < LIKELY);
  return new Set(asked.flatMap(({ columns }) => columns.slice(0, -1)));
}

/** What `structural-missing` finds. Once per audit. */
export function structuralGaps(context: AuditContext): Promise<readonly Suspicion[]> {
  return context.shared("structural gaps", async () => {
    const masks = missingMasks(context, LEAST_GAPS)
      .toSorted((a, b) => b.missing - a.missing)
      .slice(0, MOST_MASKS);
    const sisters = masks.length === 0 ? [] : sistersOf(context);
    const kinds = masks.length === 0 ? [] : kindsOfRows(context);
    const found: Suspicion[] = [];
    for (const mask of masks) {
      const match = bestMatch(context, mask, sisters, masks.length * sisters.length);
      const without = match !== null ? null : kindsWithout(context, mask, kinds, masks.length * kinds.length);
      if (match !== null) found.push(suspicion(context, match));
      else if (without !== null) found.push(ofKinds(context, mask, without));
      await context.pause();
    }
    return found;
  });
}

/** Values of columns that can say "none": the 0 of amounts, and levels such as "No". A linear pass over counts. */
function sistersOf(context: AuditContext): readonly Sister[] {
  return featuresOf(context).flatMap((column): Sister[] => {
    if ("values" in column) {
      if (column.type === "date") return [];
      const { values, counts, present } = valueCounts(context, column);
      const gaps = context.frame.rows - present;
      const least = values[0] ?? Number.NaN;
      // Of how many there are, 1 says that there is no other: no second applicant, no partner.
      const saysNone = least === 0 || (least === 1 && isCountOf(column, values.length));
      return saysNone && values.length > 1 ? [{ column, value: least, shown: String(least), rows: counts[0] ?? 0, gaps }] : [];
    }
    const counts = levelCounts(context, column);
    const said = column.levels.flatMap((level, value) => ((counts[value] ?? 0) > 0 && saysAbsence(level) ? [{ level, value }] : []));
    const gaps = said.length === 0 ? 0 : countGaps(context, column);
    return said.map(({ level, value }) => ({ column, value, shown: quoted(level), rows: counts[value] ?? 0, gaps }));
  });
}

/** More different values are no numbers of people or parts. */
const MOST_COUNTED = 20;

function isCountOf({ name }: Column, distinct: number): boolean {
  const words = nameWords(name);
  return distinct <= MOST_COUNTED && (words[0] === "n" || phrasesIn(words, NAMED.count).length > 0);
}

function countGaps(context: AuditContext, column: Column): number {
  const isGap = gapsOf(context, column);
  let gaps = 0;
  for (let row = 0; row < context.frame.rows; row++) if (isGap(row)) gaps++;
  return gaps;
}

function bestMatch(context: AuditContext, mask: MissingMask, sisters: readonly Sister[], tried: number): Match | null {
  const { rows } = context.frame;
  const names = new Set(mask.columns.map(({ name }) => name));
  const threshold = zThreshold(tried);
  const step = Math.max(1, Math.floor((tried * rows) / MOST_CELLS));
  let best: Match | null = null;
  for (const sister of sisters) {
    // phi squared is at most the ratio of the two counts, over the rows in which the sister is present.
    const least = mask.missing - sister.gaps;
    if (names.has(sister.column.name) || mask.missing < SAME_ROWS ** 2 * sister.rows || sister.rows < SAME_ROWS ** 2 * least) continue;
    const shared = sharedRows(sister, mask.flags, gapsOf(context, sister.column), step);
    const agreement = agreementOf(shared);
    // Where the sister is mostly missing in the same rows, what is left of them says nothing.
    if (shared.both < LEAST_GAPS / step) continue;
    // Under independence, phi times the root of rows - 1 is a standard deviation (hypergeometric).
    if (agreement < SAME_ROWS || agreement * Math.sqrt(shared.rows - 1) <= threshold) continue;
    if (best === null || agreement > agreementOf(best.shared)) best = { ...sister, mask, shared };
  }
  return best;
}

interface SharedRows {
  /** Rows in which the sister is present: where it is not, it says nothing. */
  readonly rows: number;
  /** Of them: with a gap, with the sister's value, with both. */
  readonly gaps: number;
  readonly none: number;
  readonly both: number;
}

function sharedRows({ column, value }: Sister, flags: Uint8Array, isGap: (row: number) => boolean, step: number): SharedRows {
  const cells = "values" in column ? column.values : column.codes;
  let [rows, gaps, none, both] = [0, 0, 0, 0];
  for (let row = 0; row < flags.length; row += step) {
    if (isGap(row)) continue;
    const [gap, isNone] = [flags[row] ?? 0, Number(cells[row] === value)];
    rows++;
    gaps += gap;
    none += isNone;
    both += gap * isNone;
  }
  return { rows, gaps, none, both };
}

/** Correlation of having a gap and having the sister's value. */
function agreementOf({ rows, gaps, none, both }: SharedRows): number {
  return phi({ rows, first: gaps, second: none, both });
}

/** A shared word ("garage_area", "GarageType") says that the two speak of one thing; without it the rows alone speak. */
function sharesWord(columns: readonly Column[], sister: Column): boolean {
  const own = new Set(nameWords(sister.name).filter((word) => word.length > 2));
  return columns.some(({ name }) => nameWords(name).some((word) => own.has(word)));
}

function suspicion(context: AuditContext, match: Match): Suspicion {
  const { mask, column: sister, shown, shared } = match;
  const { both } = shared;
  const names = mask.columns.map(({ name }) => name);
  const related = sharesWord(mask.columns, sister);
  const agreement = wilson(both, shared.gaps + shared.none - both, 0.95).low;
  const confidence = related ? agreement : agreement ** 2;
  const steps = stepsFor(mask.columns);
  return {
    trap: "structural-missing",
    columns: [...names, sister.name],
    rows: affectedRows(context, (row) => mask.flags[row] === 1),
    severity: "costly",
    confidence,
    evidence: {
      missingRows: mask.missing,
      missingShare: mask.missing / context.frame.rows,
      sister: sister.name,
      sisterValue: shown,
      comparedRows: shared.rows,
      gapRows: shared.gaps,
      sisterRows: shared.none,
      bothRows: both,
      sharedName: related,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: null,
    why: `${namedColumns(names)} ${names.length === 1 ? "is" : "are"} missing in ${amount(mask.missing)} rows (${percent(mask.missing / context.frame.rows)}), and \`${sister.name}\` is ${shown} in ${percent(both / shared.gaps)} of them and in hardly any other row: missing means that there is none, so nothing must be filled in.`,
  };
}

/** Below LIKELY: who has none and who was not asked look alike. */
const OF_KINDS = 0.45;
const MOST_SHOWN = 3;

function ofKinds(context: AuditContext, mask: MissingMask, { column, kinds, rows, gaps, others, gapsOfOthers }: KindsWithout): Suspicion {
  const names = mask.columns.map(({ name }) => name);
  const steps = stepsFor(mask.columns);
  const shown = kinds.slice(0, MOST_SHOWN).map(quoted).join(" or ");
  const which = kinds.length <= MOST_SHOWN ? shown : `${shown} or one of ${kinds.length - MOST_SHOWN} more`;
  return {
    trap: "structural-missing",
    columns: [...names, column.name],
    rows: affectedRows(context, (row) => mask.flags[row] === 1),
    severity: "costly",
    confidence: OF_KINDS,
    evidence: {
      missingRows: mask.missing,
      missingShare: mask.missing / context.frame.rows,
      kindsOf: column.name,
      kinds: kinds.slice(0, 10),
      rowsOfKinds: rows,
      gapsOfKinds: gaps,
      otherRows: others,
      gapsOfOthers,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: `Is there no ${namedColumns(names)} where \`${column.name}\` is ${which}?`,
    why: `${namedColumns(names)} ${names.length === 1 ? "is" : "are"} missing in ${percent(gaps / rows)} of the ${amount(rows)} rows in which \`${column.name}\` is ${which}, and in ${percent(gapsOfOthers / others)} of the others: these may have none, or were not asked, and what the others have is not theirs.`,
  };
}

/** A category gets the level "none"; a number keeps its gap, marked, for no number means "there is none" to every model. */
function stepsFor(columns: readonly Column[]): RecipeStep[] {
  const fills = columns.flatMap((column): RecipeStep[] =>
    "codes" in column ? [{ op: "fill", column: column.name, value: levelForNone(column.levels) }] : [],
  );
  const numbers = columns.filter((column) => "values" in column).map(({ name }) => name);
  return numbers.length === 0 ? fills : [...fills, { op: "missing-indicator", columns: numbers }];
}

function levelForNone(levels: readonly string[]): string {
  let level = "none";
  while (levels.includes(level)) level = `(${level})`;
  return level;
}
