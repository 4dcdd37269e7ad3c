import { fold } from "../../core/null-words.ts";
import { int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { featuresOf, levelFeatures } from "../columns/features.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";
import { nameWords } from "../meaning/name-words.ts";
import { type Copies, copiesOf } from "./copies.ts";

/** A column that says of each row whether it is for training or for judging. */
export interface SplitColumn {
  readonly column: LevelColumn;
  /** Whether its name says so too: a session may be one of training, a run one for a test. */
  readonly isNamed: boolean;
  readonly trains: readonly string[];
  readonly judges: readonly string[];
  /** Frame rows of both parts, and those that judge and are equal to one that trains in all other features. */
  readonly training: number;
  readonly judging: Int32Array;
  readonly overlapping: Int32Array;
  /** How far equal rows are copies, and not alike by chance. */
  readonly copies: Copies;
}

const TRAINS = new Set(
  "train training trn traindata trainset lernen lernmenge apprentissage entrainement entrenamiento addestramento treino treinamento trening uczenie egitim obuchenie".split(
    " ",
  ),
);
const JUDGES = new Set(
  (
    "test testing tst testdata testset val valid validation dev holdout heldout eval evaluation validierung testmenge prueba validacion validazione teste validacao " +
    "walidacja walidacyjny testowy dogrulama"
  ).split(" "),
);

/** Names of such columns; more values than these words have ways of writing are none. */
const NAMED = new Set(
  "split splits set subset dataset part partition fold sample usage use purpose parte partie teil teilmenge ensemble conjunto insieme zbior".split(
    " ",
  ),
);
const MOST_LEVELS = 20;

/** The first feature whose every value is a word for training or for judging, with some of both; null without any. */
export function splitColumn(context: AuditContext): SplitColumn | null {
  const { rows } = context.frame;
  for (const column of levelFeatures(context)) {
    if (column.levels.length > MOST_LEVELS) continue;
    const counts = levelCounts(context, column);
    const present = column.levels.flatMap((level, code) => ((counts[code] ?? 0) > 0 ? [{ level, code, word: wordOf(level) }] : []));
    const [trains, judges] = [present.filter(({ word }) => TRAINS.has(word)), present.filter(({ word }) => JUDGES.has(word))];
    if (trains.length === 0 || judges.length === 0 || trains.length + judges.length < present.length) continue;
    const isTraining = new Set(trains.map(({ code }) => code));
    const [training, judging] = [
      int32Where(placesUpTo(rows), (row) => isTraining.has(column.codes[row] ?? -1)),
      int32Where(placesUpTo(rows), (row) => (column.codes[row] ?? -1) >= 0 && !isTraining.has(column.codes[row] ?? -1)),
    ];
    const others = featuresOf(context).filter((one) => one !== column);
    const { group } = groupsOf(rowHash(others, rows));
    const known = new Set(training.map((row) => group[row] ?? -1));
    return {
      column,
      isNamed: nameWords(column.name).some((word) => NAMED.has(word)),
      trains: trains.map(({ level }) => level),
      judges: judges.map(({ level }) => level),
      training: training.length,
      judging,
      overlapping: judging.filter((row) => known.has(group[row] ?? -1)),
      copies: copiesOf(context, others),
    };
  }
  return null;
}

/** "X_train" and "Train set" are parts too. */
function wordOf(level: string): string {
  const words = fold(level)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "" && word !== "set" && word !== "data" && word !== "x");
  return words.length === 1 ? (words[0] ?? "") : "";
}
