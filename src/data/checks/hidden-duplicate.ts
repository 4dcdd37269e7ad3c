import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { type Copies, copiesOf, wholeDuplicates } from "../copies/copies.ts";
import { ALIKE, copyConfidence, copySeverity, HARMLESS, isChance, isExplained, isUndecided } from "../copies/copy-severity.ts";
import { repeatedKeys } from "../copies/repeated-keys.ts";
import { counted, namedColumns, percent } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { KEY_SHARE, type KeyLikeness, keyLikeness } from "../roles/key-likeness.ts";

/** Equal but for the time may be a state that lasts: below LIKELY, so nothing is removed unasked. */
const WITHOUT_TIME = 0.45;
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
    // Rows that have the same key as well are copies all the more: only a key that nearly all rows have to themselves hides them.
    const hides = (key: KeyLikeness | null) => key !== null && key.confidence >= LIKELY && key.distinctShare >= KEY_SHARE;
    const keys = featuresOf(context).filter((column) => hides(keyLikeness(context, column)));
    const named = [...roles.ids, ...keys.map(({ name }) => name)];
    const ids = named.filter((name) => name !== roles.time && !isDate(name));
    const times = [...(roles.time === null ? [] : [roles.time]), ...roles.ids.filter((name) => name !== roles.time && isDate(name))];
    const copies = (await apartFrom(context, ids, [])) ?? (times.length === 0 ? null : await apartFrom(context, ids, times)) ?? [];
    return [...copies, ...repeatedKeys(context)];
  },
};

/** null when leaving these columns out makes too few rows equal. */
async function apartFrom(context: AuditContext, ids: readonly string[], times: readonly string[]): Promise<readonly Suspicion[] | null> {
  const { dataset, frame, roles } = context;
  const ignoring = [...ids, ...times];
  const rest = frame.columns.filter(({ name }) => !ignoring.includes(name));
  if (ignoring.length === 0 || !rest.some(({ name }) => name !== roles.target)) return null;
  const [all, hidden] = [await wholeDuplicates(context), await context.duplicates(ignoring)];
  const surplus = hidden.rows - all.rows;
  if (surplus < LEAST_SHARE * dataset.rows || surplus <= 0) return null;
  const copies = copiesOf(context, rest);
  const share = surplus / dataset.rows;
  if (isExplained(copies) && (share < HARMLESS || copies.p > CLEARLY)) return [];
  const byContent = copyConfidence(copies);
  const confidence = byContent * (times.length === 0 ? 1 : WITHOUT_TIME);
  const steps = [{ op: "drop-duplicate-rows" as const, ignoring }];
  const evidence = { surplusRows: surplus, exactSurplusRows: all.rows, groups: hidden.groups, share, copiedPairsShare: copies.share };
  const subject = `${counted(surplus, "row")} (${percent(share)}) repeat an earlier row in every column but ${namedColumns(ignoring)}`;
  return [
    {
      trap: "hidden-duplicate",
      columns: ignoring,
      rows: { count: surplus, sample: hidden.sample },
      severity: copySeverity(share, confidence, times.length === 0 && isUndecided(copies)),
      confidence,
      evidence: { ...evidence, chanceOfSoMany: copies.p },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: true },
      question: share >= ASKED_SHARE || confidence >= LIKELY ? questionOf(ignoring, times) : null,
      choices: ["copies", "entries"],
      why: `${subject}${meaningOf(byContent, copies, times)}.`,
    },
  ];
}

function questionOf(ignoring: readonly string[], times: readonly string[]): string {
  const what = times.length > 0 ? "entries of their own" : "cases of their own that happen to be alike";
  return `Are rows that differ only in ${namedColumns(ignoring)} ${what}, or copies?`;
}

function meaningOf(byContent: number, copies: Copies, times: readonly string[]): string {
  if (isUndecided(copies)) return `. ${ALIKE.slice(0, -1)}`;
  if (byContent < LIKELY)
    return `. Chance explains ${isChance(copies) ? "them" : "most of them"}: rows that differ in one more column agree in the others about as often. They are kept`;
  if (times.length > 0) return ": copies, or a state that lasts";
  return ": copies that a comparison of whole rows does not see";
}
