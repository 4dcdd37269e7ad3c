import type { GateResult, Proof, RubricSection } from "../core/proof.ts";
import type { RubricEntry } from "./gates/gate.ts";

/** The 28 tests of the ML Test Score (Breck, Cai, Nielsen, Salib and Sculley 2017), by section. */
const TESTS: Record<RubricSection["section"], readonly (readonly [id: string, title: string])[]> = {
  data: [
    ["D1", "What is expected of the features is written in a schema"],
    ["D2", "All features are beneficial"],
    ["D3", "No feature costs too much"],
    ["D4", "Features keep to higher requirements (forbidden columns)"],
    ["D5", "Privacy controls hold along the pipeline"],
    ["D6", "New features can be added quickly"],
    ["D7", "The code that makes features is tested"],
  ],
  model: [
    ["M1", "The model's specification is reviewed and kept"],
    ["M2", "Offline and online metrics correlate"],
    ["M3", "Hyperparameters are tuned"],
    ["M4", "The effect of staleness is known"],
    ["M5", "A simpler model is not better"],
    ["M6", "Quality holds on slices of the data"],
    ["M7", "The model is tested for inclusion"],
  ],
  infrastructure: [
    ["I1", "Training is reproducible"],
    ["I2", "The model's specification is unit-tested"],
    ["I3", "The whole pipeline is integration-tested"],
    ["I4", "Quality is validated before serving"],
    ["I5", "Single answers can be debugged"],
    ["I6", "Models are tried on a small share first (canary)"],
    ["I7", "A model can be rolled back"],
  ],
  monitoring: [
    ["O1", "Changes of dependencies are notified"],
    ["O2", "What holds of the data holds at serving"],
    ["O3", "Training and serving features are the same"],
    ["O4", "The model is not too stale"],
    ["O5", "Answers are numerically stable"],
    ["O6", "Speed and memory have not become worse"],
    ["O7", "The quality of answers has not become worse"],
  ],
};

export interface RubricEvidence {
  readonly gates: readonly GateResult[];
  /** Tests that ran automatically outside the gates. */
  readonly ran: readonly RubricEntry[];
}

/** 1 for a test that ran here (passed or not), else 0: what people test by hand, 0.5 in the paper, is not asked for. The score is the smallest of the four sums. */
export function scoreRubric(evidence: RubricEvidence): Proof["rubric"] {
  const sections = (Object.keys(TESTS) as RubricSection["section"][]).map((section) => scoreSection(section, evidence));
  const score = Math.min(...sections.map((one) => one.score));
  return { score, sections, reading: reading(score) };
}

function scoreSection(section: RubricSection["section"], { gates, ran }: RubricEvidence): RubricSection {
  const tests = TESTS[section].map(([id, title]): RubricSection["tests"][number] => {
    const byGates = gates
      .filter(({ rubric, status }) => (status === "passed" || status === "failed") && rubric.includes(id))
      .map(({ gate, status }) => `gate ${gate} (${status})`);
    const automatic = [...byGates, ...ran.filter(({ test }) => test === id).map(({ by }) => by)];
    return automatic.length > 0 ? { id, title, score: 1, by: automatic.join(", ") } : { id, title, score: 0, by: "not tested" };
  });
  return { section, score: tests.reduce((sum, one) => sum + one.score, 0), tests };
}

/** As the paper reads its scores. */
function reading(score: number): string {
  if (score === 0) return "more of a research project than a system for production";
  if (score <= 1) return "not untested, but serious holes are possible";
  if (score <= 2) return "a first pass at production; more investment may be needed";
  if (score <= 3) return "reasonably tested; more could be automated";
  if (score <= 5) return "strongly tested and monitored, fit for critical systems";
  return "exceptionally tested and monitored";
}
