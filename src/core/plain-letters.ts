/** Letters that Unicode does not take apart, as those who lack them write them. */
const WITHOUT_MARKS: Readonly<Record<string, string>> = {
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  ø: "o",
  Ø: "O",
  ħ: "h",
  Ħ: "H",
  ŧ: "t",
  Ŧ: "T",
  ı: "i",
  ß: "ss",
  ẞ: "SS",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  þ: "th",
  Þ: "TH",
};
const UNDIVIDED = /[łŁđĐðÐøØħĦŧŦıßẞæÆœŒþÞ]/g;

/** Has neither marks nor other forms. */
const ASCII = /^[\0-\x7f]*$/;

/** The text without accents and other marks of its letters. `form`: NFKD makes plain also what differs in width or place ("①", "ﬁ"). */
export function plainLetters(text: string, form: "NFD" | "NFKD" = "NFD"): string {
  if (ASCII.test(text)) return text;
  return text
    .normalize(form)
    .replace(/\p{M}+/gu, "")
    .replace(UNDIVIDED, (letter) => WITHOUT_MARKS[letter] ?? letter);
}
