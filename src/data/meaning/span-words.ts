import { type PhraseIndex, phraseIndex, phrasesIn } from "./phrases.ts";

/** Words for how long something lasted or is to last. Of a call it is known when the call is over; of a loan it is agreed before. */
const SPAN = phraseIndex(list("duration, dauer, duree, duracion, duracao, durata, duur, elapsed, los"));

/** Things that a prediction usually comes before, and whose length is known when they are over. */
const EVENTS = phraseIndex(
  list(`
  call, visit, session, stay, contact, campaign, appointment, consultation, encounter, admission, episode, treatment, procedure, surgery,
  trip, ride, journey, chat, conversation, interview, meeting, incident, outage, repair,
  anruf, gesprach, gespraech, besuch, sitzung, aufenthalt, kontakt, kampagne, behandlung, fahrt,
  appel, visite, seance, sejour, campagne, trajet, llamada, visita, sesion, estancia, contacto, campana, viaje,
  chamada, sessao, estadia, contato, campanha, viagem, chiamata, sessione, soggiorno, contatto, campagna, viaggio,
  gesprek, bezoek, sessie, verblijf, rit
`),
);

/** Things that are agreed for a time, which is written when they begin. */
const AGREEMENTS = phraseIndex(
  list(`
  loan, credit, term, contract, policy, lease, mortgage, insurance, subscription, warranty, membership, installment, instalment, tenor, maturity, bond,
  kredit, darlehen, laufzeit, vertrag, versicherung, hypothek, pret, emprunt, contrat, bail, assurance, hypotheque,
  prestamo, credito, contrato, seguro, hipoteca, emprestimo, prestito, mutuo, contratto, assicurazione,
  lening, krediet, looptijd, verzekering, hypotheek
`),
);

/** Targets that say what became of somebody who was followed; of the others ("status") it is less sure. Their time runs until then. */
const FATES = phraseIndex(
  list(`
  death, dead, died, deceased, mortality, relapse, recurrence, recur, censor, cens, censored, censoring,
  gestorben, deces, muerte, morte, obito, overleden
`),
);
/** Targets that say whether somebody came back: the stay before is over then, and what was written at its end is known. */
const RETURNS = phraseIndex(
  list(`
  readmission, readmit, readmitted, rehospitalization, rehospitalisation, rehospitalized, rehospitalised, wiederaufnahme, wiedereinweisung, reingreso, readmision,
  reinternacao, readmissao, riammissione, ricovero ripetuto, heropname
`),
);
/** What is known at the end of a stay. */
const OF_STAY = list("length of stay, discharge, discharged, los");

/** Whether words that speak of the outcome speak of the end of the stay before it. */
export function isOfStayBefore(words: readonly string[], { returns }: Subject): boolean {
  return returns.length > 0 && words.every((word) => OF_STAY.includes(word));
}

const LIKE_FATES = phraseIndex(list("status, event, outcome, alive, survived, failure, failed, vital, delta"));

/** "futime" stands beside "fustat", "rfstime" beside "rfsstat". */
const STATUS_COMPOUND = /^\p{L}{1,4}(stat|status|event|cens)$/u;

/** A fate in one word with whose or which it is, or with the mark that it is one: "censdead", "hospdeath", "survind", "deathflag". */
const FATE_COMPOUND =
  /^(\p{L}{1,4}(dead|death|died|deceased)|(dead|death|died|mort|surv|survival|relapse)(ind|indicator|flag|stat|status|event|cens))$/u;

/** Whole names of a time that is counted in units and not written as a date; up to three letters before it say which ("futime", "dtime"). */
const CLOCK =
  /^((?!air|bed|day|run)\p{L}{1,3}|follow up |followup |surv ?|survival ?|obs ?|observation ?|event ?)?times?$|^(follow up|followup|surv|survival) (days|weeks|months|years)$|^(days|weeks|months|tte|t ?stop|stop|follow up|followup|fu|surv|survival|zeit|temps|tiempo|tempo|tijd)$/u;

/** Words that say how long, and those that may stand beside one in the name of a time that somebody was followed: "eventT", "time_d", "Survival_Years", "lenfol". Any other word says of what it is ("years at company"). */
const LENGTHS = list(
  "time, times, days, months, weeks, years, yrs, dur, durat, duration, futime, tte, t, stop, lenfol, fup, futm, follow up, followup",
);
const OF_FOLLOWED = list(
  "follow, up, fu, surv, survival, event, obs, observed, observation, study, until, to, total, death, relapse, censor, d",
);
const LENGTH_COMPOUND =
  /^(len|dur|time|days|t)(fol|fu|fup|obs|surv|dth|death)$|^(surv|event|death|obs|fol|follow)(time|t|days|dur|months|years)$/u;

/** "T3" beside the target "D3": a time and whether it was the event's are named in pairs. */
const INDICATORS = list("d, delta, event, status, cens, censor");

/** Whether a name says how long, and nothing of what, so that it may be how long somebody was followed. */
export function saysHowLong(words: readonly string[], target: readonly string[]): boolean {
  const isNumber = (word: string) => /^\p{N}+$/u.test(word);
  const isLength = (word: string) => LENGTHS.includes(word) || LENGTH_COMPOUND.test(word);
  const rest = words.filter((word) => !isLength(word) && !OF_FOLLOWED.includes(word) && !isNumber(word));
  if (rest.length > 0 || !words.some(isLength)) return false;
  const [first = "", ...more] = words;
  if (words.some((word) => word !== "t" && isLength(word)) || words.some((word) => word !== "d" && OF_FOLLOWED.includes(word))) return true;
  // A single "t" needs its "d".
  return first === "t" && isPaired(more, target);
}

function isPaired(rest: readonly string[], [first = "", ...more]: readonly string[]): boolean {
  return INDICATORS.includes(first) && rest.join(" ") === more.join(" ");
}

/** Words that say that a length is of somebody who was followed, which no hour of the day is. */
const OF_LIVES = list("surv, survival, follow, fu, followup, fup, lenfol, futm, futime");

/** Whether a name says that somebody was followed, and so that it is no time on a clock. */
export function saysFollowed(words: readonly string[]): boolean {
  return words.some((word) => OF_LIVES.includes(word));
}

/** Whether a length and the target are named as a time and what was seen at its end: "duration" beside "delta", "T3" beside "D3". In a table of agreements a "status" is that of one. */
export function isOfFate(words: readonly string[], target: readonly string[], { fate, agreements }: Subject): boolean {
  if (!saysHowLong(words, target)) return false;
  if (fate !== null) return fate.sure || agreements.length === 0;
  const [first = "", ...more] = words;
  return first === "t" && more.length > 0 && isPaired(more, target);
}

/**
 * The authors' prior judgement, not measured, as in after-words.ts: how likely a length is written afterwards. Unknown and agreed lie below one half, so
 * that such a name alone is asked about and never acted on; at "told by the table" it is a little surer than not, the name itself says more.
 */
const WEIGHTS = { ownEvent: 0.75, tableOfEvents: 0.6, untilFate: 0.65, untilLikeFate: 0.48, unknown: 0.3, agreed: 0.15 } as const;

/** Words of the names of a table's columns that say what a length in it is of. A column is counted once for each side. */
export interface Subject {
  readonly events: readonly string[];
  readonly agreements: readonly string[];
  /** Words of the target that say what became of somebody, and whether they say it for sure. */
  readonly fate: { readonly words: readonly string[]; readonly sure: boolean } | null;
  /** Words of the target that say that somebody came back. */
  readonly returns: readonly string[];
}

export const NO_SUBJECT: Subject = { events: [], agreements: [], fate: null, returns: [] };

/**
 * What a table is about by the words of its columns, the target among them.
 * @param target words of the target's name; null = it does not matter
 */
export function subjectOf(columns: readonly (readonly string[])[], target: readonly string[] | null = null): Subject {
  // A length's own subject speaks for itself alone: "loan_duration" in a table of calls.
  const others = columns.filter((words) => phrasesIn(words, SPAN).length === 0);
  const saying = (index: PhraseIndex) => others.flatMap((words) => phrasesIn(words, index).slice(0, 1));
  return { events: saying(EVENTS), agreements: saying(AGREEMENTS), fate: fateOf(target ?? []), returns: phrasesIn(target ?? [], RETURNS) };
}

function fateOf(target: readonly string[]): Subject["fate"] {
  const sure = [...phrasesIn(target, FATES), ...target.filter((word) => FATE_COMPOUND.test(word))];
  if (sure.length > 0) return { words: sure, sure: true };
  const likely = [...phrasesIn(target, LIKE_FATES), ...target.filter((word) => STATUS_COMPOUND.test(word))];
  return likely.length > 0 ? { words: likely, sure: false } : null;
}

export interface Span {
  /** Words of the name that say how long. */
  readonly words: readonly string[];
  /** How likely it is written during or after the outcome, 0..1. */
  readonly after: number;
  /** What it was read by: the name's own words, or the table's. */
  readonly subject: readonly string[];
  readonly untilFate?: boolean;
}

/** null: the name does not say how long something lasts. The time until a fate goes first, then its own words, then what more columns of the table name; agreements win a draw. */
export function spanOf(name: readonly string[], table: Subject): Span | null {
  const { fate } = table;
  if (fate !== null && (fate.sure || table.agreements.length === 0) && CLOCK.test(name.join(" ")))
    return { words: [name.join(" ")], after: fate.sure ? WEIGHTS.untilFate : WEIGHTS.untilLikeFate, subject: fate.words, untilFate: true };
  const words = phrasesIn(name, SPAN);
  if (words.length === 0) return null;
  const own = { events: phrasesIn(name, EVENTS), agreements: phrasesIn(name, AGREEMENTS) };
  if (own.agreements.length > 0) return { words, after: WEIGHTS.agreed, subject: own.agreements };
  if (own.events.length > 0) return { words, after: WEIGHTS.ownEvent, subject: own.events };
  if (table.events.length > table.agreements.length) return { words, after: WEIGHTS.tableOfEvents, subject: [...new Set(table.events)] };
  if (table.agreements.length > 0) return { words, after: WEIGHTS.agreed, subject: [...new Set(table.agreements)] };
  return { words, after: WEIGHTS.unknown, subject: [] };
}

function list(text: string): readonly string[] {
  return text.trim().split(/,\s*/);
}
