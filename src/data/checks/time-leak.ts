import type { Choices, Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsAlongFile, neighbourWords, PERSISTENT_Z, rowOrderOf } from "../columns/row-order.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, namedColumns, percent, zText } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { targetChanged } from "../shifts/halves-in-time.ts";
import { type GroupEvidence, groupEvidence } from "../split/group-evidence.ts";
import { judgedGroup } from "../split/group-or-time.ts";
import { type LastingValue, lastingValueOf } from "../split/lasting-value.ts";
import { gapEvidence } from "../split/neighbour-probe.ts";
import { nextRowOf } from "../split/next-row.ts";
import { panelOf } from "../split/panel.ts";
import { timeOfRows } from "../split/row-times.ts";
import { groupSplit, orderedSplit, randomSplit } from "../split/split-sizes.ts";
import { mayBeTimeOfFile, timeEvidence } from "../split/time-evidence.ts";
import { persistenceWithinSeries } from "../split/within-series.ts";
import { timeSteps } from "../values/time-steps.ts";

/** By this the error is larger without the neighbours: less, with no column that tells a time, spoils no result. */
const MUCH = 0.1;

/** Rows that follow each other in time resemble each other: a random split judges a row by its own hour. */
export const timeLeak: Check = {
  trap: "time-leak",
  title: "A random split mixes the past with the future",
  inspect(context) {
    const found = timeEvidence(context);
    // Groups that stand in blocks explain an order that no column names.
    if (found === null || (found.order.by === null && groupEvidence(context).length > 0)) return asked(context);
    const { order, gap, window, verified } = found;
    const honest = orderedSplit(context, order.by);
    const group = order.by === null ? null : rivalOf(context);
    const thing = group?.key.column ?? "";
    const lasting = order.by === null ? lastingValueOf(context) : null;
    return [
      {
        trap: "time-leak",
        columns: order.by === null ? columnsAlongFile(context) : [order.by],
        rows: NO_ROWS,
        severity: order.by === null && gap.closedError < (1 + MUCH) * gap.openError ? "harmful" : "blocker",
        confidence: verified ? Math.min(0.97, (order.by === null ? 0.65 : 0.85) + 0.01 * Math.min(gap.z, 20)) : 0.6,
        evidence: {
          persistence: order.persistence,
          expected: order.expected,
          persistenceZ: order.persistenceZ,
          window,
          ...gapEvidence(gap),
          ...(lasting === null ? {} : { lasting: lasting.column, held: lasting.held, heldByChance: lasting.byChance }),
        },
        fix: { action: "split", split: honest },
        counterfactual: {
          change: "split",
          naive: group === null ? randomSplit(context) : groupSplit(context, [thing], group.key.cut),
          honest,
        },
        question:
          group !== null
            ? `Will the model be asked about times after those it was trained on? Then it is judged by \`${order.by}\`, of whatever ${thing}.`
            : order.by === null
              ? lasting === null
                ? "Do the rows stand in the order in which they were collected, and do new cases come after them?"
                : "Do rows of one thing stand beside each other, or the rows in the order in which they were collected, and do new cases come after them?"
              : null,
        ...(group === null ? {} : { choices: LATER }),
        why: `Rows next to each other ${order.by === null ? (context.frame.rowNumbers === null ? "in the file" : "in the sample") : `by \`${order.by}\``} resemble each other (${zText(order.persistenceZ)}). ${lastingWords(lasting)}${errors(gap, verified, group === null ? "a random split" : `a split by ${thing}, whose rows are of any time,`)}`,
      },
    ];
  },
};

/** Nothing shows that rows near in time know each other's labels; whether new ones come later, no row tells. */
const NOT_SHOWN = 0.3;

/**
 * A time that all rows have, and labels that do not follow it from row to row: whether the model will be asked about later rows is another question all the same, where the target
 * differs between earlier and later rows, or the same things are looked at from time to time.
 */
function asked(context: AuditContext): Suspicion[] {
  const by = timeOfRows(context);
  if (by === null) return askedOfFile(context);
  const group = rivalOf(context);
  if (group === null && groupEvidence(context).some(({ confidence }) => confidence >= LIKELY)) return [];
  const changed = targetChanged(context, by);
  const within = persistenceWithinSeries(context);
  const lasts = within !== null && within.by === by && within.z > PERSISTENT_Z ? within : null;
  const panel = changed === null || lasts !== null ? panelOf(context, by) : null;
  const series = changed === null && panel === null ? evenSeries(context, by) : null;
  if (changed === null && panel === null && series === null) return [];
  const honest = orderedSplit(context, by);
  const reason =
    panel !== null
      ? `each of the ${amount(panel.units)} values of \`${panel.unit}\` comes back from time to time`
      : changed === null
        ? "the times follow each other in even steps, one row each: a series, whose next row comes after the last"
        : `\`${changed.name}\` differs between the earlier and the later half (p ${changed.p < 1e-4 ? "below 0.0001" : changed.p.toFixed(4)})`;
  return [
    {
      trap: "time-leak",
      columns: [by],
      rows: NO_ROWS,
      severity: "harmful",
      confidence: NOT_SHOWN,
      evidence: {
        persistenceZ: rowOrderOf(context).persistenceZ,
        shown: false,
        ...(lasts === null ? {} : { withinZ: lasts.z }),
        ...(changed === null || panel !== null ? { ...panel, ...series } : { changed: changed.name, effect: changed.effect, p: changed.p }),
      },
      fix: { action: "split", split: honest },
      counterfactual: {
        change: "split",
        naive: group === null ? randomSplit(context) : groupSplit(context, [group.key.column], group.key.cut),
        honest,
      },
      question: `Will the model be asked about times after those it was trained on? Then it is judged by \`${by}\`${group === null ? "" : `, of whatever ${group.key.column}`}.`,
      choices: LATER,
      why: `Each row has its time in \`${by}\`, and ${reason}. ${lasts === null ? "Rows near in time are not shown to know each other's labels, but what holds" : `Within \`${lasts.unit}\` labels persist along it (${zText(lasts.z, 1)}), and what holds`} of the past may not hold later: ${group === null ? "a random split" : `a split by ${group.key.column}`} cannot tell.`,
    },
  ];
}

/** Steps of one length (or pauses that come back, as weekends), and times that so many rows have for themselves. */
const [LEAST_TIMES, LEAST_EVEN] = [60, 0.95];

/** The rows stand in order, each with a time of its own, in even steps: days, hours, months of one thing. null otherwise, and of a sample of the rows, which has no steps. */
function evenSeries({ frame }: AuditContext, by: string): { readonly steps: number; readonly regular: number } | null {
  const column = frame.columns.find(({ name }) => name === by);
  if (frame.rowNumbers !== null || column === undefined || !("values" in column)) return null;
  const times = column.values.filter((value) => !Number.isNaN(value));
  if ((times[0] ?? 0) > (times.at(-1) ?? 0)) times.reverse();
  if (times.some((time, i) => i > 0 && time <= (times[i - 1] ?? 0))) return null;
  const found = timeSteps(times, LEAST_TIMES);
  if (found === null) return null;
  const steps = found.times - 1;
  return found.regular + found.habitual / steps >= LEAST_EVEN ? { steps, regular: found.regular } : null;
}

/** No column tells a time, and rows that stand beside each other in the file have labels that are alike, for which no sorting and no group accounts. */
function askedOfFile(context: AuditContext): Suspicion[] {
  if (!mayBeTimeOfFile(context)) return askedOfNext(context);
  const { persistence, expected, persistenceZ } = rowOrderOf(context);
  const honest = orderedSplit(context, null);
  const along = columnsAlongFile(context);
  const neighbours = neighbourWords(context);
  const told =
    along.length === 0
      ? "no column tells a time"
      : `${namedColumns(along)} ${along.length === 1 ? "rises or falls" : "rise or fall"} with the rows throughout`;
  const alike =
    context.task.kind === "regression"
      ? `correlates with ${neighbours.next} by ${persistence.toFixed(2)}`
      : `is the same as ${neighbours.next} in ${percent(persistence)} of ${neighbours.rows} (by chance ${percent(expected)})`;
  return [
    {
      trap: "time-leak",
      columns: along,
      rows: NO_ROWS,
      severity: "harmful",
      confidence: NOT_SHOWN,
      evidence: { persistence, expected, persistenceZ, shown: false },
      fix: { action: "split", split: honest },
      counterfactual: { change: "split", naive: randomSplit(context), honest },
      question: "Do the rows stand in the order in which they were collected, and do new cases come after them?",
      why: `In the order of the file \`${context.roles.target}\` ${alike} (${zText(persistenceZ)}), and ${told}. The features tell of a row what its neighbours do, as far as the nearest rows show; if the rows are a series, what holds of the past may not hold later.`,
    },
  ];
}

/** No column tells a time, but another one holds in the next row what is to be predicted in this one. */
function askedOfNext(context: AuditContext): Suspicion[] {
  const found = nextRowOf(context);
  if (found === null) return [];
  const { column, pairs, held, byChance } = found;
  const honest = orderedSplit(context, null);
  return [
    {
      trap: "time-leak",
      columns: [],
      rows: NO_ROWS,
      severity: "harmful",
      confidence: NOT_SHOWN,
      evidence: { nextRow: column, pairs, held, byChance, shown: false },
      fix: { action: "split", split: honest },
      counterfactual: { change: "split", naive: randomSplit(context), honest },
      question: "Do the rows stand in the order of time, and do new cases come after them?",
      why: `\`${column}\` of the next row is \`${context.roles.target}\` of this one in ${percent(held / pairs)} of the rows (by chance ${percent(byChance)}), so the rows follow each other in time, though no column tells one. A random split mixes the past with the future.`,
    },
  ];
}

/** The group that the split goes by before a time. */
function rivalOf(context: AuditContext): GroupEvidence | null {
  const group = context.roles.group === null ? judgedGroup(context) : null;
  return group !== null && group.confidence >= LIKELY ? group : null;
}

const LATER: Choices = ["later", "any"];

function lastingWords(lasting: LastingValue | null): string {
  if (lasting === null) return "";
  const { column, held, byChance } = lasting;
  return `\`${column}\` is that of the row before in ${percent(held)} of them (by chance ${percent(byChance)}), so rows that belong together stand beside each other. `;
}

function errors({ openError, closedError }: GroupEvidence["gap"], verified: boolean, judged: string): string {
  if (!verified) return `New cases come later, so ${judged} answers another question than the one that matters.`;
  return `The nearest rows judge a row with an error of ${openError.toFixed(3)} when its neighbours in that order may help and ${closedError.toFixed(3)} when they may not, so ${judged} would claim too much.`;
}
