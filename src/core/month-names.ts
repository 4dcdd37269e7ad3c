/**
 * Months as they are written in full, in a date (genitives) and short, without the point behind; lower case. English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish,
 * Danish, Norwegian, Turkish; then Catalan, Romanian, Hungarian, Czech, Slovak, Slovenian, Serbian, Finnish, Estonian, Icelandic, Indonesian; then Russian, Ukrainian, Bulgarian, Serbian, Greek.
 * Not Croatian, whose "listopad" is the month before the Polish and the Czech one; nor the short forms of Czech, which are names and words of trade ("led", "pro", "srp").
 */
const MONTHS: readonly string[] = [
  `january jan januar jänner jän januari janvier janv enero ene gennaio gen janeiro styczeń stycznia sty ocak oca
  gener ianuarie ian január januára leden ledna januarja januara tammikuu tammikuuta jaanuar janúar
  январь января янв січень січня січ януари јануар ιανουάριος ιανουαρίου ιαν`,
  `february feb februar februari février févr fév febrero febbraio fevereiro fev luty lutego lut şubat şub
  febrer februarie február febr februára únor února februarja februara helmikuu helmikuuta veebruar febrúar
  февраль февраля февр фев лютий лютого лют февруари фебруар φεβρουάριος φεβρουαρίου φεβ`,
  `march mar märz mär mrz maart mrt mars marzo março marzec marca marts mart
  març martie március márc marec březen března marta maaliskuu maaliskuuta märts maret
  март марта мар березень березня бер μάρτιος μαρτίου μαρ μάρ`,
  `april apr avril avr abril abr aprile kwiecień kwietnia kwi nisan nis NİSAN
  aprilie április ápr apríl apríla duben dubna aprila huhtikuu huhtikuuta aprill
  апрель апреля апр квітень квітня квіт кві април απρίλιος απριλίου απρ`,
  `may mai mei mayo maggio mag maio maj maja mayıs mayis
  maig május máj mája květen května toukokuu toukokuuta maí
  май мая травень травня трав мај μάιος μαΐου μάι μαΐ`,
  `june jun juni juin junio giugno giu junho czerwiec czerwca cze haziran haz HAZİRAN
  juny iunie iun június jún júna červen června junij junija juna kesäkuu kesäkuuta juuni júní
  июнь июня июн червень червня черв юни јун јуни ιούνιος ιουνίου ιουν`,
  `july jul juli juillet juil julio luglio lug julho lipiec lipca lip temmuz tem
  juliol iulie iul július júl júla červenec července julij julija jula heinäkuu heinäkuuta juuli júlí
  июль июля июл липень липня лип юли јул јули ιούλιος ιουλίου ιουλ`,
  `august aug augustus août aout aoû agosto ago sierpień sierpnia sie augusti ağustos ağu
  agost augusztus augusta srpen srpna avg avgust avgusta elokuu elokuuta ágúst ágú agustus agu agt
  август августа авг серпень серпня серп сер αύγουστος αυγούστου αυγ αύγ`,
  `september sep sept septembre septiembre settembre set setembro wrzesień września wrz eylül eyl
  setembre septembrie szeptember szept septembra září septembar syyskuu syyskuuta
  сентябрь сентября сент сен вересень вересня вер септември септембар σεπτέμβριος σεπτεμβρίου σεπτ σεπ`,
  `october oct oktober okt octobre octubre ottobre ott outubro out październik października paź paz ekim eki EKİM
  octombrie október októbra říjen října oktobra oktobar lokakuu lokakuuta oktoober
  октябрь октября окт жовтень жовтня жовт жов октомври октобар οκτώβριος οκτωβρίου οκτ`,
  `november nov novembre noviembre novembro listopad listopada listopadu lis kasım kasim kas
  noiembrie novembra novembar marraskuu marraskuuta nóvember nóv
  ноябрь ноября нояб ноя листопад листопада лист ноември новембар νοέμβριος νοεμβρίου νοε`,
  `december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru desember des aralık aralik ara
  desembre decembrie prosinec prosince decembra decembar joulukuu joulukuuta detsember dets
  декабрь декабря дек грудень грудня груд декември децембар δεκέμβριος δεκεμβρίου δεκ`,
];

/** Without its accents a shorter name is a word of another kind ("marc", "sub"). */
const LEAST_PLAIN = 5;

/** Croatian October is written as Polish, Czech and Ukrainian November. */
export const MONTH_ELSEWHERE = /listopad|листопад/iu;

/** Every accepted spelling (lower case, capitalised, capitals, and those of five letters or more also without accents) -> month 1..12. */
export const MONTH_NUMBERS: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) =>
    names.split(/\s+/).flatMap((name) => {
      const plain = name.length < LEAST_PLAIN ? name : name.normalize("NFD").replace(/\p{M}+/gu, "");
      return [name, plain].flatMap((one) => {
        const capitalised = `${one.slice(0, 1).toUpperCase()}${one.slice(1)}`;
        return [one, capitalised, one.toUpperCase()].map((spelling): [string, number] => [spelling, index + 1]);
      });
    }),
  ),
);
