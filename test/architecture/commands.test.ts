import { expect, test } from "vitest";
import { sources } from "./sources.ts";

/** What a text puts behind an option, or into a command of the shell. */
const VALUES = [/(?<![\w-])--[a-z][a-z-]+[ =]["'`\\]*\$\{([^}]*)\}/g, /\b(?:iconv|jq|curl|oldhand [a-z]+) [^`\n]*?\$\{([^}]*)\}/g];
/** Words that hold nothing which a shell reads otherwise. */
const PLAIN = [
  /^changes\[0\]\?\.number$/,
  /^kind === "regression" \? /,
  /^nearest === null/,
  /^encoding$/,
  /^id$/,
  /^folder === null \? UNNAMED_DOSSIER : shellWord\(/,
  /^undo$/,
  /^DATA_HELP$/,
  /^UNNAMED_DOSSIER$/,
];

test("names, values and paths in a command that is printed are quoted for a shell", () => {
  const bare = sources().flatMap(({ path, text }) =>
    VALUES.flatMap((pattern) => [...text.matchAll(pattern)])
      .map(([, value]) => value ?? "")
      .filter((value) => !value.startsWith("shellWord(") && !PLAIN.some((plain) => plain.test(value)))
      .map((value) => `${path}: ${value}`),
  );
  expect(bare).toEqual([]);
});
