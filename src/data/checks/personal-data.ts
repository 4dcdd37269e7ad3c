import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted, percent } from "../findings/phrase.ts";
import type { PersonalKind } from "../meaning/personal-patterns.ts";
import { type PersonalColumn, personalColumns } from "../values/personal-columns.ts";

const NAMES: Readonly<Record<PersonalKind, string>> = {
  email: "e-mail addresses",
  phone: "phone numbers",
  card: "card numbers",
  iban: "bank accounts",
  ip: "network addresses",
  ssn: "social security numbers",
  national: "national identity numbers",
  person: "names of people",
  address: "addresses with a house number",
  birth: "dates of birth",
};

const QUESTIONS: Partial<Record<PersonalKind, (name: string) => string>> = {
  person: (name) => `Are the names in \`${name}\` those of people?`,
  address: (name) => `Are the addresses in \`${name}\` those of people?`,
  birth: (name) => `Are the dates in \`${name}\` the dates of birth of people?`,
};

/** Columns that name a person. No value of them is shown. */
export const personalData: Check = {
  trap: "personal-data",
  title: "A column holds personal data",
  inspect: (context) => [...personalColumns(context).values()].map((one) => suspicion(context, one)),
};

function suspicion(context: AuditContext, { column, kind, share, confidence, evidence }: PersonalColumn): Suspicion {
  const { name } = column;
  const used = context.roles.features.includes(name);
  const byYear = kind === "birth" && column.type === "date";
  // The age may matter: the year tells it, and names nobody.
  const steps: RecipeStep[] = [byYear ? { op: "date-parts", column: name, parts: ["year"] } : { op: "drop", columns: [name] }];
  const isWithin = "withinTexts" in evidence;
  const isMissing = (row: number) => {
    const value = valueAt(column, row);
    return Number.isNaN(value) || ("codes" in column && value < 0);
  };
  return {
    trap: "personal-data",
    columns: [name],
    rows: affectedRows(context, (row) => !isMissing(row)),
    severity: used ? "costly" : "cosmetic",
    confidence,
    evidence: { kind, share, usedAsFeature: used, ...evidence },
    fix: isWithin
      ? { action: "advice", text: `Mask the ${heldIn(evidence, kind)} in \`${name}\` before its words are read or stored.` }
      : { action: "steps", steps },
    besideScore: true,
    counterfactual: used && !isWithin ? { change: "steps", steps, flatters: false } : null,
    ...(isWithin ? { unmeasured: "Who a person is is no matter of the score." } : {}),
    question: confidence < 0.7 ? (QUESTIONS[kind]?.(name) ?? null) : null,
    why: isWithin
      ? `${percent(share)} of the texts of \`${name}\` hold ${heldIn(evidence, kind)}; a model should not keep who a person is.`
      : `${percent(share)} of the values of \`${name}\` look like ${NAMES[kind]}${numberNamed(evidence)}; a model should not keep who a person is${used ? "" : "; the column is left out of the features"}.${byYear && used ? " Models are given its year alone; the mended table still holds the dates, so guard it like the file." : ""}`,
  };
}

function numberNamed({ number }: PersonalColumn["evidence"]): string {
  return typeof number === "string" ? ` (${number}, by form and checksum)` : "";
}

/** What texts hold, each kind with the number of its different texts where there are several. */
function heldIn({ ofEach }: PersonalColumn["evidence"], kind: PersonalKind): string {
  const kinds = typeof ofEach === "object" ? Object.entries(ofEach) : [];
  if (kinds.length < 2) return NAMES[kind];
  const told = kinds.map(([one, texts]) => `${NAMES[one as PersonalKind]} (${counted(texts, "text")})`);
  return `${told.slice(0, -1).join(", ")} and ${told.at(-1)}`;
}
