import type { Candidate } from "../core/comparison.ts";
import { digits, type Ends, fixed, rangeText } from "../core/digits.ts";
import type { Estimate } from "../core/estimate.ts";
import { mirrored } from "../core/score-difference.ts";
import type { JourneyResult } from "../core/verdict.ts";
import { type Links, minus } from "./links.ts";
import { html, type Markup } from "./markup.ts";

interface Source {
  readonly experiments: readonly string[];
  /** Columns that a sentence must name for the number to be meant; none for numbers of the whole. */
  readonly columns: readonly string[];
}

type Sources = ReadonlyMap<string, readonly Source[]>;

/** What counts as a gain is declared, not measured. */
const NUMBER = /((?<!counts \(|What counts: )-?\b(?:\d[\d,]*\.\d+(?:e-\d+)?|\d{1,3}(?:,\d{3})+|\d{4,}|\d+(?= \[))(?: \[[^\]]{3,40}\])?)/;

/** In sentences of which every result is known to come from some experiments: whole percents too, but neither limits nor what was planted. */
const NUMBER_OR_SHARE = new RegExp(`${NUMBER.source.slice(0, -1)}|(?<!more than |allowed |times, with )\\b\\d+(?=\\s%))`);

/**
 * Links the numbers of a sentence to their experiments where it is certain which are meant: those of `near` first. rest: experiments of the numbers that
 * are left, where the sentence rests on no others.
 */
export function sentenceLinker(
  result: JourneyResult,
  links: Links,
): (sentence: string, near: readonly Estimate[], rest?: readonly string[]) => (plain: string) => Markup {
  const everywhere = sourcesOf(result);
  const bare = bareSources(result);
  const ofOthers = sourceMap((result.comparison?.candidates ?? []).flatMap(candidateSources));
  return (sentence, near, rest = []) => {
    const local = sourceMap(near.map(generalSource));
    const experimentsOf = (printed: string, maps: readonly Sources[]) =>
      maps.map((map) => meantBy(map.get(printed) ?? [], sentence)).find((found) => found !== null);
    const linked = (part: string) => {
      const [value = "", ...bounds] = part.split(" ");
      const shown =
        bounds.length === 0
          ? minus(value)
          : html`<span class="n">${minus(value)}</span> <span class="ci">${minus(bounds.join(" "))}</span>`;
      // Rounded, two numbers may look alike; with their intervals they seldom do.
      const found =
        bounds.length === 0
          ? experimentsOf(keyOf(value), [local, bare, everywhere, ofOthers])
          : (experimentsOf(keyOf(part), [local, everywhere, ofOthers]) ?? experimentsOf(keyOf(value), [local, everywhere, ofOthers]));
      return links.link(shown, found ?? rest);
    };
    return (plain) =>
      html`${plain.split(rest.length === 0 ? NUMBER : NUMBER_OR_SHARE).map((part, i) => (i % 2 === 1 ? linked(part) : html`${part}`))}`;
  };
}

/** Experiments of the number in this sentence; null when several could be meant. */
function meantBy(sources: readonly Source[], sentence: string): readonly string[] | null {
  const named = sources.filter(
    ({ columns }) =>
      columns.length > 0 && columns.every((column) => sentence.includes(`"${column}"`) || sentence.includes(`\`${column}\``)),
  );
  const meant = named.length > 0 ? named : sources.filter(({ columns }) => columns.length === 0);
  return new Set(meant.map(({ experiments }) => experiments[0])).size === 1 ? (meant[0]?.experiments ?? null) : null;
}

type NumberSource = Source & { readonly value: number; readonly ends: Ends | null };

function sourcesOf({ findings, comparison }: JourneyResult): Sources {
  const harms = findings.findings.flatMap(({ harm, columns }): NumberSource[] => {
    if (harm === null || columns.length === 0) return [];
    const [claimed = "", honest = ""] = harm.experiments;
    return [
      { value: harm.claimed, ends: { low: harm.claimedLow, high: harm.claimedHigh }, experiments: [claimed], columns },
      { value: harm.honest, ends: { low: harm.honestLow, high: harm.honestHigh }, experiments: [honest], columns },
      { value: harm.delta, ends: { low: harm.low, high: harm.high }, experiments: harm.experiments, columns },
    ];
  });
  const gap = findings.dataset.split.gap;
  const chosen = comparison?.candidates.find(({ name }) => name === comparison.chosen);
  const { test, toDecide, blindChoice } = { ...comparison };
  // Those of a test may be told from the other side: so much worse.
  const differences = [test?.overBaseline, test?.gap].flatMap((one) =>
    one == null || one.value >= 0 ? (one ?? []) : [one, mirrored(one)],
  );
  const ofTest = [test?.score, ...differences, ...(test?.beside ?? []).map(({ score }) => score)];
  const ofFolds = [chosen?.score, chosen?.overBaseline, chosen?.againstBest, toDecide?.open.gain];
  const estimates = [gap?.random, gap?.proposed, ...ofFolds, ...ofTest].filter((estimate) => estimate !== null && estimate !== undefined);
  const blind = blindChoice == null ? [] : [generalSource(blindChoice), plainSource(blindChoice.p, blindChoice.experiments)];
  const correction = chosen === undefined ? [] : [plainSource(chosen.optimism, chosen.score.experiments)];
  return sourceMap([...harms, ...estimates.map(generalSource), ...blind, ...correction]);
}

/** Numbers that are always printed without their interval. */
function bareSources({ comparison }: JourneyResult): Sources {
  const { blindChoice, toDecide } = { ...comparison };
  const isSeen = blindChoice != null && toDecide?.likely?.gain === blindChoice.value;
  return sourceMap(isSeen ? [plainSource(blindChoice.value, blindChoice.experiments)] : []);
}

/** What is said of a candidate that is not the chosen one. */
function candidateSources({ score, overBaseline, againstBest }: Candidate): NumberSource[] {
  return [score, overBaseline, againstBest].flatMap((estimate) => (estimate === null ? [] : [generalSource(estimate)]));
}

function plainSource(value: number, experiments: readonly string[]): NumberSource {
  return { value, ends: null, experiments, columns: [] };
}

function generalSource({ value, low, high, experiments }: Estimate): NumberSource {
  return { value, ends: { low, high }, experiments, columns: [] };
}

/** Number as it may be printed, without its sign -> where it may come from. */
function sourceMap(sources: readonly NumberSource[]): Sources {
  const map = new Map<string, Source[]>();
  for (const { value, ends, ...source } of sources) {
    const texts = [digits(value, ends), digits(value), fixed(value, 3), fixed(value, 4), significantText(value, 4)];
    if (ends !== null) texts.push(rangeText({ value, ...ends }));
    for (const key of new Set(texts.map(keyOf))) {
      const known = map.get(key);
      if (known === undefined) map.set(key, [source]);
      else known.push(source);
    }
  }
  return map;
}

/** As the checks of the data print: 0.12, 0.000341, 61. */
function significantText(value: number, digits: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : "unknown";
}

function keyOf(printed: string): string {
  return printed.replace(/^[-\u2212+]|,/g, "");
}
