import type { Suspicion } from "../../core/finding.ts";
import { expectedZeros } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import type { ValueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, percent } from "../findings/phrase.ts";
import { targetCounts, targetEnd } from "../labels/target-values.ts";
import { zerosOfKinds } from "../leaks/zeros-of-kinds.ts";

/** Fewer zeros than this do not bend a model. */
const LEAST_SHARE = 0.05;
/** As many times more zeros as the rest explains. */
const NOTABLE = 1.5;
/** Standard deviations of a count above what the rest explains. */
const SURE_Z = 4;
const LEAST_ROWS = 20;
/** The middle value is 0. */
const MOSTLY = 0.5;

/** Zeros that do not belong to the distribution of the other values: two questions in one target, "at all?" and "how much?". */
export const zeroInflated: Check = {
  trap: "zero-inflated",
  title: "The target mixes zeros and amounts",
  inspect(context) {
    const counts = targetCounts(context);
    if (counts === null || counts.values[0] !== 0 || counts.values.length < 5) return [];
    const zeros = counts.counts[0] ?? 0;
    if (zeros < LEAST_ROWS || zeros < LEAST_SHARE * counts.present || counts.present - zeros < LEAST_ROWS) return [];
    // Where a level explains them, the zeros are those of unobserved-as-zero.
    const inLevels = zerosOfKinds(context).reduce((sum, { rows }) => sum + rows, 0);
    if (inLevels > 0.8 * zeros) return [];
    const { explained, most, kind } = explainedZeros(counts);
    const z = (zeros - most) / Math.sqrt(Math.max(1, most));
    if (zeros >= NOTABLE * most && z >= SURE_Z) return [suspicion(context, counts, { zeros, explained, most, kind, z })];
    if (zeros > MOSTLY * counts.present) return [mostlyZero(context, counts, zeros)];
    return kind === "counts" ? beyondPoisson(context, counts, zeros) : [];
  },
};

/** Counts that vary more than those of one rate: their zeros are no other kind of rows, but the usual model of counts does not allow for them. */
function beyondPoisson(context: AuditContext, { values, counts, present }: ValueCounts, zeros: number): Suspicion[] {
  const { roles, target } = context;
  const mean = values.reduce((sum, value, place) => sum + value * (counts[place] ?? 0), 0) / present;
  const expected = present * Math.exp(-mean);
  const z = (zeros - expected) / Math.sqrt(Math.max(1, expected));
  if (zeros < NOTABLE * expected || z < SURE_Z) return [];
  return [
    {
      trap: "zero-inflated",
      columns: [roles.target],
      rows: affectedRows(context, (row) => target[row] === 0),
      severity: "cosmetic",
      confidence: 0.9,
      evidence: { kind: "beyond-poisson", zeros, share: zeros / present, mean, expected, z },
      fix: {
        action: "advice",
        text: "Where a model of counts is wanted, see whether the columns explain the zeros (times at risk, rates that differ from row to row); if they do not, take one that allows for more of them (negative binomial, Tweedie, or two models) than a Poisson one.",
      },
      counterfactual: null,
      unmeasured: "Trees need nothing; for models of counts the share of the zeros is the figure.",
      question: null,
      why: `${amount(zeros)} rows (${percent(zeros / present)}) of \`${roles.target}\` are 0, where counts of one rate with this mean (Poisson, ${amount(Number(mean.toPrecision(3)))}) would have ${amount(Math.round(expected))}.`,
    },
  ];
}

/** However well the zeros go with the rest: where the middle value is 0, absolute errors favour a model that always answers 0. */
function mostlyZero(context: AuditContext, { present }: ValueCounts, zeros: number): Suspicion {
  const { roles, target } = context;
  const share = zeros / present;
  return {
    trap: "zero-inflated",
    columns: [roles.target],
    rows: affectedRows(context, (row) => target[row] === 0),
    severity: "cosmetic",
    confidence: 0.95,
    evidence: { kind: "mostly-zero", zeros, share },
    fix: {
      action: "advice",
      text: "Judge by a deviance (Poisson, Tweedie) or by squared errors; compare with two models, one for whether it is 0 and one for the amount.",
    },
    counterfactual: null,
    unmeasured: "Which errors count is for the user to say: the share of the zeros is the figure.",
    question: null,
    why: `${amount(zeros)} rows (${percent(share)}) of \`${roles.target}\` are 0: of all constant answers 0 has the smallest absolute error, and a model that is judged by it learns to say 0.`,
  };
}

interface Zeros {
  readonly zeros: number;
  /** Zeros that the other values lead to expect, and the most that they allow. */
  readonly explained: number;
  readonly most: number;
  readonly kind: "counts" | "amounts";
  readonly z: number;
}

/** Of whole numbers: by the truncated negative binomial. Of amounts: as many as the most frequent value near 0. */
function explainedZeros(counts: ValueCounts): Pick<Zeros, "explained" | "most" | "kind"> {
  const whole = counts.values.every((value) => Number.isInteger(value));
  if (whole && (counts.values.length < 20 || (counts.values[1] ?? 0) < 10)) {
    const { expected, most } = expectedZeros(counts.values, counts.counts);
    return { explained: expected, most: Math.max(most, steepest(counts)), kind: "counts" };
  }
  const end = targetEnd(counts, "low");
  return { explained: end?.usual ?? 0, most: end?.largest ?? 0, kind: "amounts" };
}

/** Zeros of counts that fall towards 0 twice as steeply as from 1 to 2, in logarithms. */
function steepest({ values, counts }: ValueCounts): number {
  const [ones, twos] = [1, 2].map((value) => counts[values.indexOf(value)] ?? 0);
  return ones === undefined || !twos ? 0 : ones * (ones / twos) ** 2;
}

function suspicion(context: AuditContext, counts: ValueCounts, found: Zeros): Suspicion {
  const { zeros, explained, most, kind, z } = found;
  const share = zeros / counts.present;
  return {
    trap: "zero-inflated",
    columns: [context.roles.target],
    rows: affectedRows(context, (row) => context.target[row] === 0),
    severity: "costly",
    // The share of zeros that the most generous fit leaves unexplained.
    confidence: Math.min(0.98, 1 - most / zeros),
    evidence: { zeros, share, explained, mostExplained: most, kind, z },
    fix: {
      action: "advice",
      text: "Compare with two models, one for whether it is 0 and one for the amount, or a Tweedie loss; judge by a metric that suits amounts with zeros (not relative errors).",
    },
    counterfactual: null,
    unmeasured: "Two models in one are no step of preparation; the choice of models compares losses.",
    question: null,
    why: `${amount(zeros)} rows (${percent(share)}) of \`${context.roles.target}\` are 0; ${kind === "counts" ? `the other counts lead to expect ${amount(Math.round(explained))}` : `the values next to 0 are in ${amount(most)} rows at most`}. One model of the amount answers two questions at once and fits neither.`,
  };
}
