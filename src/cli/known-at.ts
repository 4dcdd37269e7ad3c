import { refuseContradiction } from "../core/answers.ts";
import { OldhandError } from "../core/error.ts";

/**
 * Reads answers to the questions of findings, by column or finding id. Whether they fit the data, and one another across names, is seen when the findings are
 * known. @throws OldhandError bad-known-at, also when one name is answered twice and not the same.
 */
export async function readAnswers(path: string): Promise<Record<string, string>> {
  if (/^\s*\{/.test(path)) {
    throw new OldhandError("bad-known-at", {
      what: "These are the answers themselves, not the name of a file with them.",
      where: "--known-at",
      expected: "the name of a file",
      got: path.length <= 80 ? path : `${path.slice(0, 77)}...`,
      fix: "Write them into a file, such as answers.json, and give its name: --known-at answers.json",
    });
  }
  const { readJsonFile, readJsonMembers } = await import("../store/index.ts");
  const value: unknown = readJsonFile(path);
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new OldhandError("bad-known-at", {
      what: "The answers are not an object.",
      where: path,
      expected: '{"column": "before" | "after", "finding id": "one of its choices"}',
      fix: "Write the answers as one JSON object; findings.json lists the questions.",
    });
  }
  const entries = readJsonMembers(path).map(([key, answer]) => {
    if (typeof answer === "string") return [key, answer] as const;
    throw new OldhandError("bad-known-at", {
      what: `The answer for "${key}" is not known.`,
      where: path,
      expected: 'a text, such as "before" or "after"',
      got: JSON.stringify(answer),
      fix: `Write the answer to "${key}" as a text in quotes.`,
    });
  });
  refuseContradiction(entries.map(([key, word]) => ({ key, about: `"${key}"`, word })));
  return Object.fromEntries(entries);
}
