/** Numbers that a state gives to a person, and that carry a checksum. SSN of the United States has none: its form tells it (`personalKind`). */
interface NationalId {
  readonly name: string;
  /** Without blanks, points and dashes; capitals. */
  readonly form: RegExp;
  readonly isRight: (text: string) => boolean;
  /** Digits alone: a reader may have taken it for a number and lost its zeros in front. */
  readonly digits: number | null;
}

const WEIGHTS_PESEL = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
/** Values of 0 to 9 and A to Z at odd places of a codice fiscale (decree of 23 December 1976). */
const ODD_FISCALE = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

const IDS: readonly NationalId[] = [
  { name: "PESEL", form: /^\d{11}$/, isRight: isPesel, digits: 11 },
  { name: "CPF", form: /^(?!(\d)\1{10})\d{11}$/, isRight: isCpf, digits: 11 },
  { name: "Steuer-ID", form: /^[1-9]\d{10}$/, isRight: isSteuerId, digits: 11 },
  { name: "TC Kimlik No", form: /^[1-9]\d{10}$/, isRight: isTckn, digits: 11 },
  { name: "personnummer", form: /^(\d\d)?\d{6}\+?\d{4}$/, isRight: isPersonnummer, digits: null },
  { name: "BSN", form: /^(?!0{9})\d{9}$/, isRight: isBsn, digits: 9 },
  { name: "NIR", form: /^[12]\d{4}(\d\d|2[AB])\d{8}$/, isRight: isNir, digits: 15 },
  { name: "DNI or NIE", form: /^([XYZ]\d|\d{2})\d{6}[A-Z]$/, isRight: isDni, digits: null },
  { name: "codice fiscale", form: /^[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/, isRight: isCodiceFiscale, digits: null },
];

/** The kind of number that so large a share of the texts is, by form and checksum; null: none. */
export function nationalId(texts: readonly string[], share: number): { readonly name: string; readonly share: number } | null {
  const plain = texts.map((text) => text.toUpperCase().replace(/[\s.-]/g, ""));
  return mostOf(plain, share, () => IDS);
}

/** Of whole numbers that lost the zeros in front. */
export function nationalIdOfNumbers(values: ArrayLike<number>, share: number): { readonly name: string; readonly share: number } | null {
  const numbers = Array.from(values, String);
  const found = IDS.filter(({ digits }) => digits !== null).map((id) => {
    const padded = numbers.map((text) => (text.length >= (id.digits ?? 0) - 2 ? text.padStart(id.digits ?? 0, "0") : text));
    return mostOf(padded, share, () => [id]);
  });
  return found.find((one) => one !== null) ?? null;
}

function mostOf(texts: readonly string[], share: number, ids: () => readonly NationalId[]): { name: string; share: number } | null {
  for (const { name, form, isRight } of ids()) {
    const right = texts.filter((text) => form.test(text) && isRight(text)).length;
    if (right > 0 && right >= share * texts.length) return { name, share: right / texts.length };
  }
  return null;
}

function digitsOf(text: string): number[] {
  return Array.from(text, Number);
}

function weighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0);
}

function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** The month says the century: 20 more for each. */
function isPesel(text: string): boolean {
  return isDay(Number(text.slice(2, 4)) % 20, Number(text.slice(4, 6))) && weighted(digitsOf(text), WEIGHTS_PESEL) % 10 === 0;
}

function isCpf(text: string): boolean {
  const digits = digitsOf(text);
  const check = (length: number) => {
    const rest = weighted(
      digits,
      Array.from({ length }, (_, i) => length + 1 - i),
    );
    return ((rest * 10) % 11) % 10 === digits[length];
  };
  return check(9) && check(10);
}

/** ISO 7064, MOD 11,10; among the first ten digits one comes twice or thrice. */
function isSteuerId(text: string): boolean {
  const digits = digitsOf(text);
  const different = new Set(digits.slice(0, 10)).size;
  if (different !== 9 && different !== 8) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) product = (2 * ((digit + product) % 10 || 10)) % 11;
  return (11 - product) % 10 === digits[10];
}

/** Seven times the digits at odd places less those at even ones, then the sum of all ten. */
function isTckn(text: string): boolean {
  const digits = digitsOf(text);
  const tenth = weighted(digits, [7, -1, 7, -1, 7, -1, 7, -1, 7]);
  const sum = weighted(digits, Array<number>(10).fill(1));
  return ((tenth % 10) + 10) % 10 === digits[9] && sum % 10 === digits[10];
}

/** Luhn's checksum of the last ten digits, which begin with a day of birth. */
function isPersonnummer(text: string): boolean {
  const last = text.replace("+", "").slice(-10);
  const sum = digitsOf(last).reduce((total, digit, i) => total + (i % 2 === 1 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9), 0);
  return isDay(Number(last.slice(2, 4)), Number(last.slice(4, 6))) && sum % 10 === 0;
}

function isBsn(text: string): boolean {
  return weighted(digitsOf(text), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

/** Corsica writes 2A and 2B for 19 and 18. */
function isNir(text: string): boolean {
  const body = Number(text.slice(0, 13).replace("2A", "19").replace("2B", "18"));
  return 97 - (body % 97) === Number(text.slice(13));
}

function isDni(text: string): boolean {
  const number = Number(text.slice(0, -1).replace("X", "0").replace("Y", "1").replace("Z", "2"));
  return DNI_LETTERS[number % 23] === text.at(-1);
}

function isCodiceFiscale(text: string): boolean {
  const values = Array.from(text.slice(0, 15), (one) => (/\d/.test(one) ? Number(one) : one.charCodeAt(0) - 65));
  const sum = values.reduce((total, value, i) => total + (i % 2 === 0 ? (ODD_FISCALE[value] ?? 0) : value), 0);
  return String.fromCharCode(65 + (sum % 26)) === text[15];
}
