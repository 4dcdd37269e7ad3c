import { fold } from "../../core/null-words.ts";

/** Levels that say of a thing that there is none of it. */
const ABSENCE = new Set(
  [
    "no|none|n|false|f|never|without|absent|not present|nothing|zero|0|not applicable|no such|nonexistent|no one|nobody",
    "nein|kein|keine|keiner|keines|ohne|nie|falsch|nicht vorhanden|non|aucun|aucune|sans|jamais|faux|ninguno|ninguna|sin|nunca|falso",
    "nessuno|nessuna|senza|mai|nao|não|nenhum|nenhuma|sem|nee|geen|zonder|nooit|nej|ingen|inget|nei|nie|brak|nie dotyczy|no aplica|nao se aplica|non applicable|entfaellt|entfällt|trifft nicht zu|ei|ne|нет|нету|無|无|なし|없음",
  ]
    .join("|")
    .split("|"),
);

/** "No", "none", "no garage", "without": there is none. */
export function saysAbsence(level: string): boolean {
  const folded = fold(level);
  return ABSENCE.has(folded) || /^(no|kein|keine|sans|sin|senza|sem|geen|without|ohne) \S/.test(folded);
}
