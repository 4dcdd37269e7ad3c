/** Months as they are written in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Norwegian and Turkish, in full and short; folded to lower case. */
const MONTHS: readonly string[] = [
  "january jan januar jänner januari janvier janv enero ene gennaio gen janeiro styczeń stycznia sty ocak oca",
  "february feb februar februari février févr fév febrero febbraio fevereiro fev luty lutego lut şubat şub",
  "march mar märz mär mrz maart mrt mars marzo março marzec marca marts mart",
  "april apr avril avr abril abr aprile kwiecień kwietnia kwi nisan nis",
  "may mai mei mayo maggio mag maio maj maja mayıs",
  "june jun juni juin junio giugno giu junho czerwiec czerwca cze haziran haz",
  "july jul juli juillet juil julio luglio lug julho lipiec lipca lip temmuz tem",
  "august aug augustus août aoû agosto ago sierpień sierpnia sie augusti ağustos ağu",
  "september sep sept septembre septiembre settembre set setembro wrzesień września wrz eylül eyl",
  "october oct oktober okt octobre octubre ottobre ott outubro out październik października paź paz ekim eki",
  "november nov novembre noviembre novembro listopad listopada lis kasım kas",
  "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru desember des aralık ara",
];

/** Every accepted spelling (lower case, capitalised, capitals) -> month 1..12. */
export const MONTH_NUMBERS: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) =>
    names.split(" ").flatMap((name) => {
      const capitalised = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
      return [name, capitalised, name.toUpperCase()].map((spelling): [string, number] => [spelling, index + 1]);
    }),
  ),
);
