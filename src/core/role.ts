export type Role = "target" | "feature" | "id" | "group" | "time" | "weight" | "ignore";

/** What each column is for, with the reason. Exactly one target. */
export interface Roles {
  readonly target: string;
  readonly features: readonly string[];
  readonly ids: readonly string[];
  readonly group: string | null;
  readonly time: string | null;
  readonly weight: string | null;
  readonly ignored: readonly string[];
  /** Column name -> one plain phrase. Only for roles that were inferred. */
  readonly why: Readonly<Record<string, string>>;
}
