import { parseSync } from "rolldown/utils";
import { describe, expect, test } from "vitest";
import { sources } from "./sources.ts";

const MOST_LINES = 60;

/** Longer functions, each with its reason. */
const LONG: Record<string, string> = {
  "store/record-scan.ts recordSink": "one pass over every byte of a file, its state in local variables",
  "store/assembly/lines.ts takeLines": "the same for plain lines, in WebAssembly",
};

interface Measured {
  readonly name: string;
  readonly lines: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly id?: { readonly name?: string } | null;
  readonly key?: { readonly name?: string };
}

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** Functions of a file with their lines; one without a name has that of what it is in. */
function functionsOf(path: string, text: string): readonly Measured[] {
  // AssemblyScript marks functions, which TypeScript does not allow.
  const plain = text.replaceAll(/@(inline|unmanaged|lazy|external)\b(\([^)]*\))?/g, (mark) => " ".repeat(mark.length));
  const { program, errors } = parseSync(path, plain, { lang: "ts" });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: Measured[] = [];
  const walk = (value: unknown, within: string): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, within);
    else if (typeof value === "object" && value !== null) {
      const node = value as Node;
      const name = node.id?.name ?? node.key?.name ?? within;
      if (FUNCTIONS.has(node.type)) found.push({ name, lines: plain.slice(node.start, node.end).split("\n").length });
      for (const child of Object.values(value)) walk(child, name);
    }
  };
  walk(program.body, "");
  return found;
}

describe("functions", () => {
  const all = sources().flatMap(({ path, text }) => functionsOf(path, text).map(({ name, lines }) => ({ name: `${path} ${name}`, lines })));
  const long = all.filter(({ lines }) => lines > MOST_LINES);

  test(`have at most ${MOST_LINES} lines`, () => {
    expect(long.filter(({ name }) => !(name in LONG))).toEqual([]);
  });

  test("an exception that is none any more is struck out", () => {
    expect(Object.keys(LONG).filter((name) => !long.some((one) => one.name === name))).toEqual([]);
  });

  test("nine of ten have at most 30 lines", () => {
    const sorted = all.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted.length).toBeGreaterThan(1000);
    expect(sorted[Math.floor(0.9 * sorted.length)]).toBeLessThanOrEqual(30);
  });
});

test("functions within functions are measured, too", () => {
  const text = `const a = {\n  b: () => 1,\n  c() {\n    return 2;\n  },\n};\nexport function d() {\n  return () => {\n    a;\n  };\n}\n`;
  expect(functionsOf("some.ts", text)).toEqual([
    { name: "b", lines: 1 },
    { name: "c", lines: 3 },
    { name: "d", lines: 5 },
    { name: "d", lines: 3 },
  ]);
});
