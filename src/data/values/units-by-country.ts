import type { Suspicion } from "../../core/finding.ts";
import { createRandom } from "../../core/random.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import { kolmogorovSmirnovOfSorted, medianError, NORMAL_OF_QUARTILES, quantileOfSorted } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { infoOf, levelFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, quoted } from "../findings/phrase.ts";
import { type Conversion, conversionsFor } from "../meaning/units.ts";
import { countryOf } from "./countries.ts";

/** Countries that count in miles, pounds and Fahrenheit, or did. */
const IMPERIAL: ReadonlySet<string> = new Set(["US", "GB"]);
const IMPERIAL_UNITS = /\b(?:miles|mph|inch(?:es)?|feet|pounds|ounces|gallons|acres|psi|inHg|Fahrenheit)\b/;
const METRIC_UNITS = /metres|kilograms|grams|litres|hectares|km\/h|m\/s|Pa\b|Celsius/;

/** Countries with so many rows: one that may count otherwise, and two at least that agree. */
const [LEAST_COUNTRIES, LEAST_ROWS, MOST_ROWS, LEAST_DISTINCT] = [3, 100, 20_000, 20];
/** Of its levels so many are countries. */
const MOSTLY = 0.8;
/** Kolmogorov-Smirnov: the country is unlike the others, and converted as like them as they are to each other. */
const [UNLIKE, ALIKE] = [1e-6, 0.01];
/** The middles are known to a third of the step between the units, at three standard errors. */
const [ERRORS, KNOWN] = [3, 1 / 3];
/** Lives differ from country to country as well: it asks. */
const ASKS = 0.5;

interface Country {
  readonly level: string;
  readonly code: string;
  readonly values: Float64Array;
}

/** Miles, pounds or Fahrenheit where the rows are of the United States or the United Kingdom, among few countries of which the others are of one distribution. */
export function unitsByCountry(context: AuditContext, columns: readonly NumberColumn[], codesOf: (name: string) => ReadonlySet<number>) {
  const rows = drawnRows(placesUpTo(context.frame.rows), MOST_ROWS, createRandom(context.seed, "units by country"));
  return levelFeatures(context).flatMap((by): Suspicion[] => {
    const codes = by.levels.map(countryOf);
    if (codes.filter((code) => code !== null).length < MOSTLY * by.levels.length) return [];
    return columns.flatMap((column): Suspicion[] => {
      if (infoOf(context, column.name).distinct < LEAST_DISTINCT) return [];
      const countries = countriesOf(column, by, codes, codesOf(column.name), rows);
      const others = countries.filter(({ code }) => !IMPERIAL.has(code));
      if (countries.length < LEAST_COUNTRIES || !agree(others)) return [];
      return countries.flatMap((own) => (IMPERIAL.has(own.code) ? lookAt(context, column, by, own, others) : []));
    });
  });
}

function countriesOf(
  { values }: NumberColumn,
  by: LevelColumn,
  codes: readonly (string | null)[],
  leftOut: ReadonlySet<number>,
  rows: Int32Array,
): readonly Country[] {
  const held = by.levels.map((): number[] => []);
  for (const row of rows) {
    const value = values[row] ?? Number.NaN;
    if (!Number.isNaN(value) && !leftOut.has(value)) held[by.codes[row] ?? -1]?.push(value);
  }
  return by.levels.flatMap((level, i): Country[] => {
    const code = codes[i] ?? null;
    const own = held[i] ?? [];
    return code === null || own.length < LEAST_ROWS ? [] : [{ level, code, values: Float64Array.from(own).sort() }];
  });
}

/** Each is of the distribution of the other ones. */
function agree(others: readonly Country[]): boolean {
  return (
    others.length >= LEAST_COUNTRIES - 1 &&
    others.every((one) => {
      const rest = together(others.filter((other) => other !== one));
      return kolmogorovSmirnovOfSorted(one.values, rest).p > ALIKE;
    })
  );
}

function together(countries: readonly Country[]): Float64Array {
  return Float64Array.from(countries.flatMap(({ values }) => [...values])).sort();
}

function lookAt(context: AuditContext, column: NumberColumn, by: LevelColumn, own: Country, others: readonly Country[]): Suspicion[] {
  const meaning = context.roles.meanings[column.name];
  const { dimension, conversions } = conversionsFor(column.name, meaning?.type ?? null, meaning?.unit ?? null);
  if (dimension === null) return [];
  const usual = together(others);
  if (!(kolmogorovSmirnovOfSorted(own.values, usual).p < UNLIKE)) return [];
  const fits = conversions
    .filter(({ words }) => IMPERIAL_UNITS.test(words) && METRIC_UNITS.test(words))
    .flatMap((conversion) => [true, false].map((areLarger) => ({ conversion, areLarger, values: converted(own, conversion, areLarger) })))
    .filter(({ values }) => isKnown(own.values, values, usual))
    .map((fit) => ({ ...fit, p: kolmogorovSmirnovOfSorted(fit.values, usual).p }))
    .filter(({ p }) => p > ALIKE)
    .sort((a, b) => b.p - a.p);
  const [best] = fits;
  return best === undefined ? [] : [suspicion(context, column, by, own, usual, best)];
}

function converted({ values }: Country, { factor, offset }: Conversion, areLarger: boolean): Float64Array {
  return values.map((value) => (areLarger ? value * factor + offset : (value - offset) / factor));
}

/** A step between units that is hardly wider than the error of the middles would fit anything. */
function isKnown(own: Float64Array, after: Float64Array, usual: Float64Array): boolean {
  const error = (values: Float64Array) =>
    medianError(NORMAL_OF_QUARTILES * (quantileOfSorted(values, 0.75) - quantileOfSorted(values, 0.25)), values.length);
  const step = Math.abs(quantileOfSorted(after, 0.5) - quantileOfSorted(own, 0.5));
  return ERRORS * Math.hypot(error(after), error(usual)) <= KNOWN * step;
}

interface Fit {
  readonly conversion: Conversion;
  readonly values: Float64Array;
  readonly p: number;
}

function suspicion(
  context: AuditContext,
  column: NumberColumn,
  by: LevelColumn,
  own: Country,
  usual: Float64Array,
  { conversion, values, p }: Fit,
): Suspicion {
  const level = by.levels.indexOf(own.level);
  const short = (all: Float64Array) => amount(Number(quantileOfSorted(all, 0.5).toPrecision(4)));
  return {
    trap: "unit-mix",
    columns: [column.name, by.name],
    rows: affectedRows(context, (row) => by.codes[row] === level && !Number.isNaN(column.values[row])),
    severity: "harmful",
    confidence: ASKS,
    evidence: {
      kind: "by country",
      units: conversion.words,
      country: own.level,
      median: quantileOfSorted(own.values, 0.5),
      converted: quantileOfSorted(values, 0.5),
      usual: quantileOfSorted(usual, 0.5),
      p,
    },
    fix: {
      action: "advice",
      text: `If it is, bring \`${column.name}\` to one unit at its source where \`${by.name}\` is ${quoted(own.level)} (${conversion.words}).`,
    },
    counterfactual: null,
    unmeasured: "No step is taken: it is mended where these groups are written.",
    question: `Is \`${column.name}\` in another unit (${conversion.words}) where \`${by.name}\` is ${quoted(own.level)}?`,
    why: `Where \`${by.name}\` is ${quoted(own.level)}, the median of \`${column.name}\` is ${short(own.values)}, while the other countries are of one distribution around ${short(usual)}. Converted (${conversion.words}) it is ${short(values)}, and the whole distribution is that of the others.`,
  };
}
