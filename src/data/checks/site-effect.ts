import type { Column } from "../../core/column.ts";
import { isMissing } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { fold } from "../../core/null-words.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { AuditContext, Check } from "../check.ts";
import { factsOf, textAt, valueAt } from "../columns/column-facts.ts";
import { featuresOf } from "../columns/features.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { LEAST_SITE_ROWS, type LoneSite, loneSite } from "../leaks/lone-site.ts";
import { ANSWERS } from "../meaning/lexicon.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { isPlaceName, isSourceName } from "../meaning/source-names.ts";
import { type Association, associationsOf } from "../signal/associations.ts";
import { featureThreshold, NEAR_PERFECT } from "../signal/leak-odds.ts";
import { scoreEvidence, scoreWords } from "../signal/score-words.ts";
import { groupSplit, randomSplit } from "../split/split-sizes.ts";

/** Score from which a source is worth a word. */
const LEAST_SCORE = 0.6;
/** The same where the name may be the channel by which a customer comes, whose honest effect is seldom more. */
const LEAST_OF_CHANNEL = 0.7;
const CHANNEL: readonly string[] = [
  "source",
  "origin",
  "device",
  "quelle",
  "fuente",
  "origen",
  "fonte",
  "bron",
  "geraet",
  "gerat",
  "terminal",
  "terminale",
];
const MACHINES: readonly string[] = ["machine", "maquina", "macchina", "maskin", "maszyna", "makine", "stroj"];
const MANY_MACHINES = 30;
const MOST_SOURCES = 200;
/** Rows of a source below which nothing is said of it. */
const LEAST_ROWS = 20;
/** A column is filled in one source and empty in another. */
const EMPTY = 0.9;
const FILLED = 0.1;
/** Of sources, so many do one or the other: what a category only hangs together with is filled in part. */
const MOST_CLEAR = 0.8;
const MOST_FINDINGS = 3;
/** Files or sites that differ so much are made by the answer: the price is the score without them, and other leaks are priced without them too. */
const TELLS_ANSWER = 0.87;
/** Levels from which an order is no accident. */
const LEAST_ORDERED = 4;

/** Where a row comes from tells the label: the model may learn the source instead of the case. */
export const siteEffect: Check = {
  trap: "site-effect",
  title: "The source of a row tells the label",
  hiddenByLabels: true,
  async inspect(context) {
    const found: { readonly column: Column; readonly named: boolean; readonly marks: readonly string[] }[] = [];
    const associations = associationsOf(context);
    const threshold = featureThreshold(context);
    for (const column of context.frame.columns) {
      const association = associations.get(column.name);
      const isOffered = context.roles.features.includes(column.name) || context.roles.group === column.name;
      if (!isOffered || association === undefined || association.score < LEAST_SCORE || association.z <= threshold) continue;
      if (association.score >= NEAR_PERFECT || !isSourceLike(context, column)) continue;
      const named = isSourceName(column.name);
      // What only one kind of thing has is empty for the others, wherever they come from.
      if (!named && (isFlag(column) || isQuantity(context, column, association) || isKind(column.name))) continue;
      const marks = marksOf(context, column);
      if (marks.length === 0 && isOfManyThings(context, column)) continue;
      if (marks.length === 0 && mayBeChannel(column.name) && association.score < LEAST_OF_CHANNEL) continue;
      if (named || marks.length >= 2) found.push({ column, named, marks });
      await context.pause();
    }
    const score = (name: string) => associations.get(name)?.score ?? 0;
    const told = found
      .sort((a, b) => score(b.column.name) - score(a.column.name) || (a.column.name < b.column.name ? -1 : 1))
      .slice(0, MOST_FINDINGS)
      .map(({ column, named, marks }) => suspicion(context, column, named, marks));
    return [...told, ...ofLoneSites(context, new Set(told.flatMap(({ columns }) => columns)))];
  },
};

/** The name is that of kinds of things, and not of places. */
function isKind(name: string): boolean {
  const { kind, area, classLike } = meaningOf(name);
  return (kind && !area) || classLike;
}

/** A customer comes by a source and uses a device, or leaves by a terminal, which is a trait of the customer. */
function mayBeChannel(name: string): boolean {
  return nameWords(name).every((word) => CHANNEL.includes(word));
}

/** Many machines are what the rows are about, and each has a rate of its own. */
function isOfManyThings({ frame }: AuditContext, column: Column): boolean {
  return nameWords(column.name).some((word) => MACHINES.includes(word)) && factsOf(column, frame.rows).distinct >= MANY_MACHINES;
}

/** Few levels, each in many rows. */
function isSourceLike(context: AuditContext, column: Column): boolean {
  if (column.type === "date") return false;
  const { distinct, present, integer } = factsOf(column, context.frame.rows);
  return distinct >= 2 && distinct <= MOST_SOURCES && present >= LEAST_ROWS * distinct && ("codes" in column || integer);
}

/** Yes or no: what only those have who are married is empty for the others, wherever they come from. */
function isFlag(column: Column): boolean {
  if ("values" in column) return column.values.every((value) => value === 0 || value === 1 || Number.isNaN(value));
  return column.levels.length === 2 && column.levels.every((level) => ANSWERS.has(fold(level)));
}

/** A number whose order alone tells three quarters of what its levels tell: the target rises or falls along it. Codes of sources have no order. Of fewer than four levels two orders in six at least are such. */
function isQuantity({ frame }: AuditContext, column: Column, { score, ordered }: Association): boolean {
  return "values" in column && ordered - 0.5 >= 0.75 * (score - 0.5) && factsOf(column, frame.rows).distinct >= LEAST_ORDERED;
}

/** Other columns that some sources fill and others leave empty: they were collected in different ways. */
function marksOf(context: AuditContext, source: Column): readonly string[] {
  const places = new Map<number, number>();
  const codes = Int32Array.from({ length: context.frame.rows }, (_, row) => {
    const value = valueAt(source, row);
    if (Number.isNaN(value)) return -1;
    if (!places.has(value)) places.set(value, places.size);
    return places.get(value) ?? -1;
  });
  const rows = new Float64Array(places.size);
  for (const code of codes) if (code >= 0) rows[code] = (rows[code] ?? 0) + 1;
  return featuresOf(context).flatMap((column) => {
    if (column.name === source.name) return [];
    if (factsOf(column, context.frame.rows).present === context.frame.rows) return [];
    const empty = new Float64Array(places.size);
    codes.forEach((code, row) => {
      if (code >= 0 && isMissing(column, row)) empty[code] = (empty[code] ?? 0) + 1;
    });
    const shares = Array.from(rows.keys()).flatMap((code) =>
      (rows[code] ?? 0) >= LEAST_ROWS ? [(empty[code] ?? 0) / (rows[code] ?? 1)] : [],
    );
    const clear = shares.filter((share) => share >= EMPTY || share <= FILLED).length;
    return Math.max(...shares) >= EMPTY && Math.min(...shares) <= FILLED && clear >= MOST_CLEAR * shares.length ? [column.name] : [];
  });
}

/** Sources that hardly tell the target, but for one of them. Told ones are left out. */
function ofLoneSites(context: AuditContext, told: ReadonlySet<string>): readonly Suspicion[] {
  const sources = context.frame.columns.filter(
    ({ name }) => (context.roles.features.includes(name) || context.roles.group === name) && (isSourceName(name) || isPlaceName(name)),
  );
  return sources.flatMap((column) => {
    if (told.has(column.name) || !isSourceLike(context, column)) return [];
    const lone = loneSite(context, column, sources.length);
    return lone === null ? [] : [ofLoneSite(context, column, lone)];
  });
}

function ofLoneSite(context: AuditContext, column: Column, lone: LoneSite): Suspicion {
  const { name } = column;
  const { text, classIndex, one, least, most, others, p } = lone;
  const label = context.task.kind === "regression" ? "" : (context.task.classes[classIndex] ?? "");
  const where = `\`${name}\` is ${quoted(text)}`;
  return {
    trap: "site-effect",
    columns: [name],
    rows: affectedRows(context, (row) => textAt(column, row) === text),
    severity: "harmful",
    confidence: 0.45,
    evidence: { value: text, class: label, rows: one.rows, ofClass: one.own, others, least, most, p },
    fix: {
      action: "advice",
      text: `Find out how the rows and labels with \`${name}\` = ${quoted(text)} were made; if in another way, leave them out or make them anew.`,
    },
    counterfactual: { change: "split", naive: randomSplit(context), honest: groupSplit(context, [name], null) },
    question: `Are the labels of the rows in which ${where} made, and the rows chosen, in the same way as the others?`,
    choices: ["no", "yes"],
    why: `Where ${where}, ${percent(one.own / one.rows)} of ${amount(one.rows)} rows have the class ${quoted(label)}; of the ${amount(others)} other values with ${amount(LEAST_SITE_ROWS)} rows or more each has between ${percent(least)} and ${percent(most)}. One source far off all others, which agree, often has another definition of the label, or sends only some of its rows.`,
  };
}

function suspicion(context: AuditContext, column: Column, named: boolean, marks: readonly string[]): Suspicion {
  const { name } = column;
  const association = associationsOf(context).get(name);
  const sources = factsOf(column, context.frame.rows).distinct;
  const collected =
    marks.length === 0 ? "" : ` ${namedColumns(marks)} ${marks.length === 1 ? "is" : "are"} filled in some of them and empty in others.`;
  return {
    trap: "site-effect",
    columns: [name],
    rows: NO_ROWS,
    severity: "harmful",
    // The name says source; ways of collecting that differ say it again, and need no name.
    confidence: Math.min(0.9, (named ? 0.5 : 0.3) + (marks.length === 0 ? 0 : 0.2 + 0.05 * Math.min(4, marks.length))),
    evidence: { ...(association === undefined ? {} : scoreEvidence(association)), sources, named, filledInSomeOnly: [...marks] },
    fix: {
      action: "advice",
      text: `Judge by sources that the model has not seen (--group ${shellWord(name)}), and leave \`${name}\` out unless new rows come from the same sources in the same shares.`,
    },
    counterfactual:
      named && (association?.score ?? 0) >= TELLS_ANSWER
        ? { change: "steps", steps: [{ op: "drop", columns: [name] }], flatters: true }
        : { change: "split", naive: randomSplit(context), honest: groupSplit(context, [name], null) },
    question: `Will new rows come from the same values of \`${name}\`, with the same shares of the target in each?`,
    choices: ["no", "yes"],
    why: `\`${name}\` looks like the source of a row, with ${counted(sources, "value")}, and tells the target: ${association === undefined ? amount(0) : scoreWords(association, context.task)}.${collected} A model learns the source where it should learn the case.`,
  };
}
