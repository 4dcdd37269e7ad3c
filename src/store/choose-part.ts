import { distance } from "fastest-levenshtein";
import { OldhandError } from "../core/error.ts";
import { count, list } from "./column-names.ts";

/** Tables of a database or sheets of a workbook: how they are called, and which there are. */
export interface Parts {
  readonly kind: "sheet" | "table";
  readonly shown: string;
  readonly names: readonly string[];
  /** Of these, the one to propose; absent = the first. */
  readonly likely?: string;
}

/** The part that is asked for, or the only one. @throws OldhandError table-choice listing them, table-missing with the nearest name. */
export function choosePart({ kind, shown, names, likely }: Parts, asked: string | null): string {
  if (asked === null) {
    const [only, second] = names;
    if (only !== undefined && second === undefined) return only;
    if (only === undefined) {
      throw new OldhandError("table-missing", {
        what: `There is no ${kind} with rows in it.`,
        where: shown,
        expected: `at least one ${kind}`,
      });
    }
    throw new OldhandError("table-choice", {
      what: `There are ${count(names.length, kind, `${kind}s`)}; say which one.`,
      where: shown,
      got: list(names.map((name) => `"${name}"`)),
      fix: `Name it behind a #: "${shown}#${likely ?? only}"`,
    });
  }
  const found = names.find((name) => name === asked) ?? names.find((name) => name.toLowerCase() === asked.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(asked, names);
  throw new OldhandError("table-missing", {
    what: `There is no ${kind} "${asked}".`,
    where: shown,
    got: names.length === 0 ? `no ${kind}s` : list(names.map((name) => `"${name}"`)),
    fix: near === null ? `Name one of the ${kind}s behind the #.` : `Did you mean "${shown}#${near}"?`,
  });
}

function nearest(asked: string, names: readonly string[]): string | null {
  const ranked = names
    .map((name) => ({ name, edits: distance(name.toLowerCase(), asked.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1));
  const best = ranked[0];
  return best !== undefined && best.edits <= Math.max(2, Math.floor(asked.length / 3)) ? best.name : null;
}

/** @throws OldhandError table-missing when a part is asked of a file that is one table. */
export function refusePart(shown: string, part: string | null): void {
  if (part === null) return;
  throw new OldhandError("table-missing", {
    what: `This file is one table; it has no part "${part}".`,
    where: shown,
    fix: `Leave #${part} out.`,
  });
}

/** A statement that changes something, or none that gives rows. */
export function notReading(shown: string, query: string, got: string | null): OldhandError {
  return new OldhandError("not-a-query", {
    what: "This is not a query that only reads.",
    where: `${shown}#${firstWords(query)}`,
    expected: "one SELECT, WITH, VALUES or TABLE statement",
    ...(got === null ? {} : { got }),
    fix: "Give a query that returns the rows of the table.",
  });
}

export function badQuery(shown: string, query: string, got: string): OldhandError {
  return new OldhandError("not-a-query", {
    what: "The database does not accept the query.",
    where: `${shown}#${firstWords(query)}`,
    got,
    fix: "Try it in the database's own shell.",
  });
}

function firstWords(query: string): string {
  const line = query.replace(/\s+/g, " ").trim();
  return line.length <= 80 ? line : `${line.slice(0, 77)}...`;
}
