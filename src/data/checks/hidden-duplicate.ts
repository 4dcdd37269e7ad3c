import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { infoOf } from "../columns/features.ts";
import { apartColumns } from "../copies/apart-columns.ts";
import { type Copies, copiesOf, duplicatesApartFrom, wholeDuplicates } from "../copies/copies.ts";
import { ALIKE, copyConfidence, copySeverity, HARMLESS, isChance, isExplained, isUndecided } from "../copies/copy-severity.ts";
import { hidingKeys } from "../copies/hiding-keys.ts";
import { cannotLast } from "../copies/lasting-state.ts";
import { rareAgreement } from "../copies/rare-agreement.ts";
import { repeatedKeys } from "../copies/repeated-keys.ts";
import { counted, namedColumns, percent } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { meaningOf } from "../meaning/meaning.ts";

/** Equal but for the time may be a state that lasts, but for names several things of one party: below LIKELY, so nothing is removed unasked. */
const MAY_BE_OWN = 0.45;
/** What leaves out more columns is told where it holds more than so many times as many rows. */
const TIMES_AS_MANY = 2;
/** Of the rows, those that may repeat another one. */
const MOST_SHARE = 0.5;
/** Pairs of rows in rare values are so many times as many as chance makes. */
const TIMES_CHANCE = 10;
/** Where chance makes so many equal pairs oftener, nobody has to be asked. */
const CLEARLY = 0.05;
/** Fewer copies do not show in three digits of a score. */
const LEAST_SHARE = 0.001;
/** From this share on it is worth a question. */
const ASKED_SHARE = 0.01;

/** Rows that are equal once keys of the rows are left out, or, where no such are found, once the time is left out too. */
export const hiddenDuplicate: Check = {
  trap: "hidden-duplicate",
  title: "Rows are copies but for a key or a time",
  async inspect(context) {
    const { frame, roles } = context;
    const isDate = (name: string) => frame.columns.some((column) => column.name === name && column.type === "date");
    const named = [...roles.ids, ...hidingKeys(context)];
    const ids = named.filter((name) => name !== roles.time && !isDate(name));
    const times = [...(roles.time === null ? [] : [roles.time]), ...roles.ids.filter((name) => name !== roles.time && isDate(name))];
    const copies = (await apartFrom(context, ids, [])) ?? (times.length === 0 ? null : await apartFrom(context, ids, times)) ?? [];
    const byNames = await apartByNames(context, ids, times);
    const isMore = (byNames[0]?.rows.count ?? 0) > TIMES_AS_MANY * (copies[0]?.rows.count ?? 0);
    return [...(isMore ? byNames : copies), ...repeatedKeys(context)];
  },
};

/** Rows that are equal in all but a few names, codes and numbers of things, always the same ones: a flight under two numbers, the rooms of a party. */
async function apartByNames(context: AuditContext, ids: readonly string[], times: readonly string[]): Promise<readonly Suspicion[]> {
  const { frame, roles } = context;
  const columns = frame.columns.filter(({ name }) => !ids.includes(name));
  const named = columns.filter((column) => column.name !== roles.target && tellsThings(column, times)).map(({ name }) => name);
  const byDistinct = (a: Column, b: Column) => infoOf(context, b.name).distinct - infoOf(context, a.name).distinct;
  const found = apartColumns(columns.toSorted(byDistinct), new Set(named), frame.rows);
  if (found === null || found.names.every((name) => times.includes(name))) return [];
  const inOrder = columns.map(({ name }) => name).filter((name) => found.names.includes(name));
  const apart = await surplusApartFrom(context, [...ids, ...inOrder]);
  // Where most rows have such a twin, it is what the table is like: several rows of each thing.
  if (apart === null || apart.share > MOST_SHARE) return [];
  const seen = evidenceOf(context, apart.rest.toSorted(byDistinct));
  if (seen === null) return [];
  return [
    suspicion(apart, {
      severity: copySeverity(apart.share, MAY_BE_OWN, true),
      confidence: MAY_BE_OWN,
      evidence: seen,
      mayBeOwn: true,
      conclusion: ", far more than chance explains: one thing under several names, or things of one party that belong together",
    }),
  ];
}

/** What says that equal rows are no chance twins; null where nothing does. */
function evidenceOf(context: AuditContext, finest: readonly Column[]): Suspicion["evidence"] | null {
  const copies = copiesOf(context, finest);
  if (!copies.measured) return null;
  if (copyConfidence(copies) >= LIKELY) return { copiedPairsShare: copies.share, chanceOfSoMany: copies.p };
  const rare = rareAgreement(finest, context.frame.rows);
  if (rare === null || rare.pairs < TIMES_CHANCE * rare.expected) return null;
  return { copiedPairsShare: 1 - rare.expected / rare.pairs, rarePairs: rare.pairs, expectedPairs: rare.expected, rareIn: rare.columns };
}

/** Of a name, a code or the number of a thing, or of a time, and not of an amount. */
function tellsThings(column: Column, times: readonly string[]): boolean {
  if ("codes" in column || times.includes(column.name)) return true;
  const { keyOf, entity } = meaningOf(column.name);
  return column.type === "number" && (keyOf !== null || entity);
}

/** null when leaving these columns out makes too few rows equal. */
async function apartFrom(context: AuditContext, ids: readonly string[], times: readonly string[]): Promise<readonly Suspicion[] | null> {
  const apart = await surplusApartFrom(context, [...ids, ...times]);
  if (apart === null) return null;
  const copies = copiesOf(context, apart.rest);
  if (isExplained(copies) && (apart.share < HARMLESS || copies.p > CLEARLY)) return [];
  const byContent = copyConfidence(copies);
  const confidence = byContent * (times.length === 0 ? 1 : MAY_BE_OWN);
  const time = context.frame.columns.find(({ name }) => name === times[0]);
  const areCopies = byContent >= LIKELY && time !== undefined && cannotLast(context, apart.rest, time);
  return [
    suspicion(apart, {
      severity: copySeverity(apart.share, confidence, areCopies || (times.length === 0 && isUndecided(copies))),
      confidence,
      evidence: { copiedPairsShare: copies.share, chanceOfSoMany: copies.p },
      mayBeOwn: times.length > 0,
      conclusion: areCopies ? NOT_LASTING : conclusionOf(byContent, copies, times),
    }),
  ];
}

/** The rows that are equal once columns are left out. */
interface Apart {
  readonly ignoring: readonly string[];
  readonly rest: readonly Column[];
  readonly surplus: number;
  readonly share: number;
  readonly exact: number;
  readonly groups: number;
  readonly sample: readonly number[];
}

async function surplusApartFrom(context: AuditContext, ignoring: readonly string[]): Promise<Apart | null> {
  const { dataset, frame, roles } = context;
  const rest = frame.columns.filter(({ name }) => !ignoring.includes(name));
  if (ignoring.length === 0 || !rest.some(({ name }) => name !== roles.target)) return null;
  const [all, { rows, groups, sample }] = [await wholeDuplicates(context), await duplicatesApartFrom(context, ignoring)];
  const surplus = rows - all.rows;
  if (surplus < LEAST_SHARE * dataset.rows || surplus <= 0) return null;
  return { ignoring, rest, surplus, share: surplus / dataset.rows, exact: all.rows, groups, sample };
}

interface Judgement extends Pick<Suspicion, "severity" | "confidence" | "evidence"> {
  readonly mayBeOwn: boolean;
  readonly conclusion: string;
}

function suspicion({ ignoring, surplus, share, exact, groups, sample }: Apart, judged: Judgement): Suspicion {
  const { severity, confidence, evidence, mayBeOwn, conclusion } = judged;
  const steps = [{ op: "drop-duplicate-rows" as const, ignoring }];
  return {
    trap: "hidden-duplicate",
    columns: ignoring,
    rows: { count: surplus, sample },
    severity,
    confidence,
    evidence: { surplusRows: surplus, exactSurplusRows: exact, groups, share, ...evidence },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: share >= ASKED_SHARE || confidence >= LIKELY ? questionOf(ignoring, mayBeOwn) : null,
    choices: ["copies", "entries"],
    why: `${counted(surplus, "row")} (${percent(share)}) ${surplus === 1 ? "repeats" : "repeat"} an earlier row in every column but ${namedColumns(ignoring)}${conclusion}.`,
  };
}

function questionOf(ignoring: readonly string[], mayBeOwn: boolean): string {
  const what = mayBeOwn ? "entries of their own" : "cases of their own that happen to be alike";
  return `Are rows that differ only in ${namedColumns(ignoring)} ${what}, or copies?`;
}

const NOT_LASTING = ": copies, since nothing that is measured stays alike from one time to the next";

function conclusionOf(byContent: number, copies: Copies, times: readonly string[]): string {
  if (isUndecided(copies)) return `. ${ALIKE.slice(0, -1)}`;
  if (byContent < LIKELY)
    return `. Chance explains ${isChance(copies) ? "them" : "most of them"}: rows that differ in one more column agree in the others about as often. They are kept`;
  if (times.length > 0) return ": copies, or a state that lasts";
  return ": copies that a comparison of whole rows does not see";
}
