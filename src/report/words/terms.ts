import { metricMeaning } from "./metric.ts";

/** A term of the field that output uses, and what it means in words that everybody has. */
interface Term {
  readonly used: RegExp;
  readonly words: string;
}

const TERMS: readonly Term[] = [
  { used: /baseline/, words: "Baseline: the simplest answers, which a model must beat." },
  { used: /boosted trees|random forest|randomised trees/i, words: "Boosted trees, forest: many small decision trees put together." },
  { used: /\bp99\b/, words: "p50, p99: 50, or 99, of 100 answers come within this." },
  { used: /\bonnx\b/i, words: "ONNX: the model as a file for other languages." },
  { used: /ML Test Score/, words: "ML Test Score: Google's checklist of how well a system is tested, 0 to 7." },
];

/** The terms that a plain text uses, each explained once in a sentence; the metric first. */
export function explainTerms(text: string, metric: string): string {
  const brackets = /\[-?[\d.]/.test(text) ? ["[low, high]: where the true value is expected, 95 % sure where nothing else is said."] : [];
  const meaning = metricMeaning(metric);
  return [
    ...(meaning === null ? [] : [meaning]),
    ...brackets,
    ...TERMS.filter(({ used }) => used.test(text)).map(({ words }) => words),
  ].join(" ");
}
