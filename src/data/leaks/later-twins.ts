import { columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import { partialCorrelation, pearson, ranks, variance } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { numberFeatures } from "../columns/features.ts";
import { targetView } from "../columns/target-view.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { type Association, associate, associationsOf, zThreshold } from "../signal/associations.ts";
import { answerFor, knownQuestion, NEAR_PERFECT } from "../signal/leak-odds.ts";
import { scoreEvidence, scoreWords } from "../signal/score-words.ts";

/** One thing at two times: the score at the application, and the score of today, which the outcome has moved. */
export interface LaterTwin {
  readonly earlier: string;
  readonly later: string;
  /** The word of the name that says so; null: the values alone do. */
  readonly word: string | null;
  readonly rankCorrelation: number;
  readonly ofEarlier: number;
  /** What the later less the earlier one tells; null: nothing beyond chance. */
  readonly ofChange: Association | null;
  readonly ofLater: Association;
}

/** Behind the name of a thing: what it is on the day of the export. */
const NOW = new Set(
  "current currently today now updated latest actual actuel actuelle actualise actuales aktuell aktuelle aktueller aktuelles heute huidig huidige vandaag atual hoje attuale oggi nuvarande idag obecny obecna obecne dzisiaj guncel bugun son".split(
    " ",
  ),
);
/** Behind a name they make another amount of it, or a part (seats, and those that are used), and no later one. */
const OTHER_AMOUNT = new Set(
  "mean avg average median max min maximum minimum std sd var total sum count log ln sq squared norm normalized scaled zscore rank pct percent percentile ratio share diff delta change id code type limit goal target used free taken available capacity x y".split(
    " ",
  ),
);

type Ranks = ReturnType<typeof ranks>;

const ROWS = 5_000;
const LEAST_ROWS = 50;
/** Rank correlation of the two; how many times wider the one may be spread than the other, and how many of their standard deviations the means may lie apart. */
const [TWINS, MOST_WIDER, MOST_APART] = [0.6, 2, 1];
/** What the change must tell where no word says which is the later one. */
const LEAST_SCORE = 0.65;

/**
 * Two measurements of one thing, neither of which knows the outcome, differ by their errors alone; where their difference tells a class, and more than the one of them does, the other one was
 * moved by it, or the change is a cause: it asks. `score`, `score_current`: names that are alike but for one word.
 */
export function laterTwins(context: AuditContext): readonly LaterTwin[] {
  const associations = associationsOf(context);
  const view = targetView(context.target, context.task, ROWS, context.seed);
  if (view.rows.length < LEAST_ROWS) return [];
  const pairs = namedAlike(numberFeatures(context).map(({ name }) => name));
  const limit = zThreshold(pairs.length);
  return pairs.flatMap(([short, long, word]): LaterTwin[] => {
    const [a, b] = [associations.get(short), associations.get(long)];
    const isNamed = NOW.has(word);
    if (a === undefined || b === undefined || Math.max(a.score, b.score) >= NEAR_PERFECT) return [];
    const rankCorrelation = correlationOfTwins(context, short, long, view.rows);
    if (rankCorrelation < TWINS) return [];
    const isLonger = isNamed || b.score >= a.score;
    const [earlier, later] = isLonger ? [a, b] : [b, a];
    const [from, to] = [earlier, later].map(({ column }) => valuesOf(context, column)) as [Float64Array, Float64Array];
    const change: Float64Array = to.map((value, row) => value - (from[row] as number));
    const told = associate({ name: "change", type: "number", values: change }, view);
    const ofChange = told.z > limit ? told : null;
    const found = { earlier: earlier.column, later: later.column, rankCorrelation, ofEarlier: earlier.score, ofChange, ofLater: later };
    if (isNamed) return b.z > limit ? [{ ...found, word }] : [];
    const isMoved = ofChange !== null && ofChange.score >= LEAST_SCORE && ofChange.score > earlier.score;
    return isMoved && areOpposed(context, from, to, view.rows, pairs.length) ? [{ ...found, word: null }] : [];
  });
}

/**
 * Among rows alike in the later one the earlier one tells a class the other way round (partial rank correlation): so it is where their difference counts. Of the income of a household, beside that of
 * a person, or of a better measurement of the same, the difference tells of a class too, but the other one nothing more, or the same.
 */
function areOpposed({ target, task }: AuditContext, from: Float64Array, to: Float64Array, rows: Int32Array, pairs: number): boolean {
  if (task.kind === "regression") return false;
  const both = rows.filter((row) => Number.isFinite(from[row]) && Number.isFinite(to[row]));
  const [earlier, later] = [from, to].map((values) => ranks(float64From(both, (row) => values[row] as number))) as [Ranks, Ranks];
  const xz = pearson(earlier, later);
  const limit = zThreshold(pairs * task.classes.length);
  return task.classes.some((_, label) => {
    const own = float64From(both, (row) => Number(target[row] === label));
    const yz = pearson(later, own);
    const beside = partialCorrelation(pearson(earlier, own), xz, yz);
    return beside * yz < 0 && Math.abs(Math.atanh(beside)) * Math.sqrt(both.length - 4) > limit;
  });
}

/** Columns that may be of a later day than the one they are named after. */
export function writtenLater(context: AuditContext): readonly Suspicion[] {
  return laterTwins(context).flatMap((found) => (answerFor(context, found.later) === null ? [twinSuspicion(context, found)] : []));
}

function twinSuspicion(context: AuditContext, found: LaterTwin): Suspicion {
  const { earlier, later, word, rankCorrelation, ofEarlier, ofChange, ofLater } = found;
  const said = word === null ? "" : `, and its name ("${word}") is that of the day of the export`;
  const told = ofChange ?? ofLater;
  const what = ofChange === null ? `\`${later}\`` : "their difference";
  const tells = `${what} tells the target: ${scoreWords(told, context.task)} (\`${earlier}\` alone ${ofEarlier.toFixed(3)})`;
  const cause = ofChange === null ? "" : ", or what lies between them is a cause";
  return {
    trap: "post-outcome",
    columns: [later],
    rows: NO_ROWS,
    severity: "harmful",
    confidence: 0.45,
    evidence: {
      ...scoreEvidence(told),
      of: ofChange === null ? "later" : "difference",
      kind: "later-twin",
      earlier,
      word,
      rankCorrelation,
      ofEarlier,
    },
    fix: { action: "advice", text: `Find out of which day \`${later}\` is; where that lies after the prediction, leave it out.` },
    counterfactual: { change: "steps", steps: [{ op: "drop", columns: [later] }], flatters: true },
    question: knownQuestion(later),
    choices: KNOWN_AT,
    why: `\`${later}\` and \`${earlier}\` seem to be one thing at two times${said}; ${tells}. The outcome may have moved the later one, which then is known no earlier${cause}.`,
  };
}

/** Names that are another name and one word more, with that word: behind it where it says "now". A word with a number at the end (`spend_p1`, `spend_m3`) is one. */
function namedAlike(names: readonly string[]): readonly (readonly [short: string, long: string, word: string])[] {
  const byWords = new Map(names.map((name) => [nameWords(name).join(" "), name]));
  return names.flatMap((long) => {
    const words = nameWords(long);
    if (words.length < 2 || meaningOf(long).excusedBy.length > 0) return [];
    return words.flatMap((word, place): [string, string, string][] => {
      const isNumbered = place === words.length - 2 && /^\d+$/.test(words[place + 1] ?? "");
      const short = byWords.get(words.toSpliced(place, isNumbered ? 2 : 1).join(" "));
      const isEnd = place === words.length - 1;
      if (short === undefined || OTHER_AMOUNT.has(word) || /^\d+$/.test(word) || (NOW.has(word) && !isEnd)) return [];
      return [[short, long, word]];
    });
  });
}

function valuesOf(context: AuditContext, name: string): Float64Array {
  const column = columnOf(context.frame, name);
  return "values" in column ? column.values : new Float64Array(context.frame.rows).fill(Number.NaN);
}

/** 0 where they are of other scales. */
function correlationOfTwins(context: AuditContext, short: string, long: string, rows: Int32Array): number {
  const [a, b] = [valuesOf(context, short), valuesOf(context, long)];
  const both = rows.filter((row) => Number.isFinite(a[row]) && Number.isFinite(b[row]));
  if (both.length < LEAST_ROWS || 2 * both.length < rows.length) return 0;
  const [x, y] = [float64From(both, (row) => a[row] as number), float64From(both, (row) => b[row] as number)];
  const [wide, wider] = [Math.sqrt(variance(x)), Math.sqrt(variance(y))].toSorted((one, other) => one - other) as [number, number];
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value / values.length, 0);
  if (wide === 0 || wider > MOST_WIDER * wide || Math.abs(mean(x) - mean(y)) > MOST_APART * wider) return 0;
  return pearson(ranks(x), ranks(y));
}
