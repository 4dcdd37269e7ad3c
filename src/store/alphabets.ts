/** Letters beyond ASCII of a language, in small letters, the frequent ones first. */
export interface Alphabet {
  readonly language: string;
  readonly letters: string;
}

/** An encoding that tables come in, by its label (WHATWG Encoding) and by the name that users know. */
export interface Encoding {
  readonly label: string;
  readonly name: string;
  /** Letters of the words that the encoding is used for; empty where characters take two bytes. */
  readonly alphabets: readonly Alphabet[];
}

const CENTRAL: readonly Alphabet[] = [
  { language: "Polish", letters: "łóąężśćńź" },
  { language: "Czech", letters: "áíéěřšžčýůúťňďóöü" },
  { language: "Slovak", letters: "áíéžčšýúľťňôďóäĺŕ" },
  { language: "Hungarian", letters: "áéöóőüíúű" },
  { language: "Croatian or Slovene", letters: "čšžćđ" },
  { language: "Romanian", letters: "ăşţîâ" },
];
const RUSSIAN = { language: "Russian", letters: "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё" };
const UKRAINIAN = { language: "Ukrainian", letters: "оанивіетрскмлдупябгйзьїхчшжцєщюфґ" };
const BULGARIAN = { language: "Bulgarian", letters: "аоиетнрсвлкдпмзгуябъчцщжхюйшьф" };
const SERBIAN = { language: "Serbian", letters: "аоиенрјтсувдкплмгзбчњшцжхљфћђџ" };
const CYRILLIC = [RUSSIAN, UKRAINIAN, BULGARIAN, SERBIAN];
const GREEK = [{ language: "Greek", letters: "αοιετσνηυρκπμλωςγδάίόχθφέβήύζξώψϊϋΐΰ" }];
const WESTERN: readonly Alphabet[] = [
  { language: "German", letters: "üäöß" },
  { language: "French", letters: "éèàêçôîûùâœëïæü" },
  { language: "Spanish", letters: "óíáéñúü" },
  { language: "Catalan", letters: "óàéèíçòúïü" },
  { language: "Portuguese", letters: "ãáéçíóõêúâôàü" },
  { language: "Italian", letters: "àèùòìé" },
  { language: "Dutch", letters: "ëéèïöüê" },
  { language: "Danish or Norwegian", letters: "øåæéö" },
  { language: "Swedish or Finnish", letters: "äåöé" },
  { language: "Estonian", letters: "äõüöšž" },
  { language: "Icelandic", letters: "áðíéúóýþöæ" },
  // Places, people and goods of several countries.
  { language: "several languages", letters: "éüöóäáíèñçßúøåãâêàæôõëïîûùòìýœšžðþÿ" },
];

export const WINDOWS_1252: Encoding = { label: "windows-1252", name: "Windows-1252", alphabets: WESTERN };

/** Of two that read the same bytes alike, the first is named. */
export const ENCODINGS: readonly Encoding[] = [
  { label: "windows-1250", name: "Windows-1250", alphabets: CENTRAL },
  { label: "iso-8859-2", name: "ISO-8859-2", alphabets: CENTRAL },
  { label: "windows-1251", name: "Windows-1251", alphabets: CYRILLIC },
  { label: "koi8-r", name: "KOI8-R", alphabets: [RUSSIAN] },
  { label: "koi8-u", name: "KOI8-U", alphabets: [UKRAINIAN] },
  { label: "ibm866", name: "IBM866", alphabets: [RUSSIAN] },
  { label: "windows-1253", name: "Windows-1253", alphabets: GREEK },
  { label: "windows-1254", name: "Windows-1254", alphabets: [{ language: "Turkish", letters: "ıİüşğçöâîû" }] },
  {
    label: "windows-1257",
    name: "Windows-1257",
    alphabets: [
      { language: "Lithuanian", letters: "ėšžųįūčąę" },
      { language: "Latvian", letters: "āīēšņūļžķģč" },
    ],
  },
  { label: "shift_jis", name: "Shift_JIS", alphabets: [] },
  { label: "euc-jp", name: "EUC-JP", alphabets: [] },
  { label: "gb18030", name: "GB18030", alphabets: [] },
  { label: "big5", name: "Big5", alphabets: [] },
  { label: "euc-kr", name: "EUC-KR", alphabets: [] },
];
