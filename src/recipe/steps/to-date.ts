import { MONTH_NUMBERS } from "../../core/month-names.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { ONNX_TYPE_NUMBER } from "../../engine/onnx/tensor.ts";
import {
  COMPACT,
  type DateField,
  type DateFields,
  type DateToken,
  dateFormat,
  fullYear,
  momentOf,
  parseDate,
  WIDTHS,
} from "../date-format.ts";
import { furtherFormats } from "../further-dates.ts";
import { integerArithmetic, MISSING_DATE, ML, scalar, wholeScalar } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";
import { isLevelColumn } from "../table.ts";

export interface FittedToDate {
  readonly op: "to-date";
  readonly column: string;
  readonly formats: readonly string[];
  /** Others in which new rows may write the same dates; absent in models of earlier versions. */
  readonly further?: readonly string[];
}

export const toDate: StepKind<Extract<RecipeStep, { op: "to-date" }>, FittedToDate> = {
  fit: ({ column, formats }) => ({ op: "to-date", column, formats: [...formats], further: furtherFormats(formats) }),
  apply: ({ column: name, formats, further = [] }, table) => {
    const column = table.columns.get(name);
    if (isLevelColumn(column)) {
      const known = [...formats, ...further];
      const parsed = column.levels.map((level) => parseDate(level, known));
      const values = Float64Array.from(column.codes, (code) => parsed[code] ?? Number.NaN);
      table.columns.set(name, { type: "date", values });
    } else if (column?.type === "number" && formats.includes(COMPACT)) {
      const values = column.values.map((value) => parseDate(String(value), [COMPACT]));
      table.columns.set(name, { type: "date", values });
    }
  },
  toOnnx: ({ column: name, formats, further = [] }, table, { graph }) => {
    const column = table.columns.get(name);
    if (column?.type === "text") {
      const tensor = textMoments(graph, column.tensor, formats, further);
      table.columns.set(name, { type: "date", tensor: shapedLike(graph, tensor, column.tensor) });
    } else if (column?.type === "number" && formats.includes(COMPACT)) {
      table.columns.set(name, { type: "date", tensor: numberMoment(graph, column.tensor) });
    }
  },
};

function missing(graph: OnnxGraph): string {
  return wholeScalar(graph, MISSING_DATE);
}

/** Without any format the constant has no rows yet. */
function shapedLike(graph: OnnxGraph, tensor: string, like: string): string {
  return graph.node("Expand", [tensor, graph.node("Shape", [like])[0]])[0];
}

function whole(graph: OnnxGraph, tensor: string): string {
  return graph.node("Cast", [tensor], { to: { int: ONNX_TYPE_NUMBER.int64 } })[0];
}

function both(graph: OnnxGraph, a: string, b: string): string {
  return graph.node("And", [a, b])[0];
}

function textMoments(graph: OnnxGraph, text: string, formats: readonly string[], further: readonly string[]): string {
  return formats.toReversed().reduce(
    (rest, format) => {
      const { follows, fields } = textFields(graph, text, format);
      return momentWhere(graph, follows, fields, rest);
    },
    furtherMoment(graph, text, further),
  );
}

/** Where the text follows the format, and its fields there. */
function textFields(graph: OnnxGraph, text: string, format: string): { follows: string; fields: DateFields<string> } {
  const { before, tokens, pattern, example } = dateFormat(format);
  const follows = graph.node("RegexFullMatch", [text], { pattern: { string: pattern } })[0];
  const readable = graph.node("Where", [follows, text, graph.constant([example], [])])[0];
  return { follows, fields: splitFields(graph, behind(graph, readable, before), tokens) };
}

/** No text follows two of the further formats, so their fields come together and the calendar is reckoned once. */
function furtherMoment(graph: OnnxGraph, text: string, further: readonly string[]): string {
  if (further.length === 0) return missing(graph);
  const ops = integerArithmetic(graph);
  const all: string[] = [];
  const merged: Partial<Record<DateField, string>> = {};
  for (const format of further) {
    const { follows, fields } = textFields(graph, text, format);
    const { y, ...rest } = fields;
    const shown = y === undefined ? rest : { ...rest, Y: fullYear(ops, y) };
    for (const [field, tensor] of Object.entries(shown) as [DateField, string][]) {
      merged[field] = graph.node("Where", [follows, tensor, merged[field] ?? wholeScalar(graph, FIRST[field] ?? 0)])[0];
    }
    all.push(follows);
  }
  const followsAny = all.reduce((a, b) => graph.node("Or", [a, b])[0]);
  return momentWhere(graph, followsAny, merged, missing(graph));
}

/** Of what a format lacks. */
const FIRST: Partial<Readonly<Record<DateField, number>>> = { Y: 1970, m: 1, d: 1 };

function momentWhere(graph: OnnxGraph, follows: string, fields: Partial<Record<DateField, string>>, rest: string): string {
  const { ms, shown, written } = momentOf(integerArithmetic(graph), fields);
  const exists = graph.node("Equal", [shown, written])[0];
  return graph.node("Where", [both(graph, follows, exists), ms, rest])[0];
}

function behind(graph: OnnxGraph, text: string, before: string): string {
  if (before === "") return text;
  const parts = graph.node("StringSplit", [text], { delimiter: { string: before }, maxsplit: { int: 1 } }, { outputs: 2 })[0];
  return graph.node("Gather", [parts, wholeScalar(graph, 1)], { axis: { int: -1 } })[0];
}

function splitFields(graph: OnnxGraph, text: string, tokens: readonly DateToken[]): DateFields<string> {
  const found: Partial<Record<DateField, string>> = {};
  let rest = text;
  for (const { fields, after } of tokens) {
    const parts =
      after === "" ? null : graph.node("StringSplit", [rest], { delimiter: { string: after }, maxsplit: { int: 1 } }, { outputs: 2 })[0];
    const pick = (place: number) => graph.node("Gather", [parts ?? rest, wholeScalar(graph, place)], { axis: { int: -1 } })[0];
    const part = parts === null ? rest : pick(0);
    Object.assign(found, fields[0] === "b" ? { b: monthNumber(graph, part) } : digitFields(graph, whole(graph, part), fields));
    if (parts !== null) rest = pick(1);
  }
  return found;
}

function monthNumber(graph: OnnxGraph, text: string): string {
  const attributes = {
    keys_strings: { strings: [...MONTH_NUMBERS.keys()].flatMap((name) => [name, `${name}.`]) },
    values_int64s: { ints: [...MONTH_NUMBERS.values()].flatMap((month) => [month, month]) },
    default_int64: { int: 1 },
  };
  return graph.node("LabelEncoder", [text], attributes, ML)[0];
}

/** Fields that stand side by side in one number, each of its width. */
function digitFields(graph: OnnxGraph, digits: string, fields: readonly DateField[]): Partial<Record<DateField, string>> {
  if (fields.length === 1) return { [fields[0] ?? "d"]: digits };
  const { div, mod } = integerArithmetic(graph);
  let behind = 1;
  return Object.fromEntries(
    fields.toReversed().map((field, place) => {
      const size = 10 ** (WIDTHS[field] ?? 0);
      const before = behind === 1 ? digits : div(digits, behind);
      behind *= size;
      return [field, place === fields.length - 1 ? before : mod(before, size)];
    }),
  );
}

/** Numbers such as 20240229. The bounds come first: what lies beyond int64 has no cast. */
function numberMoment(graph: OnnxGraph, number: string): string {
  const within = both(
    graph,
    graph.node("GreaterOrEqual", [number, scalar(graph, 10_000_101)])[0],
    graph.node("LessOrEqual", [number, scalar(graph, 99_991_231)])[0],
  );
  const digits = whole(graph, graph.node("Where", [within, number, scalar(graph, 19_700_101)])[0]);
  const fields = digitFields(graph, digits, ["Y", "m", "d"]);
  const isWhole = graph.node("Equal", [graph.node("Cast", [digits], { to: { int: ONNX_TYPE_NUMBER.double } })[0], number])[0];
  const follows = [isWhole, ...inRange(graph, fields.m, 12), ...inRange(graph, fields.d, 31)].reduce((a, b) => both(graph, a, b), within);
  return momentWhere(graph, follows, fields, missing(graph));
}

function inRange(graph: OnnxGraph, value: string | undefined, high: number): string[] {
  if (value === undefined) return [];
  return [graph.node("Greater", [value, wholeScalar(graph, 0)])[0], graph.node("LessOrEqual", [value, wholeScalar(graph, high)])[0]];
}
