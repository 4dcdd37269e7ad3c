import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { scalar, toDouble } from "../onnx-ops.ts";
import type { FittedText } from "../steps/text.ts";
import { wordPattern } from "./characters.ts";
import { spellingsOf } from "./words.ts";
import { WRITING } from "./writing.ts";

/** The one node of a model that is not of the standard: ONNX has no operator that cuts by a pattern. onnxruntime has this one on every platform. */
const MICROSOFT = { domain: "com.microsoft" } as const;

const NO_TERM = -1;

/** One tensor [rows, 1] of doubles for each feature of the step, in its order. tensor: texts [rows, 1], "" missing. */
export function textToOnnx({ writing, terms, scores }: FittedText, tensor: string, graph: OnnxGraph): { name: string; tensor: string }[] {
  const texts = graph.node("Reshape", [tensor, graph.constant(BigInt64Array.of(-1n), [1])])[0];
  const tokens = cut(graph, texts, wordPattern());
  const words = countOf(graph, tokens);
  const atLeastOne = graph.node("Max", [words, scalar(graph, 1)])[0];
  const ofWriting = writing.map(({ writing: kind, name }) => {
    const pattern = WRITING[kind];
    if (pattern === null) return { name, tensor: words };
    return { name, tensor: graph.node("Div", [countOf(graph, cut(graph, texts, pattern.graph)), atLeastOne])[0] };
  });
  if (scores.length === 0) return ofWriting;
  const weighed = weigh(graph, tokens, terms);
  const squared = graph.node("ReduceSum", [graph.node("Mul", [weighed, weighed])[0], axes(graph)], { keepdims: { int: 1 } })[0];
  const length = graph.node("Sqrt", [squared])[0];
  // A text without any term: 0 / 1.
  const divisor = graph.node("Where", [graph.node("Equal", [length, scalar(graph, 0)])[0], scalar(graph, 1), length])[0];
  return [
    ...ofWriting,
    ...scores.map(({ name, intercept, weights }) => {
      const sum = graph.node("MatMul", [weighed, graph.constant(Float64Array.from(weights), [weights.length, 1])])[0];
      return { name, tensor: graph.node("Sum", [graph.node("Div", [sum, divisor])[0], scalar(graph, intercept)])[0] };
    }),
  ];
}

/** [rows, most matches in a row], filled up with "". */
function cut(graph: OnnxGraph, texts: string, pattern: string): string {
  const attributes = { mark: { int: 0 }, mincharnum: { int: 1 }, pad_value: { string: "" }, tokenexp: { string: pattern } };
  return graph.node("Tokenizer", [texts], attributes, MICROSOFT)[0];
}

function countOf(graph: OnnxGraph, tokens: string): string {
  const isMatch = graph.node("Not", [graph.node("Equal", [tokens, graph.constant([""], [])])[0]])[0];
  return graph.node("ReduceSum", [toDouble(graph, isMatch), axes(graph)], { keepdims: { int: 1 } })[0];
}

function axes(graph: OnnxGraph): string {
  return graph.constant(BigInt64Array.of(1n), [1]);
}

/** (1 + ln count) x idf for each term: [rows, terms]. Words are numbered by all their spellings, so nothing has to be put in lower case. */
function weigh(graph: OnnxGraph, tokens: string, { words, pairs, idf }: FittedText["terms"]): string {
  const spellings = words.flatMap((word, place) => spellingsOf(word).map((spelling) => [spelling, place] as const));
  const places = graph.node(
    "LabelEncoder",
    [tokens],
    {
      keys_strings: { strings: spellings.map(([spelling]) => spelling) },
      values_int64s: { ints: spellings.map(([, place]) => place) },
      default_int64: { int: NO_TERM },
    },
    { domain: "ai.onnx.ml" },
  )[0];
  const counted = graph.node("TfIdfVectorizer", [places], {
    mode: { string: "TF" },
    min_gram_length: { int: 1 },
    max_gram_length: { int: pairs.length === 0 ? 1 : 2 },
    max_skip_count: { int: 0 },
    ngram_counts: { ints: pairs.length === 0 ? [0] : [0, words.length] },
    ngram_indexes: { ints: idf.map((_, place) => place) },
    pool_int64s: { ints: [...words.keys(), ...pairs] },
  })[0];
  const counts = toDouble(graph, counted);
  const scaled = graph.node("Sum", [graph.node("Log", [graph.node("Max", [counts, scalar(graph, 1)])[0]])[0], scalar(graph, 1)])[0];
  const weighted = graph.node("Mul", [scaled, graph.constant(Float64Array.from(idf), [1, idf.length])])[0];
  return graph.node("Where", [graph.node("Equal", [counts, scalar(graph, 0)])[0], scalar(graph, 0), weighted])[0];
}
