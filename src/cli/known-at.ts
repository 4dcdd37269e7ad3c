import { OldhandError } from "../core/error.ts";

/** Reads answers to the question "is this value already written when the prediction is made?". */
export async function readKnownAt(path: string): Promise<Record<string, "before" | "after">> {
  const { readJsonFile } = await import("../store/index.ts");
  const value: unknown = readJsonFile(path);
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new OldhandError("bad-known-at", {
      what: "The answers are not an object.",
      where: path,
      expected: '{"column": "before" | "after"}',
    });
  }
  const entries = Object.entries(value).map(([column, answer]) => {
    if (answer === "before" || answer === "after") return [column, answer] as const;
    throw new OldhandError("bad-known-at", {
      what: `The answer for "${column}" is not known.`,
      where: path,
      expected: '"before" or "after"',
      got: JSON.stringify(answer),
    });
  });
  return Object.fromEntries(entries);
}
