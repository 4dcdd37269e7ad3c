import type { AuditContext } from "./check.ts";

/** A context whose `shared` values are kept as long as it is. */
export function withShared(known: Omit<AuditContext, "shared">): AuditContext {
  const kept = new Map<string, unknown>();
  return {
    ...known,
    shared: <T>(key: string, make: () => T): T => {
      if (!kept.has(key)) kept.set(key, make());
      return kept.get(key) as T;
    },
  };
}
