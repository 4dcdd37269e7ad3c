import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { percent } from "../findings/phrase.ts";
import { type PersonalKind, personalKind } from "../meaning/personal-patterns.ts";
import { couldBePhone } from "../meaning/semantic-values.ts";

const SHOWN_LEVELS = 1000;
const MOSTLY = 0.5;

const NAMES: Readonly<Record<PersonalKind, string>> = {
  email: "e-mail addresses",
  phone: "phone numbers",
  card: "card numbers",
  iban: "bank accounts",
  ip: "network addresses",
  ssn: "social security numbers",
  person: "names of people",
};

/** Columns that name a person. No value of them is shown. */
export const personalData: Check = {
  trap: "personal-data",
  title: "A column holds personal data",
  inspect: (context) =>
    context.frame.columns
      .filter((column): column is LevelColumn => "codes" in column && column.name !== context.roles.target)
      .flatMap((column) => inspectColumn(context, column)),
};

function inspectColumn(context: AuditContext, column: LevelColumn): Suspicion[] {
  const step = Math.max(1, Math.floor(column.levels.length / SHOWN_LEVELS));
  const shown = column.levels.filter((_, code) => code % step === 0);
  // Phone numbers as they are written at home: the name says what the digits are.
  const named = context.roles.meanings[column.name]?.type === "phone";
  const counts = new Map<PersonalKind, number>();
  for (const level of shown) {
    const kind = personalKind(level) ?? (named && couldBePhone(level) ? "phone" : null);
    if (kind !== null) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const [kind, count] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), ["email" as PersonalKind, 0]);
  const share = count / Math.max(1, shown.length);
  if (share < MOSTLY || count < 5) return [];
  const used = context.roles.features.includes(column.name);
  const steps = [{ op: "drop" as const, columns: [column.name] }];
  return [
    {
      trap: "personal-data",
      columns: [column.name],
      rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
      severity: used ? "costly" : "cosmetic",
      confidence: kind === "person" || kind === "phone" ? 0.8 : 0.95,
      evidence: { kind, share, usedAsFeature: used },
      fix: { action: "steps", steps },
      besideScore: true,
      counterfactual: used ? { change: "steps", steps, flatters: false } : null,
      question: null,
      why: `${percent(share)} of the values of \`${column.name}\` look like ${NAMES[kind]}; a model should not keep who a person is${used ? "" : "; the column is left out of the features"}.`,
    },
  ];
}
