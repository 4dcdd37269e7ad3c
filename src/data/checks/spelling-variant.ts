import type { Suspicion } from "../../core/finding.ts";
import { fold } from "../../core/null-words.ts";
import type { AuditContext, Check } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { affectedRows, countInFrame } from "../findings/affected-rows.ts";
import { counted, quotedApart } from "../findings/phrase.ts";
import { GIVEN_NAMES } from "../meaning/given-names.ts";
import { keyLikeness } from "../roles/key-likeness.ts";
import { flagSignal } from "../signal/flag-signal.ts";
import { abbreviations } from "../values/abbreviations.ts";
import { addedWords } from "../values/added-word.ts";
import { countryGroups } from "../values/country-groups.ts";
import { textDatesOf } from "../values/date-columns.ts";
import { isKnownInitial } from "../values/initials.ts";
import { paddedLevels } from "../values/padded-levels.ts";
import { shortFirstWords } from "../values/short-first-word.ts";
import { type SpellingGroup, spellingGroups } from "../values/spelling-groups.ts";
import { areToldApart } from "../values/told-apart.ts";
import { truthGroups } from "../values/truth-groups.ts";

/** Texts of up to two letters are codes in which the case may matter. */
const CODE_LENGTH = 2;
/** Newcastle and New Castle are two places. */
const ASKS = 0.45;
/** Names that are nearly all different are not compared letter by letter. */
const MOST_DISTINCT = 0.5;

/** One value in several spellings. What was found in the target's labels (label-reading.ts) is told with it. */
export const spellingVariant: Check = {
  trap: "spelling-variant",
  title: "One value is spelt in several ways",
  apart: 1,
  inspect: (context) => [
    ...levelFeatures(context)
      // Free text is no value that is spelt: a rename would carry whole texts into the recipe, and mend none that comes later.
      // Dates are no names: "21. 2. 2019" is another day than "2. 12. 2019", though their letters are the same.
      .filter((column) => column.type !== "text" && keyLikeness(context, column) === null && textDatesOf(context, column) === null)
      .flatMap((column) => inspectColumn(context, column)),
    ...levelFeatures(context).flatMap((column) => (column.type === "text" ? inspectTexts(context, column) : [])),
    ...paddedLevels(context).filter(({ trap }) => trap === "spelling-variant"),
    ...context.labels.filter(({ trap }) => trap === "spelling-variant"),
  ],
};

function inspectColumn(context: AuditContext, column: LevelColumn): Suspicion[] {
  const counts = levelCounts(context, column);
  const present = counts.reduce((sum, count) => sum + count, 0);
  const typos = column.levels.length <= MOST_DISTINCT * present && !areGivenNames(column.levels);
  const truth = truthGroups(column.levels, counts);
  if (truth.length > 0)
    return truth.some((group) => differInTarget(context, column, group))
      ? [suspicion(context, column, truth, 0.45)]
      : [suspicion(context, column, truth, 0.9)];
  const { groups: countries, isSure } = countryGroups(column.levels, counts);
  const spelt = [...spellingGroups(column.levels, counts, typos), ...byAddedWord(column, counts)];
  const others = [...spelt, ...byAbbreviation(column, counts, spelt)].flatMap((group) => besideCountries(group, countries));
  const toldApart = areToldApart(context, column);
  const alike = others.flatMap((group) => besideTold(group, toldApart));
  const groups = [...countries, ...alike].filter((group) => (isSure && group.by === "country") || !differInTarget(context, column, group));
  const isCertain = ({ by, codes }: SpellingGroup) =>
    by === "country"
      ? isSure
      : by === "initial"
        ? codes.some((code) => isKnownInitial(column.levels[code] ?? ""))
        : by === "umlaut" || (by === "fingerprint" && (column.levels[codes[0] ?? 0] ?? "").trim().length > CODE_LENGTH);
  const sure = groups.filter(isCertain);
  const often = groups.filter(({ by }) => by === "often");
  const doubtful = groups.filter((group) => !sure.includes(group) && !often.includes(group));
  return [
    ...(sure.length === 0 ? [] : [suspicion(context, column, sure, 0.95)]),
    ...(doubtful.length === 0 ? [] : [suspicion(context, column, doubtful, doubtful.every(onlyAsks) ? 0.45 : 0.6)]),
    ...(often.length === 0 ? [] : [suspicion(context, column, often, ASKS)]),
  ];
}

/** Slips of letters but those that another column takes for another thing. */
function besideTold(group: SpellingGroup, toldApart: (a: number, b: number) => boolean): readonly SpellingGroup[] {
  if (group.by !== "typo" && group.by !== "often") return [group];
  const [usual = 0, ...slips] = group.codes;
  const own = slips.filter((code) => !toldApart(usual, code));
  return own.length === 0 ? [] : [{ ...group, codes: [usual, ...own] }];
}

/** "Normal" and "Normal Weight". */
function byAddedWord({ name, levels }: LevelColumn, counts: ArrayLike<number>): readonly SpellingGroup[] {
  const held = levels.filter((_, code) => (counts[code] ?? 0) > 0);
  return addedWords(name, held).map((pair) => {
    const codes = pair.map((level) => levels.indexOf(level)).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
    return { codes, by: "added-word" };
  });
}

/** "HR" and "Human Resources", "P. major" and "Parus major", where no other look has told either. */
function byAbbreviation({ levels }: LevelColumn, counts: ArrayLike<number>, spelt: readonly SpellingGroup[]): readonly SpellingGroup[] {
  const told = new Set(spelt.flatMap(({ codes }) => codes.slice(1)));
  return [...abbreviations(levels, counts), ...shortFirstWords(levels, counts)].flatMap(({ short, long }) =>
    told.has(short) || told.has(long) ? [] : [{ codes: [long, short], by: "abbreviation" as const }],
  );
}

/** Texts of more words are sentences, and so are those of which fewer words begin with a capital or a digit than those of names and addresses do. */
const [MOST_WORDS, LEAST_CAPITALS] = [10, 0.6];

function areNames(levels: readonly string[]): boolean {
  const shown = levels.slice(0, LOOKED_AT);
  const words = shown.flatMap((level) => level.trim().split(/\s+/));
  return (
    words.length <= MOST_WORDS * shown.length &&
    words.filter((word) => /^\P{L}*\p{Lu}|^\d/u.test(word)).length >= LEAST_CAPITALS * words.length
  );
}

/** Names and addresses of several words that differ in case, accents, letters written out, blanks and marks alone. A list of them in a recipe would mend none that comes later. */
function inspectTexts(context: AuditContext, column: LevelColumn): Suspicion[] {
  if (!areNames(column.levels)) return [];
  const groups = spellingGroups(column.levels, levelCounts(context, column), false).filter(
    ({ by }) => by === "fingerprint" || by === "umlaut",
  );
  if (groups.length === 0) return [];
  const one = suspicion(context, column, groups, ASKS);
  const shown = groups
    .slice(0, 3)
    .map(({ codes }) => quotedApart(codes.slice(0, 3).map((code) => column.levels[code] ?? "")).join(" and "));
  return [
    {
      ...one,
      severity: "cosmetic",
      evidence: { groups: one.evidence.groups ?? 0, variants: one.evidence.variants ?? 0 },
      fix: {
        action: "advice",
        text: `Write these texts of \`${column.name}\` in one way at their source, before rows are joined or grouped by them.`,
      },
      counterfactual: null,
      unmeasured: "Texts are read by their words, which these share.",
      why: `${counted(groups.length, "text")} of \`${column.name}\` ${groups.length === 1 ? "stands" : "stand"} there in other ways too, alike but for case, accents, letters written out, blanks and marks (${shown.join("; ")}${groups.length > 3 ? "; ..." : ""}): one name in several spellings, or things whose names are nearly the same.`,
    },
  ];
}

/** What a group has more than the country that it is about ("Germny" of "Germany"), beside that country's usual spelling. */
function besideCountries(group: SpellingGroup, countries: readonly SpellingGroup[]): readonly SpellingGroup[] {
  const country = countries.find(({ codes }) => group.codes.some((code) => codes.includes(code)));
  if (country === undefined) return [group];
  const more = group.codes.filter((code) => !country.codes.includes(code));
  return more.length === 0 ? [] : [{ ...group, codes: [country.codes[0] ?? 0, ...more] }];
}

/** Short codes, letters of any words, and what only may be countries. */
function onlyAsks({ by }: SpellingGroup): boolean {
  return by === "fingerprint" || by === "country" || by === "initial" || by === "added-word" || by === "abbreviation";
}

/** Names of people by which a column is known to hold them, of those that are looked at. */
const [GIVEN_SHARE, LOOKED_AT] = [0.3, 500];

/** Brandon and Brandyn are two people, and no slip. */
function areGivenNames(levels: readonly string[]): boolean {
  const seen = levels.slice(0, LOOKED_AT);
  return seen.filter((level) => GIVEN_NAMES.has(fold(level))).length >= GIVEN_SHARE * seen.length;
}

/** The target is so different between the spellings that they may mean different things. */
function differInTarget(context: AuditContext, column: LevelColumn, { codes, by }: SpellingGroup): boolean {
  if (by === "fingerprint" && codes.every((code) => (column.levels[code] ?? "").length > CODE_LENGTH)) return false;
  const inGroup = new Set(codes);
  const target = context.target.map((value, row) => (inGroup.has(column.codes[row] ?? -1) ? value : Number.NaN));
  const only = { ...context, target, shared: <T>(_: string, make: () => T) => make() };
  return (flagSignal(only, (row) => column.codes[row] === codes[0])?.p ?? 1) < 1e-3;
}

function suspicion(context: AuditContext, column: LevelColumn, groups: readonly SpellingGroup[], confidence: number): Suspicion {
  const name = (code: number) => column.levels[code] ?? "";
  const mapping = toUsual(groups.flatMap(({ codes }) => codes.slice(1).map((code) => [name(code), name(codes[0] ?? 0)] as const)));
  const variants = new Set(groups.flatMap(({ codes }) => codes.slice(1)));
  const rows = affectedRows(context, (row) => variants.has(column.codes[row] ?? -1));
  const steps = [{ op: "map" as const, column: column.name, mapping }];
  // "Köln" of "Koln" and of "Koeln" is one value.
  const usual = [...new Set(Object.values(mapping))];
  const others = (to: string) => Object.keys(mapping).filter((from) => mapping[from] === to);
  const shown = usual.slice(0, 3).map((to) => quotedApart([to, ...others(to)].slice(0, 3)).join(" and "));
  return {
    trap: "spelling-variant",
    columns: [column.name],
    rows,
    held: [{ column: column.name, values: Object.keys(mapping) }],
    severity: "costly",
    confidence,
    evidence: { groups: usual.length, variants: variants.size, mapping },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: confidence < 0.7 ? `Do ${shown.join("; ")} in \`${column.name}\` mean the same?` : null,
    choices: ["same", "different"],
    why: `\`${column.name}\` writes ${counted(usual.length, "value")} in several ways (${shown.join("; ")}${usual.length > 3 ? "; ..." : ""}), ${counted(countInFrame(rows), "row")} not in the usual one: the model takes them for different values.`,
  };
}

/** "Colouur" is written for "colour", and that for "color": each to the last. */
function toUsual(pairs: readonly (readonly [from: string, to: string])[]): Record<string, string> {
  const next = new Map(pairs);
  const last = (from: string, to: string, left = next.size): string => {
    const after = next.get(to);
    return after === undefined || after === from || left === 0 ? to : last(from, after, left - 1);
  };
  return Object.fromEntries([...next].map(([from, to]) => [from, last(from, to)]));
}
