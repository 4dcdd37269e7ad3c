import { nameWords } from "./name-words.ts";

/** How the name of a column says that it is another form of the target, whatever the values tell. */
export interface OtherForm {
  readonly how: "score" | "mark" | "side" | "error";
  /** What the names share. */
  readonly stem: string;
}

const words = (text: string) => new Set(text.split(" "));

/** Ends of names of classes, and of numbers that are cut into such classes: "risk level" of a "risk score". */
const KIND_ENDS = words("level class category cat group grade label stage band tier rating");
const SCORE_ENDS = words("score index points probability prob percentile");
/** Said of a value that was not measured itself: "rnacens" of "rna". */
const MARKS = words("cens censor censored censoring lod bdl belowlod detected nondetect trunc truncated imputed qualifier");
/** Two sides of one event, whose outcomes are known together. */
const SIDES = ["home away", "home visitor", "winner loser", "win lose", "host guest"].map((pair) => pair.split(" "));

/** What is told of an estimate with it. Alone, the first ones are of the only estimate that the table has. */
const ERRORS = words("se stderr moe sterr");
const ERROR_PARTS = words(
  "se stderr moe sterr standard std error err margin of ci lower upper low high lcl ucl bound limit interval confidence",
);

/** null where the names say nothing of the kind. */
export function otherFormOf(name: string, target: string): OtherForm | null {
  const [own, wanted] = [nameWords(name), nameWords(target)];
  return scoreOf(own, wanted) ?? markOf(name, target) ?? sideOf(own, wanted) ?? (areSymbols(name, target) ? null : errorOf(own, wanted));
}

/** Selenium beside nickel. */
function areSymbols(...names: readonly string[]): boolean {
  return names.every((name) => /^[A-Z][a-z]$/.test(name));
}

/** "se", "standard error", "rate_moe" of a rate. */
function errorOf(own: readonly string[], wanted: readonly string[]): OtherForm | null {
  const rest = own.filter((word) => !wanted.includes(word));
  const isError = rest.some((word) => ERRORS.has(word)) || (own.length > 1 && rest.some((word) => word === "error" || word === "margin"));
  if (!rest.every((word) => ERROR_PARTS.has(word)) || !isError) return null;
  return { how: "error", stem: wanted.join(" ") };
}

function scoreOf(own: readonly string[], wanted: readonly string[]): OtherForm | null {
  const stem = own.slice(0, -1).join(" ");
  const isScore = SCORE_ENDS.has(own.at(-1) ?? "") && KIND_ENDS.has(wanted.at(-1) ?? "");
  return isScore && stem.length >= 3 && stem === wanted.slice(0, -1).join(" ") ? { how: "score", stem } : null;
}

/** In one word, too. */
function markOf(name: string, target: string): OtherForm | null {
  const [own, wanted] = [name, target].map((one) => one.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")) as [string, string];
  if (wanted === "") return null;
  const rest = own.startsWith(wanted) ? own.slice(wanted.length) : own.endsWith(wanted) ? own.slice(0, -wanted.length) : "";
  return MARKS.has(rest) ? { how: "mark", stem: target } : null;
}

function sideOf(own: readonly string[], wanted: readonly string[]): OtherForm | null {
  if (own.length !== wanted.length || own.length < 2) return null;
  const different = own.flatMap((word, i) => (word === wanted[i] ? [] : [[word, wanted[i] ?? ""]]));
  const [pair = []] = different;
  const isOther = different.length === 1 && SIDES.some((side) => side.every((word) => pair.includes(word)));
  return isOther ? { how: "side", stem: own.filter((word) => !pair.includes(word)).join(" ") } : null;
}
