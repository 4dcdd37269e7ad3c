import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { counted, namedColumns, quoted } from "../findings/phrase.ts";
import { undoDoubleDecoding } from "../values/double-decoded.ts";
import { undoEscapes } from "../values/escaped-letters.ts";

/** Texts damaged on their way: double-decoded UTF-8, letters written as bytes or by names of HTML, replacement characters, invisible blanks and control characters. */
export const encoding: Check = {
  trap: "encoding",
  title: "Texts are damaged by a wrong encoding",
  inspect(context) {
    const columns = context.frame.columns.filter((column): column is LevelColumn => "codes" in column);
    return [...columns.flatMap((column) => inspectLevels(context, column)), ...inspectNames(context), ...inspectNotes(context)];
  },
};

/** Control characters but line ends and tabs, and marks without width. */
const HIDDEN = /(?![\t\n\r])\p{Cc}|[\u200b\u200e\u200f\ufeff]/gu;

/** The level as it should be; null when it is fine. U+FFFD cannot be undone. */
function mended(level: string): string | null {
  const decoded = undoDoubleDecoding(level) ?? undoEscapes(level) ?? level;
  const clean = decoded
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .replace(HIDDEN, "")
    .trim();
  return clean === level.trim() && !/[\u00a0\u2007\u202f\ufeff]/.test(level) ? null : clean;
}

function inspectLevels(context: AuditContext, column: LevelColumn): Suspicion[] {
  const repairs: [string, string][] = [];
  const lost: string[] = [];
  for (const level of column.levels) {
    const repaired = mended(level);
    if (level.includes("\ufffd")) lost.push(level);
    else if (repaired !== null) repairs.push([level, repaired]);
  }
  if (repairs.length + lost.length === 0) return [];
  const hit = new Set([...lost, ...repairs.map(([from]) => from)].map((level) => column.levels.indexOf(level)));
  const split = repairs.filter(([, to]) => column.levels.includes(to)).length;
  const steps = [{ op: "map" as const, column: column.name, mapping: Object.fromEntries(repairs) }];
  const shown = [...repairs.map(([from, to]) => damageOf(from, to)), ...lost.map((level) => quoted(around(level, level.indexOf("\ufffd"))))]
    .slice(0, 3)
    .join(", ");
  // A list of whole texts would go into the recipe, and mend none that comes later.
  const isText = column.type === "text";
  const isUnmapped = isText || column.name === context.roles.target;
  return [
    {
      trap: "encoding",
      columns: [column.name],
      rows: affectedRows(context, (row) => hit.has(column.codes[row] ?? -1)),
      severity: split > 0 && !isText ? (isUnmapped ? "harmful" : "costly") : "cosmetic",
      confidence: lost.length > 0 ? 0.95 : 0.9,
      evidence: { damagedLevels: hit.size, mendable: repairs.length, splitLevels: split, replacementCharacters: lost.length },
      fix:
        repairs.length > 0 && !isUnmapped
          ? { action: "steps", steps }
          : { action: "advice", text: "Read the source file again with its own encoding; replaced characters cannot be brought back." },
      counterfactual: split > 0 && !isUnmapped ? { change: "steps", steps, flatters: false } : null,
      question: null,
      why: `${counted(hit.size, "value")} of \`${column.name}\` ${hit.size === 1 ? "is" : "are"} damaged by a wrong encoding (${shown})${split > 0 ? `; ${split} of them also ${split === 1 ? "occurs" : "occur"} undamaged and ${split === 1 ? "is" : "are"} taken for another value` : ""}.`,
    },
  ];
}

/** Of long texts the place where they differ. */
function damageOf(from: string, to: string): string {
  const at = Array.from({ length: from.length }, (_, i) => i).find((i) => from[i] !== to[i]) ?? 0;
  return `${visible(around(from, at))} for ${quoted(around(to, at))}`;
}

const BEFORE = 12;

function around(text: string, at: number): string {
  return at <= 2 * BEFORE ? text : `...${text.slice(at - BEFORE)}`;
}

function visible(text: string): string {
  return quoted(
    text.replace(
      /[\p{Cc}\p{Cf}\u00a0\u2007\u202f]/gu,
      (char) => `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`,
    ),
  );
}

function inspectNames(context: AuditContext): Suspicion[] {
  const damaged = context.dataset.columns.map(({ name }) => name).filter((name) => name.includes("\ufffd") || mended(name) !== null);
  if (damaged.length === 0) return [];
  return [
    told(
      damaged,
      `The ${damaged.length === 1 ? "name" : "names"} ${namedColumns(damaged)} ${damaged.length === 1 ? "is" : "are"} damaged by a wrong encoding.`,
    ),
  ];
}

function inspectNotes(context: AuditContext): Suspicion[] {
  return context.dataset.notes
    .filter((note) => /encoding|utf-?8|utf-?16|windows-1252|latin-?1|byte order/i.test(note))
    .map((note) => ({
      ...told([], note),
      evidence: { soundlyRead: true },
      unmeasured: "Nothing is broken, so there is nothing to measure.",
    }));
}

function told(columns: readonly string[], why: string): Suspicion {
  return {
    trap: "encoding",
    columns,
    rows: NO_ROWS,
    severity: "cosmetic",
    confidence: 0.9,
    evidence: {},
    fix: { action: "advice", text: "Write the file as UTF-8." },
    counterfactual: null,
    question: null,
    why,
  };
}
