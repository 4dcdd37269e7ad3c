/** Months as they are written in English, German, French, Spanish, Italian, Portuguese and Dutch, in full and short; folded to lower case. */
const MONTHS: readonly string[] = [
  "january jan januar jänner januari janvier janv enero ene gennaio gen janeiro",
  "february feb februar februari février févr fév febrero febbraio fevereiro fev",
  "march mar märz mär mrz maart mrt mars marzo março",
  "april apr avril avr abril abr aprile",
  "may mai mei mayo maggio mag maio",
  "june jun juni juin junio giugno giu junho",
  "july jul juli juillet juil julio luglio lug julho",
  "august aug augustus août aoû agosto ago",
  "september sep sept septembre septiembre settembre set setembro",
  "october oct oktober okt octobre octubre ottobre ott outubro out",
  "november nov novembre noviembre novembro",
  "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
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
