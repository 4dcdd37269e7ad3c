import type { Json } from "../core/json.ts";
import type { LedgerStore } from "../lab/index.ts";
import type { Dossier } from "../store/index.ts";

/** The lab's ledger in a dossier: `ledger.jsonl`, arrays beside it as blobs. */
export function dossierLedger(dossier: Dossier): LedgerStore & { close(): void } {
  const log = dossier.openLog("ledger.jsonl");
  return {
    append: (entry) => log.append(entry),
    entries: () => log.entries() as Iterable<Json>,
    writeArray: (name, values) => dossier.writeBlob(name, values),
    readArray: (name) => dossier.readBlob(name),
    close: () => log.close(),
  };
}
