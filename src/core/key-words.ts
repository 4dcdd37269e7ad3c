import { plainLetters } from "./plain-letters.ts";

/** The last word of a name that numbers things, each of which may have several rows. A place in an order (index, row, serial) names none. */
export const KEY_ENDS: readonly string[] =
  "id ids nr nbr nro no key uuid guid identifier nummer kennung numero identifiant idcode idnum idno".split(" ");

/** The last word of a name behind that of a thing: the number of a room, the code of a branch. */
const NUMBER_ENDS: readonly string[] = [...KEY_ENDS, ..."number num code codes codigo codice kode".split(" ")];

/** Words that say so alone; "no" and "key" may be quantities: nitric oxide, the key of a song. */
const ALONE: readonly string[] = "id ids nr nbr uuid guid identifier kennung identifiant idcode idnum idno code codigo codice kode".split(
  " ",
);

const COMPOUND = /.{3,}(nummer|kennung|schluessel|schlussel)$/;

/** Whether a column's name ends as that of a number or a code of things: "haul_no", "branchCode", "Kundennummer". */
export function endsAsKey(name: string): boolean {
  const words =
    plainLetters(name)
      .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const last = words.at(-1) ?? "";
  return (words.length > 1 ? NUMBER_ENDS : ALONE).includes(last) || COMPOUND.test(last);
}
