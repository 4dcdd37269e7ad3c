import type { Outcome } from "../core/experiment.ts";
import type { Finding, Harm, SplitGap, Suspicion } from "../core/finding.ts";
import { SEVERITIES } from "../core/finding.ts";
import { canonicalJson } from "../core/json.ts";
import type { Recipe } from "../core/recipe.ts";
import type { Roles } from "../core/role.ts";
import type { SplitPolicy } from "../core/split.ts";
import { BudgetEnded, estimateOf, type Lab } from "../lab/index.ts";
import type { AuditContext, Check } from "./check.ts";
import { droppedBy, type ExperimentFor, type HonestGround, honestGround, inFixedOrder, isLikelyLeak, isLikelyRepair } from "./ground.ts";
import { metricOf, type PricingOptions, priceHarms, runGround, truthFor } from "./pricing.ts";
import { inOrderOfHarm, judge } from "./severity.ts";
import { type GivenSplit, proposeSplit, type SplitProposal } from "./split-proposal.ts";

export interface AuditOptions {
  readonly signal?: AbortSignal | null;
  readonly onProgress?: (note: string, done: number, planned: number) => void;
  readonly given?: GivenSplit;
  /** Harm is no longer measured when less than this is left of the lab's budget. */
  readonly reserveMs?: number;
  /** Most traps that are priced. */
  readonly mostPriced?: number;
}

export interface Audit {
  /** F1, F2, ... by severity, then harm. */
  readonly findings: readonly Finding[];
  readonly split: SplitPolicy;
  readonly proposal: SplitProposal;
  /** null when the proposed policy is the naive one, or when it could not be measured. */
  readonly gap: SplitGap | null;
  /** Repairs of mended findings in a fixed order. */
  readonly recipe: Recipe;
  /** Roles after leaks were taken out. */
  readonly roles: Roles;
  /** What went wrong on the way, each a plain sentence. */
  readonly notes: readonly string[];
}

const MOST_PRICED = 30;

/**
 * Runs the checks, proposes the split, prices what they found and decides what is mended. By default likely leaks are dropped and likely repairs
 * are made. A likely leak stays out even if no difference is shown: leaving it out is the simpler side, and keeping a leak would be a lie. A repair
 * that makes the score worse is taken back. Never stops before an answer
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
  const suspicions = await inspectAll(context, checks, options, notes);
  const proposal = proposeSplit(context, suspicions, options.given ?? {});
  const roles = withGroup(context.roles, proposal, suspicions);
  const likely = keepOneFeature(
    roles.features,
    suspicions.filter((one) => isLikelyLeak(one) || isLikelyRepair(one)),
    notes,
  );
  const scene: Scene = {
    context,
    ranked: [...suspicions].sort(byPriority),
    proposal,
    roles,
    pricing: pricingOptions(lab, experimentFor, options),
  };
  const { gap, findings, kept, told } = await settle(scene, likely);
  const recipe = inFixedOrder(kept.flatMap(({ fix }) => (fix.action === "steps" ? fix.steps : [])));
  return { findings, split: proposal.split, proposal, gap, recipe, roles: rolesAfter(roles, kept), notes: [...notes, ...told] };
}

interface Scene {
  readonly context: AuditContext;
  readonly ranked: readonly Suspicion[];
  readonly proposal: SplitProposal;
  readonly roles: Roles;
  readonly pricing: PricingOptions;
}

interface Settled {
  readonly gap: SplitGap | null;
  readonly findings: readonly Finding[];
  /** What stays mended. */
  readonly kept: readonly Suspicion[];
  readonly told: readonly string[];
}

/**
 * Prices everything on the ground that the given fixes make. When a repair is taken back because it makes the score worse, that ground was not the one
 * that is shipped: all is priced again without it, until nothing more is taken back.
 */
async function settle(scene: Scene, mended: readonly Suspicion[]): Promise<Settled> {
  const { context, ranked, proposal, roles, pricing } = scene;
  const told: string[] = [];
  const ground = honestGround(roles.features, mended, proposal.split);
  const gap = await measureGap(ground, proposal, pricing, told);
  const prices = await priceHarms(ranked, ground, roles.features, pricing);
  told.push(...prices.notes);
  if (prices.ended) told.push("The budget ended before the harm of every finding was measured; those without harm were not priced.");
  const findings = numbered(ranked.map((suspicion, i) => findingOf(context, suspicion, prices.harms[i] ?? null, mended, proposal)));
  const kept = mended.filter((suspicion) => stateOf(findings, suspicion) === "mended");
  return kept.length === mended.length || prices.ended ? { gap, findings, kept, told } : await settle(scene, kept);
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

async function inspectAll(
  context: AuditContext,
  checks: readonly Check[],
  { signal, onProgress }: AuditOptions,
  notes: string[],
): Promise<readonly Suspicion[]> {
  const found: Suspicion[] = [];
  for (const [place, check] of checks.entries()) {
    signal?.throwIfAborted();
    onProgress?.(`looking whether ${check.title.charAt(0).toLowerCase()}${check.title.slice(1)}`, place, checks.length);
    try {
      found.push(...(await check.inspect(context)));
    } catch (error) {
      notes.push(`The check ${check.trap} failed and was left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return found;
}

function pricingOptions(lab: Lab, experimentFor: ExperimentFor, options: AuditOptions): PricingOptions {
  return {
    lab,
    experimentFor,
    signal: options.signal ?? null,
    reserveMs: options.reserveMs ?? 0,
    mostPriced: options.mostPriced ?? MOST_PRICED,
    onPriced: (done, planned) => options.onProgress?.("measuring what the traps cost", done, planned),
  };
}

/** Severe and sure ones are priced first: the budget may end. */
function byPriority(a: Suspicion, b: Suspicion): number {
  const key = ({ trap, columns }: Suspicion) => `${trap} ${columns.join("\u0001")}`;
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.confidence - a.confidence || (key(a) < key(b) ? -1 : 1);
}

/** Fixes that would leave no feature are not made: the least sure first. */
function keepOneFeature(features: readonly string[], mended: readonly Suspicion[], notes: string[]): readonly Suspicion[] {
  const left = (fixes: readonly Suspicion[]) => honestGround(features, fixes, { policy: "random", folds: 2, repeats: 1 }).features.length;
  let kept = [...mended].sort((a, b) => b.confidence - a.confidence);
  while (kept.length > 0 && left(kept) === 0) {
    const spared = kept.findLast(({ fix }) => fix.action === "steps" && droppedBy(fix.steps).size > 0);
    notes.push(`Dropping ${spared?.columns.join(", ") ?? ""} (${spared?.trap ?? ""}) would leave no feature, so it was kept.`);
    kept = kept.filter((one) => one !== spared);
  }
  return mended.filter((one) => kept.includes(one));
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
    if (canonicalJson(proposal.naive) === canonicalJson(proposal.split)) return null;
    const naive = await runGround({ ...ground, split: proposal.naive }, pricing);
    const estimate = (outcome: Outcome) => estimateOf(outcome, metricOf(outcome), 0.95, truthFor(lab, outcome));
    return { metric: metricOf(honest), random: estimate(naive), proposed: estimate(honest) };
  } catch (error) {
    if (!(error instanceof BudgetEnded)) throw error;
    notes.push("The budget ended before the gap between the proposed and a random split was measured.");
    return null;
  }
}

function findingOf(
  context: AuditContext,
  suspicion: Suspicion,
  harm: Harm | null,
  mended: readonly Suspicion[],
  { split }: SplitProposal,
): Omit<Finding, "id"> {
  const answers = suspicion.columns.flatMap((name) => (Object.hasOwn(context.knownAt, name) ? [context.knownAt[name] ?? ""] : []));
  const { severity, worsens } = judge(suspicion, harm, answers.includes("after"));
  const { counterfactual: _, ...said } = suspicion;
  const applied =
    suspicion.fix.action === "split" ? canonicalJson(suspicion.fix.split) === canonicalJson(split) : mended.includes(suspicion) && !worsens;
  const answer = answers.length === 0 ? null : [...new Set(answers)].join(", ");
  // Statistics have decided: what makes no difference needs no answer.
  const question = severity === "cosmetic" && harm !== null && !(applied && isLikelyLeak(suspicion)) ? null : said.question;
  return { ...said, severity, harm, state: applied ? "mended" : "open", question, answer };
}

function numbered(findings: readonly Omit<Finding, "id">[]): readonly Finding[] {
  return inOrderOfHarm(findings.map((finding) => ({ id: "", ...finding }))).map((finding, i) => ({ ...finding, id: `F${i + 1}` }));
}

function stateOf(findings: readonly Finding[], { trap, columns, why }: Suspicion): Finding["state"] {
  return findings.find((finding) => finding.trap === trap && finding.why === why && finding.columns === columns)?.state ?? "open";
}

function rolesAfter(roles: Roles, kept: readonly Suspicion[]): Roles {
  const reasons = kept.flatMap(({ fix, trap }) =>
    fix.action === "steps" ? [...droppedBy(fix.steps)].map((name): [string, string] => [name, `left out: ${trap}`]) : [],
  );
  const dropped = new Set(reasons.map(([name]) => name));
  const gone = roles.features.filter((name) => dropped.has(name));
  return {
    ...roles,
    features: roles.features.filter((name) => !dropped.has(name)),
    ignored: [...roles.ignored, ...gone],
    why: Object.fromEntries([...Object.entries(roles.why), ...reasons.filter(([name]) => gone.includes(name))]),
  };
}
