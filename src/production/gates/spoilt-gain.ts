import { rangeTexts } from "../../core/digits.ts";
import type { Spoiling } from "../../core/spoil.ts";
import { percent } from "../phrase.ts";
import { type GateContext, type GateVerdict, judgedBy, undecided } from "./gate.ts";

const SHARE = 0.1;

/**
 * Whether the model still beats the simple rule when a tenth of the cells is spoilt in rows that neither has learned from. The interval of the paired
 * gain decides; one that holds 0 leaves it undecided.
 * valid: what was found of the shipped model's answers, a sentence.
 */
export async function judgeSpoilt(
  { spoilt, metric }: GateContext,
  kind: Spoiling["kind"],
  valid: string,
  evidence: GateVerdict["evidence"],
): Promise<GateVerdict> {
  const scores = await spoilt({ kind, share: SHARE });
  if (scores === null)
    return judgedBy(
      true,
      `${valid} Tested: that answers stay valid. Not tested: how much worse they get; that is judged against a simple rule, and the chosen one is itself one.`,
      { evidence },
    );
  const { model, rule, gain } = scores;
  const [ofModel, ofRule, ofGain] = [model, rule, gain].map(rangeTexts) as [Texts, Texts, Texts];
  const cells = kind === "missing" ? "cells missing" : "names never seen before";
  const detail = {
    measured: gain,
    cites: [model, rule],
    evidence: { ...evidence, share: SHARE, model: model.value, rule: rule.value, gain: gain.value, low: gain.low, high: gain.high },
  };
  const why = `${valid} With ${percent(SHARE)} of the ${cells} in held-out rows ${metric.label} is ${ofModel.value}, the simple rule's ${ofRule.value}: gain ${ofGain.value} [${ofGain.low}, ${ofGain.high}]`;
  if (gain.low > 0) return judgedBy(true, `${why}.`, detail);
  if (gain.high < 0) return judgedBy(false, `${why}: the simple rule is better.`, detail);
  return undecided(`${why}: whether the model still beats the rule is open.`, detail);
}

type Texts = ReturnType<typeof rangeTexts>;
