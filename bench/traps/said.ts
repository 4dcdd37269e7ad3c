import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../src/core/finding.ts";
import { cellsOf } from "../csv-line.ts";
import type { Ruling } from "./naturals.ts";
import type { Seen } from "./summary.ts";

/** What a finding said, and whether it was so. made: made-up tables with plants; real: stripped real tables with plants; natural: tables as they stand. */
export interface Said extends Pick<Finding, "trap" | "severity" | "stance" | "strength"> {
  readonly ground: string;
  readonly where: string;
  readonly real: boolean;
  /** Natural tables: by what one knows whether it is real (naturals.ts). "" = elsewhere, and in recordings that do not tell. */
  readonly how: Ruling["how"] | "";
}

const FOLDER = "bench/results/said";
const HEAD = "ground,where,trap,severity,stance,strength,real,how";

type Told = Pick<Seen, "trap" | "severity" | "stance" | "strength" | "where" | "real"> & {
  readonly ground: string;
  readonly how?: Said["how"];
};

/** A line per finding, in bench/results/said. */
export function writeSaid(name: string, seen: readonly Told[]): void {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = seen.map(({ ground, where, trap, severity, stance, strength, real, how = "" }) =>
    [ground, quoted(where), trap, severity, stance, Number(strength.toFixed(4)), Number(real), how].join(","),
  );
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.csv`), `${[HEAD, ...lines].join("\n")}\n`);
}

export function readSaid(name: string): Said[] {
  return readFileSync(join(FOLDER, `${name}.csv`), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [ground = "", where = "", trap, severity, stance, strength, real, how = ""] = cellsOf(line);
      return { ground, where, trap, severity, stance, strength: Number(strength), real: real === "1", how } as Said;
    });
}
