import type { Json } from "../core/json.ts";
import type { LedgerStore } from "./contracts.ts";

/** A ledger that lives as long as the process: for tests, and for commands without a dossier. */
export function memoryLedger(): LedgerStore {
  const lines: Json[] = [];
  const arrays = new Map<string, Float64Array | Int32Array>();
  return {
    append: (entry) => {
      lines.push(entry);
    },
    entries: () => lines,
    writeArray: (name, values) => {
      arrays.set(name, values.slice());
    },
    readArray: (name) => arrays.get(name)?.slice() ?? null,
  };
}
