/** A cell that is a word for a total, in the languages of most tables. */
export const TOTAL =
  /^(grand |sub)?(total|totals|sum|sums|summe|gesamt|gesamtsumme|insgesamt|zusammen|totale|totali|totaal|totaux|suma|somma|somme|razem|celkem|toplam|итого|всего|合計|合计|总计|总和|합계)( generale?| complessivo)?\s*:?$/iu;

/** "Total anuncios", "Total number of rows": of what, behind the word for a total. */
export const TOTAL_OF =
  /^(?:grand |sub)?(?:total|totals|sum|summe|gesamt|gesamtsumme|gesamtzahl|insgesamt|totale|totaal|totaux|suma|somma|somme|razem|celkem|toplam|итого|всего)\b[ :]+\D{2,40}$/iu;

const WORDS =
  "total|totals|totalt|totales|totais|totale|totali|totaal|totaux|subtotal|sum|sums|summe|summa|gesamt|gesamtsumme|gesamtergebnis|zwischensumme|insgesamt|zusammen|suma|soma|somma|somme|razem|celkem|toplam|összesen|yhteensä|итог|итого|всего|合計|小計|合计|总计|总和|합계";
const BEGINS = new RegExp(`^(?:(?:grand|sub|sous)[ -]?)?(?:${WORDS})(?![\\p{L}_]).{0,60}$`, "iu");
const ENDS = new RegExp(`^.{1,60}[ :-](?:${WORDS})$`, "iu");

const LONGEST = 80;

/** Whether a cell of a column of words may name a total: the word alone, or with what it is the total of, before or behind it. Many a name has such a word. */
export function saysTotal(cell: string): boolean {
  const text = cell.trim();
  if (text.length > LONGEST) return false;
  return TOTAL.test(text) || BEGINS.test(text) || ENDS.test(text);
}

/** "All", "all areas": may be a total of the others, and as well a kind of its own. */
const ALL = /^(?:all|alle|overall|tous|toutes|tutti|tutte|todos|todas|wszystkie|hepsi|все|全部|全体)(?: \p{L}+){0,2}$/iu;

/** Whether a cell may name a total where its amounts are sums of others. */
export function saysAll(cell: string): boolean {
  return ALL.test(cell.trim());
}
