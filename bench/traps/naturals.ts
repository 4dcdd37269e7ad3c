import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding, FindingsFile } from "../../src/core/finding.ts";

/** A trap of a table: found by a finding of one of the ids that touches one of the columns; no columns = wherever. */
export interface Known {
  readonly ids: readonly string[];
  readonly columns: readonly string[];
  readonly evidence?: string;
  /** Whether one who sees only the file and the target's name could find it, or only one who knows more of the data; decided before the first run. */
  readonly shows?: "table" | "description";
  /** 2: must be named, as it would change what one does. 1: may be. By the list's own author; second-rater.json says it of earlier lists. */
  readonly weight?: 1 | 2;
}

export interface Natural {
  readonly table: string;
  readonly target: string;
  readonly traps: readonly Known[];
  /** What an expert may call one: neither missed nor made up. */
  readonly maybe: readonly Known[];
}

/** A finding that its list does not name, looked at afterwards. null: the table does not tell whether it is real. */
export interface Verdict {
  readonly list: string;
  readonly table: string;
  readonly target: string;
  readonly trap: string;
  readonly columns: readonly string[];
  readonly real: boolean | null;
  readonly why: string;
}

/** Whether a finding is real, and how one knows. open: the list does not name it, and nobody looked. */
export interface Ruling {
  readonly real: boolean;
  readonly how: "listed" | "judged" | "undecided" | "open";
}

/** Their authors named few of the traps of a table: what is outside them may well be real. */
export const SPARSE_LISTS = ["", "-second", "-third", "-fourth", "-fifth", "-sixth", "-seventh"];

/** Faces of one thing: the column knows the outcome. */
const LEAKS = "target-leak post-outcome partial-leak combination-leak sibling-target missingness-leak derived-column".split(" ");

export const naturalsOf = (list: string) => JSON.parse(readFileSync(`bench/traps/${list}.json`, "utf8")) as readonly Natural[];

export const verdictsOf = (list: string) =>
  (JSON.parse(readFileSync("bench/traps/judged.json", "utf8")) as readonly Verdict[]).filter((one) => one.list === list);

export const nameOf = ({ table, target }: Pick<Natural, "table" | "target">) => `${table} ${target}`;

export function isFound({ ids, columns }: Known, finding: Pick<Finding, "trap" | "columns">): boolean {
  const isOne = ids.some((id) => id === finding.trap || (id === "a leaking column" && LEAKS.includes(finding.trap)));
  return isOne && (columns.length === 0 || finding.columns.some((name) => columns.includes(name)));
}

export const isListed = ({ traps, maybe }: Natural, finding: Finding) => [...traps, ...maybe].some((known) => isFound(known, finding));

/** A verdict is of one finding: it is taken out of `verdicts`. */
export function rulingOf(one: Natural, finding: Finding, verdicts: Verdict[]): Ruling {
  if (isListed(one, finding)) return { real: true, how: "listed" };
  const at = verdicts.findIndex(
    (own) => nameOf(own) === nameOf(one) && own.trap === finding.trap && own.columns.join("\n") === finding.columns.join("\n"),
  );
  const [verdict] = at < 0 ? [] : verdicts.splice(at, 1);
  if (verdict === undefined) return { real: false, how: "open" };
  return { real: verdict.real === true, how: verdict.real === null ? "undecided" : "judged" };
}

/** The command on the table's file. `kept`: a folder of audits; one that stands in it is not made again. "" = none. */
export function auditedFile(
  folder: string,
  one: Natural,
  budget: string,
  kept: string,
): { file: FindingsFile | null; tookMs: number; error: string } {
  const path = join(kept, `${nameOf(one).replaceAll("/", "-")}.json`);
  if (kept !== "" && existsSync(path)) return JSON.parse(readFileSync(path, "utf8"));
  const out = mkdtempSync(join(tmpdir(), "oldhand-natural-"));
  const began = performance.now();
  const flags = ["--target", one.target, "--out", out, "--budget", budget, "--json", "-", "--quiet"];
  const csv = join(folder, `${one.table.replace("/", "-")}.csv`);
  const { stdout, stderr } = spawnSync("node", ["dist/oldhand.js", "audit", csv, ...flags], { encoding: "utf8", maxBuffer: 1e9 });
  rmSync(out, { recursive: true, force: true });
  const audited = { file: stdout === "" ? null : (JSON.parse(stdout) as FindingsFile), tookMs: performance.now() - began, error: stderr };
  if (kept !== "") {
    mkdirSync(kept, { recursive: true });
    writeFileSync(path, JSON.stringify(audited));
  }
  return audited;
}
