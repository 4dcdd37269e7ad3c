import type { Suspicion } from "../../core/finding.ts";
import { readingSentence } from "../../core/reading-note.ts";
import type { AuditContext, Check } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { counted, namedColumns, quoted, quotedApart } from "../findings/phrase.ts";
import { undoDoubleDecoding } from "../values/double-decoded.ts";
import { undoEscapes } from "../values/escaped-letters.ts";
import { controlsRead } from "../values/latin-controls.ts";
import { undamagedOf } from "../values/replaced-letters.ts";

/**
 * Texts damaged on their way: double-decoded UTF-8, letters written as bytes or by names of HTML, replacement characters, control characters. Blanks that are no plain
 * ones (no-break spaces) are no damage: they are told where they stand at the end of a value, or part two values that are else the same.
 */
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

/** Blanks that are not broken at the end of a line. */
const ODD_BLANKS = /[\u00a0\u2007\u202f]/g;

/** The level as it should be; null when it is fine. U+FFFD cannot be undone. */
function mended(level: string, controls: ((text: string) => string) | null): string | null {
  const decoded = undoDoubleDecoding(level) ?? undoEscapes(level) ?? controls?.(level) ?? level;
  const clean = decoded.replace(ODD_BLANKS, " ").replace(HIDDEN, "").trim();
  return clean === level.trim() && !/[\u00a0\u2007\u202f\ufeff]/.test(level) ? null : clean;
}

/** Nothing but blanks is to be mended. */
function isOfBlanks(from: string, to: string): boolean {
  return from.replace(ODD_BLANKS, " ").trim() === to;
}

/** Within a value a blank of another kind is typography, unless the value comes with plain ones too. */
function isTypography(from: string, to: string, levels: ReadonlyMap<string, number>): boolean {
  return isOfBlanks(from, to) && from.trim() === from && !levels.has(to);
}

const ODD = ["holds blanks that are no plain ones, such as no-break spaces", "hold blanks that are no plain ones, such as no-break spaces"];
const BROKEN = ["is damaged by a wrong encoding", "are damaged by a wrong encoding"];
const PLAIN_BLANKS = "Write plain blanks in their place where the data comes from.";
const ANOTHER_READING = "Read the source file again with its own encoding; replaced characters cannot be brought back.";

/** Of more values none is looked for in all others. */
const MOST_COMPARED = 2_000;

function inspectLevels(context: AuditContext, column: LevelColumn): Suspicion[] {
  const codeOf = new Map(column.levels.map((level, code) => [level, code]));
  const repairs: [string, string][] = [];
  const lost: string[] = [];
  const controls = controlsRead(column.levels);
  const whole = column.levels.filter((level) => !level.includes("\ufffd"));
  for (const level of column.levels) {
    const repaired = mended(level, controls);
    if (level.includes("\ufffd")) {
      const was = column.levels.length > MOST_COMPARED ? null : undamagedOf(level, whole);
      if (was === null) lost.push(level);
      else repairs.push([level, was]);
    } else if (repaired !== null && !isTypography(level, repaired, codeOf)) repairs.push([level, repaired]);
  }
  if (repairs.length + lost.length === 0) return [];
  const hit = new Set([...lost, ...repairs.map(([from]) => from)].map((level) => codeOf.get(level)));
  const split = repairs.filter(([, to]) => codeOf.has(to)).length;
  const steps = [{ op: "map" as const, column: column.name, mapping: Object.fromEntries(repairs) }];
  const shown = [
    ...repairs.map((pair) => quotedApart(pair).join(" for ")),
    ...lost.map((level) => quoted(around(level, level.indexOf("\ufffd")))),
  ]
    .slice(0, 3)
    .join(", ");
  // A list of whole texts would go into the recipe, and mend none that comes later.
  const isText = column.type === "text";
  const isUnmapped = isText || column.name === context.roles.target;
  const blanksOnly = lost.length === 0 && repairs.every(([from, to]) => isOfBlanks(from, to));
  const [is, are] = blanksOnly ? ODD : BROKEN;
  return [
    {
      trap: "encoding",
      columns: [column.name],
      rows: affectedRows(context, (row) => hit.has(column.codes[row] ?? -1)),
      severity: split > 0 && !isText ? (isUnmapped ? "harmful" : "costly") : "cosmetic",
      confidence: lost.length > 0 ? 0.95 : 0.9,
      evidence: { damagedLevels: hit.size, mendable: repairs.length, splitLevels: split, replacementCharacters: lost.length, blanksOnly },
      fix:
        repairs.length > 0 && !isUnmapped
          ? { action: "steps", steps }
          : { action: "advice", text: blanksOnly ? PLAIN_BLANKS : ANOTHER_READING },
      counterfactual: split > 0 && !isUnmapped ? { change: "steps", steps, flatters: false } : null,
      question: null,
      why: `${counted(hit.size, "value")} of \`${column.name}\` ${hit.size === 1 ? is : are} (${shown})${split > 0 ? `; ${split} of them also ${split === 1 ? "occurs" : "occur"} ${blanksOnly ? "with plain ones" : "undamaged"} and ${split === 1 ? "is" : "are"} taken for another value` : ""}.`,
    },
  ];
}

const BEFORE = 12;

function around(text: string, at: number): string {
  return at <= 2 * BEFORE ? text : `...${text.slice(at - BEFORE)}`;
}

function inspectNames(context: AuditContext): Suspicion[] {
  const all = context.dataset.columns.map(({ name }) => name);
  const controls = controlsRead(all);
  const names = all.filter((name) => name.includes("\ufffd") || mended(name, controls) !== null);
  const spaced = names.filter((name) => isOfBlanks(name, mended(name, controls) ?? ""));
  const damaged = names.filter((name) => !spaced.includes(name));
  const said = (some: readonly string[], is: string, are: string) =>
    some.length === 0 ? [] : [`The ${some.length === 1 ? "name" : "names"} ${namedColumns(some)} ${some.length === 1 ? is : are}`];
  return [
    ...said(damaged, "is damaged by a wrong encoding.", "are damaged by a wrong encoding.").map((why) => told(damaged, why)),
    ...said(spaced, "holds", "hold").map((why) => ({
      ...told(spaced, `${why} blanks that are no plain ones, such as no-break spaces: typed with plain ones it is not found.`),
      evidence: { blanksOnly: true },
      fix: { action: "advice" as const, text: PLAIN_BLANKS },
    })),
  ];
}

function inspectNotes(context: AuditContext): Suspicion[] {
  return (context.dataset.noticed ?? [])
    .filter(({ kind }) => kind === "windows-1252" || kind === "encoding")
    .map((note) => ({
      ...told([], readingSentence(note)),
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
