import { beatsBaseline } from "./beats-baseline.ts";
import { calibration } from "./calibration.ts";
import type { Gate } from "./gate.ts";
import { invariance } from "./invariance.ts";
import { latency } from "./latency.ts";
import { noOpenBlocker } from "./no-open-blocker.ts";
import { parity } from "./parity.ts";
import { reproducible } from "./reproducible.ts";
import { robustnessMissing } from "./robustness-missing.ts";
import { robustnessUnknown } from "./robustness-unknown.ts";
import { schema } from "./schema.ts";
import { worstSlice } from "./worst-slice.ts";

/** Every gate, in the order in which people ask. */
export const GATES: readonly Gate[] = [
  beatsBaseline,
  noOpenBlocker,
  calibration,
  worstSlice,
  robustnessMissing,
  robustnessUnknown,
  schema,
  parity,
  invariance,
  reproducible,
  latency,
];
