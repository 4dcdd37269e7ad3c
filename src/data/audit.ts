import { type Answers, momentsOf } from "../core/answers.ts";
import type { Outcome } from "../core/experiment.ts";
import { type Finding, NO_TIME, type Reach, SEVERITIES, type SplitGap, type Suspicion, type Unchecked } from "../core/finding.ts";
import { canonicalJson } from "../core/json.ts";
import type { Recipe } from "../core/recipe.ts";
import type { Roles } from "../core/role.ts";
import { type Fold, givenBeside, type SplitPolicy } from "../core/split.ts";
import { BudgetEnded, estimateOf, type Lab } from "../lab/index.ts";
import type { AuditContext, Check } from "./check.ts";
import { countedIn } from "./findings/affected-rows.ts";
import { answerTo, choicesOf, confirmed, refuseBadAnswers, refuseUnknownNames, unasked } from "./findings/answers.ts";
import { withIds } from "./findings/finding-id.ts";
import { oneFindingPerCause } from "./findings/one-cause.ts";
import { withComplements } from "./harm/complement.ts";
import {
  type ExperimentFor,
  type HonestGround,
  honestGround,
  inFixedOrder,
  isLikelyLeak,
  isLikelyRepair,
  leavesOutToBeHonest,
} from "./harm/ground.ts";
import { withoutHiding } from "./harm/hidden-leaks.ts";
import { keepOneFeature, supported, toldPrice, undecidedUntil, waitingFor } from "./harm/left-out.ts";
import { adviceForFeatures } from "./harm/linear-advice.ts";
import { besideLinear, isOfLinearModels, linearCosts } from "./harm/linear-costs.ts";
import { measuredWhy } from "./harm/measured-why.ts";
import { metricOf, truthFor } from "./harm/measures.ts";
import { ofColumnsLeft } from "./harm/of-model.ts";
import { withoutLossTwice } from "./harm/out-already.ts";
import { effectOf, type Price, type PricingOptions, priceHarms, runGround } from "./harm/pricing.ts";
import { rolesAfter } from "./harm/roles-after.ts";
import { withoutRowsDroppedTwice } from "./harm/rows-dropped-twice.ts";
import { inOrderOfHarm, judge, readsWords, whereLeft } from "./harm/severity.ts";
import { surenessOf } from "./harm/sureness.ts";
import { withWhatBecomes } from "./harm/what-becomes.ts";
import { withoutMoot } from "./harm/without-moot.ts";
import { type Found, type InspectOptions, inspectAll, inspectFirst, type Looked, type TestGround } from "./inspect.ts";
import { besidePlainTarget } from "./inspect-plain.ts";
import { besideOpenLeaks, openLeaks } from "./labels/beside-open-leaks.ts";
import { labelReach } from "./labels/label-reach.ts";
import { reviewFile } from "./labels/label-review.ts";
import { beforeTest } from "./split/before-test.ts";
import { besideGap } from "./split/beside-gap.ts";
import { besideLaterTest, timeOfLaterTest } from "./split/later-test.ts";
import { type GivenSplit, isByChance, proposeSplit, type SplitProposal } from "./split/split-proposal.ts";

export interface AuditOptions extends InspectOptions {
  readonly given?: GivenSplit;
  /** What the user said to questions. */
  readonly answers?: Answers;
  /** Harm is no longer measured when less than this is left of the lab's budget. */
  readonly reserveMs?: number;
  /** What models are judged by. */
  readonly metric?: string;
  /** Most traps that are priced. */
  readonly mostPriced?: number;
  /** The rows of experiments, where checks look at more of them. */
  readonly judged?: AuditContext;
  /** None were asked for. */
  readonly noExperiments?: boolean;
}

export interface Audit {
  /** By severity, then harm. */
  readonly findings: readonly Finding[];
  readonly unchecked: readonly Unchecked[];
  /** How much of a trap its check would have found, where that was measured. */
  readonly reach: readonly Reach[];
  readonly split: SplitPolicy;
  readonly proposal: SplitProposal;
  /** null when the proposed policy is the naive one, or when it could not be measured. */
  readonly gap: SplitGap | null;
  /** Repairs of mended findings in a fixed order. */
  readonly recipe: Recipe;
  /** Roles after leaks were taken out. */
  readonly roles: Roles;
  /** `review.csv`: labels that a person should look at; null without any. */
  readonly review: string | null;
  /** What went wrong on the way, each a plain sentence. */
  readonly notes: readonly string[];
}

const MOST_PRICED = 30;

/**
 * Runs the checks, proposes the split, prices what they found and decides what is mended. By default likely leaks are dropped and likely repairs
 * are made. A likely leak stays out even if no difference is shown: leaving it out is the simpler side, and keeping a leak would be a lie. One without which
 * the score is exactly the same is no lie and stays in. A repair that its own experiment does not support is not made (`judge`). Never stops before an answer
 * when the budget ends: what was not priced says so.
 */
export async function audit(
  context: AuditContext,
  checks: readonly Check[],
  lab: Lab,
  experimentFor: ExperimentFor,
  options: AuditOptions = {},
): Promise<Audit> {
  const notes: string[] = [];
  const answers = options.answers ?? {};
  const columns = context.dataset.columns.map(({ name }) => name);
  refuseUnknownNames(answers, columns, context.roles.target);
  const before = checks.filter(({ subject }) => subject !== "out-of-fold");
  const first = await besidePlainTarget(context, before, await inspectFirst(context, before, options), options);
  const ofValues = first.found.filter((one) => !isOfLinearModels(one));
  const laterTest = timeOfLaterTest(context, options.test?.context ?? null, answers);
  const found = withComplements(context, oneFindingPerCause(context, ofValues)).map((one) => besideLaterTest(one, laterTest));
  const early = withAnswers(found, answers, columns).filter(({ rejected }) => !rejected);
  const proposal = beforeTest(proposeSplit(context, early, { ...options.given, laterTest }), options.test?.context ?? null);
  const roles = withGroup(context.roles, proposal, early);
  const likely = keepOneFeature(
    roles.features,
    early.filter((one) => isLikelyLeak(one) || isLikelyRepair(one)),
    notes,
  );
  const late = await secondLook(context, checks, honestGround(roles.features, likely, proposal.split), { lab, experimentFor, options });
  const asked = withAnswers([...found, ...besideOpenLeaks(late.found, openLeaks(early, likely))], answers, columns);
  refuseBadAnswers(answers, columns, asked);
  for (const key of unasked(answers, columns, asked)) notes.push(`The answer for "${key}" changes nothing here: this run does not ask it.`);
  const scene: Omit<Scene, "waiting" | "takenBack"> = {
    ranked: asked.filter((one) => !isMoot(one, context.roles, roles)).sort(byPriority),
    proposal,
    roles,
    pricing: pricingOptions(lab, experimentFor, options),
    test: options.test ?? null,
    metric: options.metric ?? null,
  };
  const { gap, findings, kept, told } = await settleAll(scene, likely, waitingFor(early));
  const recipe = inFixedOrder(kept.flatMap(({ fix }) => (fix.action === "steps" ? fix.steps : [])));
  const ground = honestGround(roles.features, kept, proposal.split);
  const ofLinear = await linearCosts(context, first.found.filter(isOfLinearModels), found, ground, scene.pricing);
  const after = rolesAfter(roles, kept);
  const own = await ofColumnsLeft(withoutLossTwice(withoutMoot(findings, scene.ranked, kept), kept), checks, context, after);
  const said = adviceForFeatures(besideLinear(own, ofLinear), after);
  return {
    findings: withWhatBecomes(inOrderOfHarm(said), after),
    unchecked: [...first.unchecked, ...late.unchecked],
    reach: late.reach,
    split: proposal.split,
    proposal: besideGap(proposal, gap),
    gap,
    recipe,
    roles: after,
    review: late.review,
    notes: [...notes, ...told],
  };
}

/**
 * Checks that look at the answers of a model on the honest ground, and the labels that a person should review. They take no part in the ground: nothing of
 * it changes by what they find. Unchecked when the budget ends first.
 */
async function secondLook(
  context: AuditContext,
  checks: readonly Check[],
  ground: HonestGround,
  { lab, experimentFor, options }: { readonly lab: Lab; readonly experimentFor: ExperimentFor; readonly options: AuditOptions },
): Promise<Looked & { readonly review: string | null; readonly reach: readonly Reach[] }> {
  const late = checks.filter(({ subject }) => subject === "out-of-fold");
  const nothing = { found: [], unchecked: late.map(({ trap }) => ({ trap, why: NO_TIME })), review: null, reach: [] };
  if (late.length === 0 || lab.left() <= (options.reserveMs ?? 0)) return nothing;
  try {
    const { id, outOfFold, experiment } = await runGround(ground, { lab, experimentFor });
    const judged = options.judged ?? context;
    const foldOf = foldsOfRows(lab.folds(experiment), judged.frame.rows);
    const seen = { ...judged, outOfFold: { ...outOfFold, foldOf }, roles: { ...judged.roles, features: ground.features } };
    const looked = await inspectAll(seen, late, options);
    const review = looked.found.length === 0 ? null : reviewFile(seen);
    return { ...looked, review, reach: late.some(({ trap }) => trap === "wrong-label") ? await reachOf(seen, id) : [] };
  } catch (error) {
    if (error instanceof BudgetEnded) return nothing;
    throw error;
  }
}

/** The fold that judges each row in the first repeat, which judges each row once; -1 = none does. */
function foldsOfRows(folds: readonly Fold[], rows: number): Int32Array {
  const of = new Int32Array(rows).fill(-1);
  for (const { index, test } of folds) for (const row of test) if (of[row] === -1) of[row] = index;
  return of;
}

/** Empty when the budget ends first: what was found still stands. */
async function reachOf(context: AuditContext, experiment: string): Promise<readonly Reach[]> {
  try {
    const reach = await labelReach(context, [experiment]);
    return reach === null ? [] : [reach];
  } catch (error) {
    if (error instanceof BudgetEnded) return [];
    throw error;
  }
}

const REJECTED: Price = { harm: null, unmeasured: "By the answer given it is no trap, so nothing was measured." };

function givenSplit({ context }: TestGround, split: SplitPolicy): SplitPolicy {
  return givenBeside(split, context.testRows?.length ?? 0);
}

/** A suspicion with its id and what the user said to it. */
interface Asked extends Suspicion {
  readonly id: string;
  readonly subject: Check["subject"];
  readonly answer: string | null;
  readonly rejected: boolean;
}

/** What was said of several columns together is an answer for each: whoever answered the question about both is not asked about either. */
function withAnswers(found: readonly Found[], answers: Answers, columns: readonly string[]): readonly Asked[] {
  const ofEach = { ...Object.fromEntries(momentsOf(answers, columns).map(({ column, moment }) => [column, moment])), ...answers };
  return withIds(found).map((one): Asked => {
    // That values are written later leaves open what their being missing tells.
    const told = one.trap === "missingness-leak" ? answers : ofEach;
    const answer = answerTo(one, told);
    if (answer === null) return { ...one, answer: null, rejected: false };
    if (answer.confirms) return { ...confirmed(one, told), answer: answer.word, rejected: false };
    const { ifRejected } = one;
    return ifRejected === undefined
      ? { ...one, answer: answer.word, rejected: true }
      : { ...one, ...ifRejected, confidence: 1, answer: answer.word, rejected: false };
  });
}

interface Scene {
  readonly ranked: readonly Asked[];
  readonly proposal: SplitProposal;
  readonly roles: Roles;
  readonly pricing: PricingOptions;
  readonly test: TestGround | null;
  readonly metric: string | null;
  /** Fixes that wait for answers: their ids, with those of the questions. */
  readonly waiting: ReadonlyMap<string, readonly string[]>;
  /** Ids of fixes that were taken back before the rest was priced. */
  readonly takenBack: ReadonlySet<string>;
}

interface Settled {
  readonly gap: SplitGap | null;
  readonly findings: readonly Finding[];
  /** What stays mended. */
  readonly kept: readonly Asked[];
  readonly told: readonly string[];
}

function unpriced({ id }: Asked, waiting: Scene["waiting"]): Price {
  const questions = waiting.get(id);
  return questions === undefined ? REJECTED : undecidedUntil(questions);
}

/** A fix that waits for a question which the prices have closed waits no more: all is settled anew with it. */
async function settleAll(
  scene: Omit<Scene, "waiting" | "takenBack">,
  likely: readonly Asked[],
  waiting: Scene["waiting"],
): Promise<Settled> {
  const ready = likely.filter(({ id }) => !waiting.has(id));
  const made = await supported(ready, scene.roles, scene.proposal.split, scene.pricing);
  const takenBack = new Set(ready.flatMap((one) => (made.includes(one) ? [] : [one.id])));
  const settled = await settle({ ...scene, waiting, takenBack }, made);
  const asks = new Set(settled.findings.flatMap(({ id, question }) => (question === null ? [] : [id])));
  const still = new Map([...waiting].filter(([, questions]) => questions.some((id) => asks.has(id))));
  return still.size === waiting.size ? settled : await settleAll(scene, likely, still);
}

/**
 * Prices everything on the ground that the given fixes make. When a repair is taken back because it makes the score worse, that ground was not the one
 * that is shipped: all is priced again without it, until nothing more is taken back.
 */
async function settle(scene: Scene, mended: readonly Asked[]): Promise<Settled> {
  const { ranked, proposal, roles, pricing, test, waiting } = scene;
  const told: string[] = [];
  const ground = honestGround(roles.features, mended, proposal.split);
  const gap = await measureGap(ground, proposal, pricing, told);
  const priced = ranked.filter(({ rejected, id }) => !rejected && !waiting.has(id));
  const first = await priceHarms(priced, ground, roles.features, {
    ...pricing,
    ...(test === null
      ? {}
      : { test: { ground: { ...ground, split: givenSplit(test, proposal.split) }, experimentFor: test.experimentFor } }),
  });
  const ofRows = await withoutRowsDroppedTwice(priced, ground, roles.features, first, pricing);
  const prices = await withoutHiding(priced, ground, roles.features, ofRows, pricing);
  told.push(...prices.notes);
  if (prices.ended && !pricing.noExperiments)
    told.push("The budget ended before the harm of every finding was measured; those without harm were not priced.");
  const idle = new Set(priced.flatMap((one, place) => (isUnsureLeak(one) && prices.idle.has(place) ? [one.id] : [])));
  const needed = mended.filter(({ id }) => !idle.has(id));
  const findings = inOrderOfHarm(
    ranked.map((one) => findingOf(one, prices.harms[priced.indexOf(one)] ?? unpriced(one, waiting), needed, scene)),
  );
  const stays = new Set(findings.filter(({ state }) => state === "mended").map(({ id }) => id));
  const kept = mended.filter(({ id }) => stays.has(id));
  return kept.length === mended.length || prices.ended ? { gap, findings, kept, told } : await settle(scene, kept);
}

/** A likely leak that nobody has called certain. */
function isUnsureLeak(one: Asked): boolean {
  return isLikelyLeak(one) && one.answer === null && one.evidence.certain !== true;
}

/** A key that the split goes by is no feature any more: on new groups it has only new values. One that is a quantity stays. */
function withGroup(roles: Roles, { split, by, why }: SplitProposal, suspicions: readonly Suspicion[]): Roles {
  const found = suspicions.find(
    ({ trap, fix }) => trap === "group-leak" && fix.action === "split" && canonicalJson(fix.split) === canonicalJson(split),
  );
  const [key] = by;
  const features = roles.features.filter((name) => !by.includes(name));
  if (found === undefined || key === undefined || found.evidence.from === "blocks" || features.length === 0) return roles;
  return {
    ...roles,
    features,
    ids: roles.ids.filter((name) => name !== key),
    group: key,
    why: Object.fromEntries([...Object.entries(roles.why), [key, why]]),
  };
}

/** What would drop the key that the split goes by, or read its words: it is no feature any more. */
function isMoot(one: Suspicion, before: Roles, { group }: Roles): boolean {
  return (leavesOutToBeHonest(one) || readsWords(one)) && group !== null && group !== before.group && one.columns.join() === group;
}

function pricingOptions(lab: Lab, experimentFor: ExperimentFor, options: AuditOptions): PricingOptions {
  return {
    lab,
    experimentFor,
    signal: options.signal ?? null,
    reserveMs: options.reserveMs ?? 0,
    mostPriced: options.mostPriced ?? MOST_PRICED,
    noExperiments: options.noExperiments === true,
    onPriced: (done, planned) => options.onProgress?.("measuring what the traps cost", { done, planned, unit: "traps", isLast: true }),
  };
}

/** Severe and sure ones are priced first: the budget may end. */
function byPriority(a: Suspicion, b: Suspicion): number {
  const key = ({ trap, columns }: Suspicion) => `${trap} ${columns.join("\u0001")}`;
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.confidence - a.confidence || (key(a) < key(b) ? -1 : 1);
}

async function measureGap(
  ground: HonestGround,
  proposal: SplitProposal,
  pricing: PricingOptions,
  notes: string[],
): Promise<SplitGap | null> {
  const { lab } = pricing;
  try {
    const honest = await runGround(ground, pricing);
    if (isByChance(proposal)) return null;
    const naive = await runGround({ ...ground, split: proposal.naive }, pricing);
    const estimate = (outcome: Outcome) => estimateOf(outcome, metricOf(outcome), 0.95, truthFor(lab, outcome));
    return { metric: metricOf(honest), random: estimate(naive), proposed: estimate(honest) };
  } catch (error) {
    if (!(error instanceof BudgetEnded)) throw error;
    if (!pricing.noExperiments) notes.push("The budget ended before the gap between the proposed and a random split was measured.");
    return null;
  }
}

function findingOf(suspicion: Asked, price: Price, mended: readonly Asked[], scene: Scene): Finding {
  const { counterfactual: _, ifRejected: _no, subject: _about, besideScore: _why, rejected, choices: _words, ...more } = suspicion;
  const { untilMeasured: _till, held: _held, whyUnlessFlatters: _less, ifConfirmed: _yes, ...rest } = more;
  const evidence = rest.trap === "group-leak" && isByChance(scene.proposal) ? { ...rest.evidence, judgedByChance: true } : rest.evidence;
  const { lacksProof, ...told } = toldPrice(suspicion, price);
  const said = { ...rest, ...surenessOf(suspicion), evidence, why: `${measuredWhy(suspicion, told.harm)}${countedIn(rest.rows)}` };
  const [{ harm }, choices] = [told, choicesOf(suspicion)];
  if (rejected) return { ...said, ...told, severity: "cosmetic", state: "open", choices };
  const { severity: judged, isUnsupported } = judge(suspicion, harm, suspicion.answer !== null);
  const isTakenBack = scene.takenBack.has(suspicion.id) && harm !== null && effectOf(harm) === "none";
  const isKept = (isUnsupported || isTakenBack) && suspicion.fix.action === "steps";
  const applied = isApplied(suspicion, mended, scene) && !isKept && !lacksProof;
  const isLeft = judged === "cosmetic" && !applied && !isUnsupported;
  const left = isLeft ? whereLeft(suspicion, harm) : { severity: judged, fix: said.fix };
  // Statistics have decided: what makes no difference needs no answer. How new cases come is not decided by a difference that nobody could measure.
  const isOpen = (applied && isLikelyLeak(suspicion)) || (suspicion.fix.action === "split" && harm?.undecided === true);
  const isSettled = left.severity === "cosmetic" && harm !== null && !isOpen && suspicion.answer === null;
  return {
    ...said,
    ...told,
    ...left,
    state: applied ? "mended" : isKept ? "kept" : "open",
    question: isSettled ? null : said.question,
    choices: isSettled ? null : choices,
  };
}

function isApplied({ id, fix }: Asked, mended: readonly Asked[], { proposal, metric }: Scene): boolean {
  if (fix.action === "split") return canonicalJson(fix.split) === canonicalJson(proposal.split);
  if (fix.action === "reading") return true;
  if (fix.action === "metric") return fix.metric === metric;
  return mended.some((one) => one.id === id);
}
