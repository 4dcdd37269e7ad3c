import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { dayFeatures, numberFeatures } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { percent } from "../findings/phrase.ts";
import { answerFor, knownQuestion } from "../signal/leak-odds.ts";
import { elapsedColumns } from "../values/elapsed-columns.ts";
import { type DayTime, minutesBetween, timesOf } from "./elapsed-times.ts";
import { type PairIdentity, pairIdentities, roundedIdentities } from "./pair-identities.ts";
import { roundedProducts } from "./rounded-products.ts";

/** A column and the two others that give it. */
interface Rebuilt {
  readonly of: NumberColumn;
  readonly from: readonly [string, string];
  readonly said: string;
  readonly share: number;
}

/** Of the rows; clocks that are a day apart err. */
const SHARE = 0.95;
/** Columns among which sums and products that were rounded are sought: all pairs are tried. */
const MOST_ROUNDED = 60;
/** One of two columns, and nothing tells which. */
const ASKS = 0.45;
/** The other one is known before. */
const SURE = 0.9;
const MOST = 3;

/**
 * Columns that give what is only known after the outcome, as somebody said: out of the table it is still in it through them. One of the two is written with it; where
 * the other is known before, it is this one.
 */
export function rebuiltLeaks(context: AuditContext): readonly Suspicion[] {
  const leaks = numberFeatures(context).filter(({ name }) => answerFor(context, name) === "after");
  const times = leaks.length === 0 ? [] : timesOf(context);
  return leaks.flatMap((leak) => {
    const others = numberFeatures(context).filter(({ name }) => name !== leak.name);
    const found = [...ofNumbers(context, leak, others), ...ofClocks(leak, times), ...ofDates(context, leak)].slice(0, MOST);
    return found.flatMap((one) => partsOf(context, one));
  });
}

/** What columns that give the target give too: it may be known when they are. `leaks`: names of columns that are out for certain. */
export function givenByLeaks(context: AuditContext, leaks: readonly string[]): readonly Suspicion[] {
  const given = numberFeatures(context).filter(({ name }) => leaks.includes(name));
  const others = numberFeatures(context).filter(({ name }) => !leaks.includes(name) && answerFor(context, name) !== "before");
  if (given.length < 2) return [];
  return others.flatMap((column) =>
    ofNumbers(context, column, given)
      .slice(0, 1)
      .map((one) =>
        asked(
          one,
          column.name,
          ASKS,
          `\`${column.name}\` is ${one.said} in ${percent(one.share)} of the rows, and these two give \`${context.roles.target}\`: it may be known no earlier than they are.`,
        ),
      ),
  );
}

function partsOf(context: AuditContext, one: Rebuilt): readonly Suspicion[] {
  const answers = one.from.map((name) => answerFor(context, name));
  if (answers.includes("after")) return [];
  if (answers.every((answer) => answer === "before")) return [contradiction(one)];
  const isOneKnown = answers.filter((answer) => answer === "before").length === 1;
  return one.from.flatMap((name, place) => {
    if (answers[place] === "before") return [];
    const which = isOneKnown ? "it is only known then too, as the other one is known before." : "one of the two is only known then too.";
    const why = `\`${one.of.name}\`, which is only known after the outcome, is ${one.said} in ${percent(one.share)} of the rows: ${which}`;
    return [asked(one, name, isOneKnown ? SURE : ASKS, why)];
  });
}

/** Three answers that cannot all be true. */
function contradiction({ of, from, said, share }: Rebuilt): Suspicion {
  const steps = [{ op: "drop" as const, columns: from }];
  return {
    trap: "post-outcome",
    columns: from,
    rows: NO_ROWS,
    severity: "harmful",
    confidence: SURE,
    evidence: { rebuilds: of.name, from, share, kind: "contradiction" },
    fix: {
      action: "advice",
      text: `Look at the three answers once more: what "${of.name}" tells is still in the table, through these two.`,
    },
    counterfactual: { change: "steps", steps, flatters: true },
    question: null,
    why: `\`${of.name}\` is said to be only known after the outcome, and it is ${said} in ${percent(share)} of the rows, which are both said to be known before: then it is known before too, or one of them is not.`,
  };
}

function asked({ of, from, share }: Rebuilt, name: string, confidence: number, why: string): Suspicion {
  const steps = [{ op: "drop" as const, columns: [name] }];
  const isSure = confidence === SURE;
  return {
    trap: "post-outcome",
    columns: [name],
    rows: NO_ROWS,
    severity: isSure ? "blocker" : "harmful",
    confidence,
    evidence: { rebuilds: of.name, from, share },
    fix: isSure
      ? { action: "steps", steps }
      : { action: "advice", text: `Say with --known-at whether "${name}" is known before the prediction; if not, it is left out.` },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(name),
    choices: KNOWN_AT,
    why,
  };
}

function ofNumbers({ seed }: AuditContext, of: NumberColumn, others: readonly NumberColumn[]): readonly Rebuilt[] {
  const values = others.map((one) => one.values);
  const exact: readonly Formula[] = pairIdentities(values, of.values, seed);
  const isFew = exact.length === 0 && others.length <= MOST_ROUNDED;
  const found: readonly Formula[] = isFew ? [...roundedIdentities(values, of.values), ...roundedProducts(values, of.values)] : exact;
  return found.map(({ a, b, operation, share, constant = 1 }) => {
    const from = [others[a]?.name ?? "", others[b]?.name ?? ""] as const;
    const pair = operation.replace(/\b[ab]\b/g, (letter) => `\`${from[letter === "a" ? 0 : 1]}\``);
    return { of, from, share, said: constant === 1 ? pair : `${Number(constant.toPrecision(6))} x ${pair}` };
  });
}

interface Formula extends PairIdentity {
  readonly constant?: number;
}

function ofClocks(of: NumberColumn, times: readonly DayTime[]): readonly Rebuilt[] {
  const clocks = times.filter(({ isClock, column }) => isClock && column.name !== of.name);
  return clocks.flatMap((a) =>
    clocks.flatMap((b): Rebuilt[] => {
      const share = a === b ? 0 : minutesBetween(a, b, of.values);
      return share < SHARE
        ? []
        : [{ of, from: [a.column.name, b.column.name], share, said: `the minutes from \`${b.column.name}\` to \`${a.column.name}\`` }];
    }),
  );
}

function ofDates(context: AuditContext, of: NumberColumn): readonly Rebuilt[] {
  return elapsedColumns(dayFeatures(context), [of]).map(({ from, to, unit, held, compared }) => ({
    of,
    from: [to.name, from.name],
    share: held / compared,
    said: `the ${unit} from \`${from.name}\` to \`${to.name}\``,
  }));
}
