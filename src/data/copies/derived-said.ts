import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { wilson } from "../../stats/index.ts";
import type { IntervalLevels } from "../columns/interval-levels.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent, quoted } from "../findings/phrase.ts";
import type { ColumnIdentity } from "./column-identities.ts";
import type { FlagSet } from "./flag-sets.ts";
import type { WrittenIn } from "./front-of-text.ts";
import type { GivenByOne } from "./given-by-one.ts";
import type { GivenByTwo } from "./given-by-two.ts";
import type { CoarserOfOne } from "./kinds-of-others.ts";
import type { MostlySum } from "./mostly-sums.ts";
import type { NumbersInText } from "./numbers-in-text.ts";
import type { OneToOne } from "./one-to-one.ts";
import { type ReducedProduct, reducedFormula } from "./reduced-products.ts";
import type { ScoreOfItems } from "./scores-of-items.ts";
import type { SharedLevel } from "./shared-levels.ts";
import type { ShiftedColumn } from "./shifted-columns.ts";

/** Nothing is left out for it: what helps one model is a burden to the reading of another. What becomes of the columns is said once all is decided. */
/** Names of columns in one sentence. */
const MOST_NAMED = 12;

export function saysNothingNew(
  columns: readonly string[],
  said: Pick<Suspicion, "confidence" | "evidence" | "why">,
  advice: string,
): Suspicion {
  const steps: RecipeStep[] = [{ op: "drop", columns: columns.slice(0, 1) }];
  return {
    trap: "derived-column",
    columns,
    rows: NO_ROWS,
    severity: "cosmetic",
    fix: { action: "advice", text: advice },
    counterfactual: { change: "steps", steps, flatters: false },
    question: null,
    ...said,
  };
}

export function computed(identity: ColumnIdentity): Suspicion {
  const { whole, parts, kind, compared, exact, constant, within } = identity;
  const nearly = within === undefined ? "" : ` give or take ${amount(within)}`;
  const broken = compared - exact;
  const errors = broken === 0 ? "" : ` In ${counted(broken, "row")} it does not hold: look at them for errors of entry.`;
  const said = {
    confidence: wilson(exact, compared, 0.95).low,
    evidence: {
      kind,
      comparedRows: compared,
      exactRows: exact,
      brokenRows: broken,
      constant,
      parts: parts.length,
      ...(within === undefined ? {} : { within }),
    },
    why: `\`${whole.name}\` is ${formula(identity)}${nearly} in ${percent(exact / compared)} of the rows: it tells nothing that its parts do not, and takes importance from them.${errors}`,
  };
  const advice = `Keep either \`${whole.name}\` or its parts where a model is to be explained; a sum or a ratio may well help trees.`;
  return saysNothingNew([whole.name, ...parts.map(({ name }) => name)], said, advice);
}

export function reduced(whole: { readonly name: string }, found: ReducedProduct): Suspicion {
  const { factors, share, compared, exact } = found;
  const broken = compared - exact;
  const errors = broken === 0 ? "" : ` In ${counted(broken, "row")} it does not hold: look at them for errors of entry.`;
  const said = {
    confidence: wilson(exact, compared, 0.95).low,
    evidence: { kind: "reduced-product", comparedRows: compared, exactRows: exact, brokenRows: broken, parts: factors.length + 1 },
    why: `\`${whole.name}\` is ${reducedFormula(found)} in ${percent(exact / compared)} of the rows: it tells nothing that its parts do not, and takes importance from them.${errors}`,
  };
  const advice = `Keep either \`${whole.name}\` or its parts where a model is to be explained; a product may well help trees.`;
  return saysNothingNew([whole.name, ...factors.map(({ name }) => name), share.name], said, advice);
}

/** besides: further columns that the same one gives. */
export function coarser([first, ...more]: CoarserOfOne, besides: GivenByOne | undefined): Suspicion {
  const { fine, coarse, fineLevels, coarseLevels, rows, chance } = first;
  const { whole, nearly, odd } = partsOf(besides?.given ?? []);
  const named = [...more.map(({ coarse: { name } }) => name), ...whole];
  const others = [...named, ...nearly];
  const also = named.length === 0 ? "" : ` It gives ${namedColumns(named)} too.`;
  const but =
    nearly.length === 0
      ? ""
      : ` ${namedColumns(nearly)} it gives but for ${counted(odd, "value")} of it: look there for slips, or for what changed.`;
  const said = {
    confidence: wilson(rows, rows, 0.95).low,
    evidence: { kind: "coarser", comparedRows: rows, fineLevels, coarseLevels, chance },
    why: `Each of the ${amount(fineLevels)} values of \`${fine.name}\` goes with one of the ${amount(coarseLevels)} of \`${coarse.name}\`, which tells nothing that \`${fine.name}\` does not.${also}${but}`,
  };
  const advice = `Keep either ${namedColumns([coarse.name, ...others])} or \`${fine.name}\` where a model is to be explained; few kinds may well help where each of the many has few rows.`;
  return saysNothingNew([coarse.name, ...others, fine.name], said, advice);
}

export function stretched({ number, coarse, levels, compared, held }: IntervalLevels): Suspicion {
  const strays = compared - held;
  const errors =
    strays === 0
      ? ""
      : ` In ${counted(strays, "row")} it does not hold: look at them for errors of entry, or for a bound that was drawn in two ways.`;
  const said = {
    confidence: wilson(held, compared, 0.95).low,
    evidence: { kind: "intervals", comparedRows: compared, exactRows: held, coarseLevels: levels },
    why: `Each of the ${amount(levels)} values of \`${coarse.name}\` stands for one stretch of \`${number.name}\`: it tells nothing that \`${number.name}\` does not.${errors}`,
  };
  const advice = `Keep either \`${coarse.name}\` or \`${number.name}\` where a model is to be explained; trees find such bounds themselves.`;
  return saysNothingNew([coarse.name, number.name], said, advice);
}

/** All that go with one are one finding. */
export function inPairs(found: readonly OneToOne[]): readonly Suspicion[] {
  const firsts = [...new Set(found.map(({ first }) => first.name))];
  return firsts.map((name) => {
    const own = found.filter(({ first }) => first.name === name);
    const others = own.map(({ other }) => other.name);
    const [values, rows] = [own[0]?.values ?? 0, Math.min(...own.map((one) => one.rows))];
    const said = {
      confidence: wilson(rows, rows, 0.95).low,
      evidence: {
        kind: "one-to-one",
        comparedRows: rows,
        values,
        columns: own.length + 1,
        chance: Math.max(...own.map(({ chance }) => chance)),
      },
      why: `Each of the ${amount(values)} values of \`${name}\` goes with one of ${namedColumns(others)}, and the other way round: each tells what the other tells, and no row parts what they do.`,
    };
    return saysNothingNew([...others, name], said, `Keep either ${namedColumns(others)} or \`${name}\` where a model is to be explained.`);
  });
}

/** Honest columns as a rule; what matters is that the rows have an order, and what one row holds others hold too. */
export function earlierRows(found: readonly ShiftedColumn[]): Suspicion {
  const names = [...new Set(found.flatMap(({ first, later }) => [later.name, first.name]))];
  const listed = found
    .slice(0, 3)
    .map(
      ({ first, later, rows, held, compared }) =>
        `\`${later.name}\` is \`${first.name}\` of ${rows === 1 ? "the row" : `${rows} rows`} before in ${percent(held / compared)} of the rows`,
    )
    .join("; ");
  const more = found.length > 3 ? `; and ${counted(found.length - 3, "column")} more` : "";
  const [least] = found.toSorted((a, b) => a.held / a.compared - b.held / b.compared);
  const said = {
    confidence: wilson(least?.held ?? 0, least?.compared ?? 1, 0.95).low,
    evidence: { kind: "earlier-rows", columns: names.length, rows: found.map(({ rows }) => rows) },
    why: `Columns repeat others of earlier rows: ${listed}${more}. The rows stand in an order, and neighbours hold the same values: a random split puts them on both sides.`,
  };
  return saysNothingNew(
    names,
    said,
    "Keep the rows in their order, judge on the last ones, and see that each value was known when it is used.",
  );
}

export function together({ names: [a, b], given, pairs, compared, held, chance }: GivenByTwo): Suspicion {
  const columns = given.map(({ name }) => name);
  const said = {
    confidence: wilson(held, compared, 0.95).low,
    evidence: { kind: "given-by-two", comparedRows: compared, exactRows: held, pairs, chance },
    why: `\`${a.name}\` and \`${b.name}\` together give ${namedColumns(columns)}: of the ${amount(pairs)} pairs of them that come back, ${percent(held / compared)} of the rows have the value of the pair's first row. It tells nothing that the two do not.`,
  };
  const says = columns.length > 1 ? "they say" : given.every(({ type }) => type === "number") ? "the number says" : "it says";
  const advice = `Keep ${namedColumns(columns)} rather than the pair where new pairs will come: ${says} of a new pair what its names cannot.`;
  return saysNothingNew([...columns, a.name, b.name], said, advice);
}

/** Which rows a score was fitted on the cells do not tell. */
export function scored({ score, items, cells, compared, held, additive, chance }: ScoreOfItems): Suspicion {
  const names = items.map(({ name }) => name);
  const said = {
    confidence: wilson(held, compared, 0.95).low,
    evidence: { kind: "score-of-items", items: names.length, cells, comparedRows: compared, exactRows: held, additive, chance },
    why: `\`${score.name}\` has one value for each combination of ${namedColumns(names)} (${amount(cells)} come back, and in ${percent(held / compared)} of their rows the value is that of the first one); their single effects tell ${percent(additive)} of it. It is a score of them, and tells nothing that they do not.`,
  };
  const advice = `Keep either \`${score.name}\` or ${namedColumns(names)} where a model is to be explained. If a model made the score (a factor, a latent trait), it must be fitted on training rows only.`;
  return saysNothingNew([score.name, ...names], said, advice);
}

/** Columns that are the same in all rows of each value of the key, those that are so but for a few of its values, and the most of these. */
function partsOf(given: GivenByOne["given"]) {
  const names = (some: GivenByOne["given"]) => some.map(({ column }) => column.name);
  const nearly = given.filter((one) => one.agreeing < one.groups);
  const odd = Math.max(0, ...nearly.map((one) => one.groups - one.agreeing));
  return { whole: names(given.filter((one) => one.agreeing === one.groups)), nearly: names(nearly), odd };
}

/** All that one key gives are one finding. @param rows of the frame. */
export function givenWith({ key, groups, given }: GivenByOne, rows: number): Suspicion {
  const { whole, nearly, odd } = partsOf(given);
  const [least] = given.toSorted((a, b) => a.held / a.compared - b.held / b.compared);
  const stay = (names: readonly string[]) => `${namedColumns(names)} ${names.length === 1 ? "stays" : "stay"} the same within`;
  const parts = [
    ...(whole.length === 0 ? [] : [`${stay(whole)} each of them`]),
    ...(nearly.length === 0 ? [] : [`${stay(nearly)} all but ${amount(odd)} of them: look there for slips, or for what changed`]),
  ];
  const isOne = given.length === 1;
  const said = {
    confidence: wilson(least?.held ?? 0, least?.compared ?? 1, 0.95).low,
    evidence: {
      kind: "given-by-one",
      groups,
      columns: given.length,
      comparedRows: least?.compared ?? 0,
      exactRows: least?.held ?? 0,
      chance: Math.max(...given.map(({ chance }) => chance)),
    },
    why: `${amount(groups)} values of \`${key.name}\` have two rows or more, and ${parts.join("; ")}. ${isOne ? "It holds" : "They hold"} one case for each value of \`${key.name}\`, not one for each of the ${amount(rows)} rows, and of a known value tell${isOne ? "s" : ""} nothing more.`,
  };
  const others = namedColumns([...whole, ...nearly]);
  const advice = `Where new values of \`${key.name}\` will come, only ${others} can say something of them; where the same come again, either will do for a model that is to be explained.`;
  return saysNothingNew([...whole, ...nearly, key.name], said, advice);
}

const MOST_SAID = 3;

/** All in one finding: the questions of a form that are skipped together. */
export function ofSharedLevels(found: readonly SharedLevel[]): readonly Suspicion[] {
  const [first] = found;
  if (first === undefined) return [];
  const columns = [...new Set(found.flatMap(({ of, by }) => [of.name, by.name]))];
  const said = found.slice(0, MOST_SAID).map(({ of, level, by, kinds, all, compared, held, elsewhere }) => {
    const which =
      kinds.length === 1 ? `\`${by.name}\` is ${quoted(kinds[0] ?? "")}` : `\`${by.name}\` has one of ${kinds.length} of its ${all} values`;
    return elsewhere === 0
      ? `\`${of.name}\` is ${quoted(level)} just where ${which} (${percent(held / compared)} of the rows)`
      : `\`${of.name}\` is ${quoted(level)} in ${held === compared ? "all" : `${amount(held)} of the`} ${counted(compared, "row")} in which ${which}, and in ${amount(elsewhere)} others`;
  });
  const more = found.length > said.length ? `; and so in ${counted(found.length - said.length, "more pair")} of columns` : "";
  const least = Math.min(...found.map(({ held, compared }) => wilson(held, compared, 0.95).low));
  return [
    {
      trap: "derived-column",
      columns,
      rows: NO_ROWS,
      severity: "cosmetic",
      confidence: least,
      evidence: {
        kind: "shared-levels",
        pairs: found.length,
        chance: Math.max(...found.map(({ chance }) => chance)),
        comparedRows: first.compared,
        exactRows: first.held,
      },
      fix: { action: "advice", text: "Read these values as one fact where a model is to be explained; trees need nothing." },
      counterfactual: null,
      unmeasured: "The columns tell different things elsewhere, so no one of them can be left out for it.",
      question: null,
      why: `${said.join("; ")}${more}: so far one tells what the other tells, as questions do that are skipped together, or kinds that lie within each other.`,
    },
  ];
}

export function mostly({ whole, parts, signs, constant, compared, held, isEverywhere, byChance }: MostlySum): Suspicion {
  const made = formula({ parts, powers: signs, constant, kind: "sum" });
  const said = {
    confidence: wilson(held, compared, 0.95).low,
    evidence: { kind: "mostly-sum", comparedRows: compared, exactRows: held, byChance },
    why: isEverywhere
      ? `\`${whole.name}\` is ${made} in every row: it tells nothing that they do not.`
      : `\`${whole.name}\` is ${made} in ${percent(held / compared)} of the ${amount(compared)} rows in which none of the three has its most frequent value (by chance in ${percent(byChance)}): it tells little that they do not. Look at the other rows: a part may be a code there, or another part is left out.`,
  };
  return saysNothingNew(
    [whole.name, ...parts.map(({ name }) => name)],
    said,
    `Keep either \`${whole.name}\` or its parts where a model is to be explained; trees need nothing.`,
  );
}

export function written({ part, text, at, compared, held, byChance }: WrittenIn): Suspicion {
  const said = {
    confidence: wilson(held, compared, 0.95).low,
    evidence: { kind: "written-in", at, comparedRows: compared, exactRows: held, byChance },
    why: `\`${text.name}\` ${at === "front" ? "begins" : "ends"} with what \`${part.name}\` says in ${percent(held / compared)} of the rows (of other rows in ${percent(byChance)}): it gives \`${part.name}\`, and is no arbitrary key.`,
  };
  return saysNothingNew(
    [part.name, text.name],
    said,
    `Keep \`${part.name}\` rather than \`${text.name}\`, whose other part names each thing.`,
  );
}

/** The text says it again, or the columns were made from it. */
export function inText({ text, between, columns, compared, held }: NumbersInText): Suspicion {
  const named = columns.flatMap((column) => (column === null ? [] : [column.name]));
  const said = {
    confidence: wilson(held, compared, 0.95).low,
    evidence: { kind: "numbers in a text", numbers: between.length - 1, inColumns: named, comparedRows: compared, exactRows: held },
    why: `\`${text.name}\` writes ${amount(between.length - 1)} numbers in one text, and ${named.length === 1 ? "one of them is" : "they are"} ${namedColumns(named)} in ${percent(held / compared)} of the rows.`,
  };
  return saysNothingNew(
    [text.name, ...named],
    said,
    `Keep ${namedColumns(named)} rather than \`${text.name}\`, which a model reads as names.`,
  );
}

export function flagged({ whole, parts, apart, chance }: FlagSet, rows: number): Suspicion {
  const names = parts.map(({ name }) => `\`${name}\``);
  const kinds = parts.length > MOST_NAMED ? namedColumns(parts.map(({ name }) => name)) : names.join(", ");
  const all = whole === null ? parts : [whole, ...parts];
  const said = {
    confidence: wilson(rows, rows, 0.95).low,
    evidence: {
      kind: whole === null ? "one-of" : apart ? "sum" : "any-of",
      comparedRows: rows,
      exactRows: rows,
      parts: parts.length,
      chance,
    },
    why:
      whole === null
        ? `In every row exactly one of ${kinds} is 1: they are the kinds of one thing, and each follows from the others.`
        : `\`${whole.name}\` is 1 in exactly the rows in which ${names.join(" or ")} is: it tells nothing that they do not.`,
  };
  const advice =
    whole === null
      ? `Leave one of ${kinds} out of a linear model without a penalty, and judge them together; trees need nothing.`
      : `Keep either \`${whole.name}\` or its parts where a model is to be explained; trees need nothing.`;
  return saysNothingNew(
    all.map(({ name }) => name),
    said,
    advice,
  );
}

function formula({ parts, powers, constant, kind }: Pick<ColumnIdentity, "parts" | "powers" | "constant" | "kind">): string {
  if (kind === "sum") {
    const terms = parts
      .map(({ name }, i) => `${(powers[i] ?? 1) < 0 ? "- " : i === 0 ? "" : "+ "}${times(powers[i] ?? 1)}\`${name}\``)
      .join(" ");
    return constant === 0 ? terms : `${terms} ${constant < 0 ? "-" : "+"} ${amount(Math.abs(constant))}`;
  }
  const power = (value: number) => (value === 1 ? "" : `^${value}`);
  const factors = parts.map(({ name }, i) => `\`${name}\`${power(powers[i] ?? 1)}`).join(" x ");
  return Math.abs(constant - 1) < 1e-3 ? factors : `${amount(constant)} x ${factors}`;
}

function times(factor: number): string {
  return Math.abs(factor) === 1 ? "" : `${amount(Math.abs(factor))} x `;
}
