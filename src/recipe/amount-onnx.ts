import { UNCERTAINTY } from "../core/uncertain-digits.ts";
import {
  type AmountWriting,
  amountPattern,
  escaped,
  HARD_BLANKS,
  MINUS,
  MOST_BLANKS,
  MOST_GROUPS,
  NEGATIVE_PATTERN,
} from "../core/written-amount.ts";
import type { OnnxGraph } from "../engine/onnx/graph.ts";
import { scalar, toDouble, wholeScalar } from "./onnx-ops.ts";

/** Places in which a blank may stand: at both ends, and at most four within. */
const BLANK_PLACES = 6;

/** string -> double: `amountOf` as nodes of a graph, NaN for what is no number. */
export function amountToOnnx(graph: OnnxGraph, text: string, writing: AmountWriting): string {
  const { decimal, thousands, units, magnitudes = [], notes = [], uncertain, either } = writing;
  const matches = (pattern: string, of = text) => graph.node("RegexFullMatch", [of], { pattern: { string: pattern } })[0];
  const isRead = matches(amountPattern(writing));
  const readable = graph.node("Where", [isRead, text, graph.constant(["0"], [])])[0];
  // What is read holds a note at its ends alone.
  const noted = notes.reduce((rest, note) => without(graph, rest, note.text, 1), readable);
  const bare = uncertain === true ? withoutBrackets(graph, noted, matches(`.*[0-9]${UNCERTAINTY}.*`, noted)) : noted;
  const taken: [sign: string, most: number][] = [
    ...["-", "+", MINUS, "(", ")"].map((sign): [string, number] => [sign, 1]),
    ...[...units, ...magnitudes].map((sign): [string, number] => [sign.text, 1]),
    ...[...HARD_BLANKS].map((sign): [string, number] => [sign, 4 + (thousands.includes(sign) ? MOST_GROUPS : 0)]),
    // Blanks before the power would end the number.
    ...(magnitudes.length === 0 ? [] : [" ", "\t"].filter((sign) => !thousands.includes(sign))).map((sign): [string, number] => [
      sign,
      mostOf(" "),
    ]),
    ...thousands.filter((sign) => !HARD_BLANKS.includes(sign)).map((sign): [string, number] => [sign, mostOf(sign)]),
  ];
  const digits = taken.reduce((rest, [sign, most]) => without(graph, rest, sign, most), bare);
  const plain = decimal === "." && either !== true ? digits : withPoint(graph, digits, ",");
  const power = magnitudes.reduceRight(
    (rest, one) => graph.node("Where", [matches(amountPattern(writing, one)), graph.constant([`e${one.power}`], []), rest])[0],
    graph.constant([""], []),
  );
  const size = toDouble(graph, magnitudes.length === 0 ? plain : graph.node("StringConcat", [plain, power])[0]);
  const signed = graph.node("Where", [matches(NEGATIVE_PATTERN, bare), graph.node("Neg", [size])[0], size])[0];
  const value = units.toReversed().reduce((rest, { text: unit, factor, offset }) => {
    if (factor === 1 && offset === 0) return graph.node("Where", [matches(`.*${escaped(unit)}.*`, bare), signed, rest])[0];
    const scaled = graph.node("Mul", [signed, scalar(graph, factor)])[0];
    const moved = offset === 0 ? scaled : graph.node("Sum", [scaled, scalar(graph, offset)])[0];
    return graph.node("Where", [matches(`.*${escaped(unit)}.*`, bare), moved, rest])[0];
  }, signed);
  return graph.node("Where", [isRead, value, scalar(graph, Number.NaN)])[0];
}

/** Where `isUncertain`: the text without its brackets and what is in them. */
function withoutBrackets(graph: OnnxGraph, text: string, isUncertain: string): string {
  const [head = text] = split(graph, text, "(", 2);
  const [, tail = text] = split(graph, text, ")", 2);
  return graph.node("Where", [isUncertain, graph.node("StringConcat", [head, tail])[0], text])[0];
}

function mostOf(sign: string): number {
  return sign === " " ? MOST_GROUPS + BLANK_PLACES * MOST_BLANKS : MOST_GROUPS;
}

/**
 * The text without a sign that it holds at most `most` times. Enough signs are put behind it that every row splits into as many pieces; the last of
 * them holds only what was put there.
 */
function without(graph: OnnxGraph, text: string, sign: string, most: number): string {
  const ended = runsOn(sign) ? graph.node("StringConcat", [text, graph.constant([END], [])])[0] : text;
  const joined = split(graph, ended, sign, most + 1).reduce((pieces, piece) => graph.node("StringConcat", [pieces, piece])[0]);
  return runsOn(sign) ? without(graph, joined, END, 1) : joined;
}

/** Parts the text from the signs behind it; no text that is read holds one. */
const END = "\n";

/** Begins as it ends ("mm"): with the last letter of "5 nm" the next sign would make another. */
function runsOn(sign: string): boolean {
  return Array.from({ length: sign.length - 1 }, (_, cut) => sign.slice(0, cut + 1)).some((start) => sign.endsWith(start));
}

function split(graph: OnnxGraph, text: string, sign: string, count: number): string[] {
  const longer = graph.node("StringConcat", [text, graph.constant([sign.repeat(count)], [])])[0];
  const [pieces] = graph.node("StringSplit", [longer], { delimiter: { string: sign }, maxsplit: { int: count } }, { outputs: 2 });
  return Array.from({ length: count }, (_, place) => graph.node("Gather", [pieces, wholeScalar(graph, place)], { axis: { int: -1 } })[0]);
}

/** "12,5" -> "12.5"; "12" stays. */
function withPoint(graph: OnnxGraph, text: string, decimal: string): string {
  const [whole = text, fraction = text] = split(graph, text, decimal, 2);
  const isWhole = graph.node("Equal", [fraction, graph.constant([""], [])])[0];
  const point = graph.node("Where", [isWhole, graph.constant([""], []), graph.constant(["."], [])])[0];
  return graph.node("StringConcat", [graph.node("StringConcat", [whole, point])[0], fraction])[0];
}
