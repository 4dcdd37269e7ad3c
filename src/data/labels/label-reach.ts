import type { Reach } from "../../core/finding.ts";
import { createRandom, type Random } from "../../core/random.ts";
import { float64From, int32From, placesUpTo } from "../../core/typed-from.ts";
import { mean } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type Labelled, labelIssues } from "./confident-learning.ts";
import { hasWitnesses, judgeClasses, labelledRows, meanOutputs } from "./label-review.ts";
import { residualOutliers } from "./residual-tail.ts";

/** Median error rate of the labels of ten public data sets is 3 %, the most 10 % (Northcutt, Athalye and Mueller 2021). */
const RATE = 0.05;
const DRAWS = 7;
/** Rows of a draw: the tests say no more on further ones than time they cost. */
const MOST_ROWS = 20_000;

/**
 * What the check for wrong labels would have found had RATE of the labels been wrong at random: planted in the labels, looked for with the same tests. A class becomes
 * another at random, a value that of another row. Nothing is trained again: a model of labels of which a share r is wrong answers
 * (1 - r) P(k) + r (1 - P(k)) / (classes - 1), or (1 - r) f(x) + r mean for values (forward correction, Patrini et al. 2017). A real model also learns less from
 * wrong labels, so the true share is at most that. null without out-of-fold answers. Shares of the planted rows, means over the draws without an interval: what was found is nothing or
 * much in a draw, and the order differs by nothing but which rows were planted. experiments: ids of those that gave the out-of-fold answers.
 */
export async function labelReach(context: AuditContext, experiments: readonly string[]): Promise<Reach | null> {
  const { outOfFold, task } = context;
  if (outOfFold === null) return null;
  const draw = task.kind === "regression" ? valuesDraw(context) : classesDraw(context);
  const drawn: Drawn[] = [];
  for (let i = 0; i < DRAWS; i++) {
    await context.pause();
    const one = draw(createRandom(context.seed, "label reach", i));
    if (one === null) return null;
    drawn.push(one);
  }
  return {
    trap: "wrong-label",
    planted: task.kind === "regression" ? "values replaced by those of other rows at random" : "labels changed at random",
    rate: RATE,
    found: mean(drawn.map(({ found }) => found)),
    ranked: mean(drawn.map(({ ranked }) => ranked)),
    draws: DRAWS,
    silent: drawn.filter(({ found }) => found === 0).length,
    experiments,
  };
}

/** Shares of the planted rows: in what the check lists, and among as many rows as were planted that contradict the model most. */
interface Drawn {
  readonly found: number;
  readonly ranked: number;
}

type Draw = (random: Random) => Drawn | null;

function someOf(count: number, random: Random): Int32Array {
  const all = placesUpTo(count);
  return count <= MOST_ROWS ? all : random.shuffle(all).slice(0, MOST_ROWS).sort();
}

function classesDraw(context: AuditContext): Draw {
  const outOfFold = context.outOfFold;
  if (outOfFold === null) return () => null;
  const { labelled, view, isConflict: isUneven, isKnown, isRepeated } = labelledRows(context, outOfFold);
  const isConflict = (place: number) => isUneven(place) || isKnown(place);
  const asksFlat = hasWitnesses(context);
  const { classes } = labelled;
  return (random) => {
    const places = someOf(labelled.labels.length, random);
    const labels = int32From(places, (place) => labelled.labels[place] ?? 0);
    const planted = new Set<number>();
    labels.forEach((label, at) => {
      if (isConflict(places[at] ?? -1) || random.next() >= RATE) return;
      labels[at] = (label + 1 + random.integer(classes - 1)) % classes;
      planted.add(at);
    });
    const probabilities = new Float64Array(places.length * classes);
    for (let at = 0; at < probabilities.length; at++) {
      const own = labelled.probabilities[(places[Math.floor(at / classes)] ?? 0) * classes + (at % classes)] ?? 0;
      probabilities[at] = (1 - RATE) * own + (RATE * (1 - own)) / (classes - 1);
    }
    const spoilt: Labelled = { labels, probabilities, classes };
    const own =
      view === null
        ? null
        : float64From(probabilities, (_, at) => view[(places[Math.floor(at / classes)] ?? 0) * classes + (at % classes)] ?? 0);
    const judged = judgeClasses(
      {
        labelled: spoilt,
        view: own,
        segments: [],
        areKnown: false,
        isConflict: (at) => isConflict(places[at] ?? -1),
        isRepeated: (at) => isRepeated(places[at] ?? -1),
      },
      asksFlat,
      random,
    );
    const listed = judged?.reviewed.map(({ row }) => row) ?? [];
    const ranked = labelIssues(spoilt).flatMap(({ place: at }) => (isConflict(places[at] ?? -1) ? [] : [at]));
    return drawnOf(planted, listed, ranked);
  };
}

function valuesDraw(context: AuditContext): Draw {
  const outOfFold = context.outOfFold;
  if (outOfFold === null) return () => null;
  const { rows, outputs } = meanOutputs(outOfFold, 1);
  const centre = mean(outputs);
  return (random) => {
    const places = someOf(rows.length, random);
    const truth = float64From(places, (place) => context.target[rows[place] ?? 0] ?? Number.NaN);
    const said = float64From(places, (place) => (1 - RATE) * (outputs[place] ?? 0) + RATE * centre);
    const kept = truth.slice();
    const planted = new Set<number>();
    truth.forEach((value, at) => {
      if (random.next() >= RATE) return;
      truth[at] = kept[random.integer(kept.length)] ?? value;
      if (truth[at] !== value) planted.add(at);
    });
    const listed = residualOutliers(truth, said)?.outliers.map(({ place }) => place) ?? [];
    const off = (at: number) => Math.abs((truth[at] ?? 0) - (said[at] ?? 0));
    const ranked = Array.from(truth.keys()).sort((a, b) => off(b) - off(a) || a - b);
    return drawnOf(planted, listed, ranked);
  };
}

function drawnOf(planted: ReadonlySet<number>, listed: readonly number[], ranked: readonly number[]): Drawn | null {
  const share = (places: readonly number[]) => places.filter((at) => planted.has(at)).length / planted.size;
  return planted.size === 0 ? null : { found: share(listed), ranked: share(ranked.slice(0, planted.size)) };
}
