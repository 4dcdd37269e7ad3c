import { fingerprint } from "./fingerprint.ts";

/** ISO 3166-1: each country by its code of two letters and that of three. Names come with the runtime (CLDR). */
const CODES =
  "ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA " +
  "BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG " +
  "CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU " +
  "EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL " +
  "GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD " +
  "IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO " +
  "LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG " +
  "MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL " +
  "NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU " +
  "RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV " +
  "SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA " +
  "UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE";

/** Names that CLDR does not have. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  "United States of America": "US",
  "Great Britain": "GB",
  UAE: "AE",
  "Russian Federation": "RU",
  "Republic of Korea": "KR",
  "Korea, South": "KR",
  "Czech Republic": "CZ",
  Turkey: "TR",
  "Viet Nam": "VN",
  Macedonia: "MK",
  Swaziland: "SZ",
  "Ivory Coast": "CI",
};

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl"];

/** "NA" stands for no value, and hardly ever for Namibia. */
const NO_CODE = "NA";

let known: ReadonlyMap<string, string> | null = null;

/** The code of two letters of the country that a text names or abbreviates, by whatever case, accents and dots: "US", "u.s.a.", "États-Unis"; null where none or several are meant. */
export function countryOf(text: string): string | null {
  // No name and no code has a digit, and to read them all takes a twentieth of a second.
  if (/\d/.test(text)) return null;
  known ??= readCountries();
  return known.get(keyOf(text)) ?? null;
}

function keyOf(text: string): string {
  return fingerprint(text.replaceAll("&", " and "));
}

function readCountries(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const codes = CODES.split(" ").map((both) => [both.slice(0, 2), both.slice(2)] as const);
  const add = (text: string | undefined, code: string) => {
    if (text !== undefined && !found.has(keyOf(text))) found.set(keyOf(text), code);
  };
  for (const [two, three] of codes) for (const text of two === NO_CODE ? [three] : [two, three]) add(text, two);
  for (const style of ["long", "short"] as const) {
    const names = new Intl.DisplayNames("en", { type: "region", style, fallback: "none" });
    for (const [code] of codes) add(names.of(code), code);
  }
  for (const [name, code] of Object.entries(OTHER_NAMES)) add(name, code);
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    for (const [code] of codes) add(names.of(code), code);
  }
  return found;
}
