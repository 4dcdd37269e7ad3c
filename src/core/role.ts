export type Role = "target" | "feature" | "id" | "group" | "time" | "weight" | "ignore";

/** What the values of a column are. A quantity has a unit where one is known; a code is a name made of digits or letters. */
export type SemanticType =
  | "id"
  | "code"
  | "money"
  | "date"
  | "duration"
  | "quantity"
  | "text"
  | "category"
  | "url"
  | "mail"
  | "phone"
  | "geo";

export interface ColumnMeaning {
  readonly type: SemanticType;
  /** As written or named, e.g. "kg", "EUR", "min", "year"; null = not known. */
  readonly unit: string | null;
  /** 0..1: how often such evidence is right. */
  readonly confidence: number;
  /** One plain phrase. */
  readonly why: string;
}

/** What each column is for, with the reason. Exactly one target. */
export interface Roles {
  readonly target: string;
  readonly features: readonly string[];
  readonly ids: readonly string[];
  readonly group: string | null;
  readonly time: string | null;
  readonly weight: string | null;
  readonly ignored: readonly string[];
  /** Column name -> what its values are, for every column. */
  readonly meanings: Readonly<Record<string, ColumnMeaning>>;
  /** Columns whose role the user gave. */
  readonly declared: readonly string[];
  /** Column name -> one plain phrase, for what was inferred or decided later. */
  readonly why: Readonly<Record<string, string>>;
}
