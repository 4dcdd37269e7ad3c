/** What a text or a number looks like that belongs to one person. */
export type PersonalKind = "email" | "phone" | "card" | "iban" | "ip" | "ssn" | "national" | "person" | "address" | "birth";

const TITLES = /(^|[\s,])(mr|mrs|ms|miss|master|dr|prof|rev|sir|madame|mme|herr|frau|señor|señora|sr|sra)\.?\s/i;

/** Null when it looks like none of them. Card numbers and IBANs must pass their checksums. */
export function personalKind(text: string): PersonalKind | null {
  const trimmed = text.trim();
  if (/^[^\s@]{1,64}@[^\s@]+\.[a-z]{2,}$/i.test(trimmed)) return "email";
  if (/^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(trimmed)) return "ip";
  if (/^\d{3}-\d{2}-\d{4}$/.test(trimmed)) return "ssn";
  if (isIban(trimmed)) return "iban";
  if (isCard(trimmed.replace(/[\s-]/g, ""))) return "card";
  if (/^(\+|00)\d[\d\s()./-]{7,18}$/.test(trimmed) || /^\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}$/.test(trimmed)) return "phone";
  return TITLES.test(trimmed) && /\p{Lu}\p{Ll}+/u.test(trimmed) ? "person" : null;
}

/** Of numbers of so many digits, a tenth passes the checksum by chance. */
export const LUHN_CHANCE = 0.1;

/** 13 to 19 digits, of a branch that issues cards (ISO/IEC 7812-1: 2 to 6), whose checksum is right. */
export function isCard(digits: string): boolean {
  return /^[2-6]\d{12,18}$/.test(digits) && passesLuhn(digits);
}

/** Luhn's checksum (ISO/IEC 7812-1). */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
  }
  return sum % 10 === 0;
}

/** The form alone: numbers that were made up or changed to hide whose they are fail the checksum. */
export function couldBeIban(text: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(ibanOf(text));
}

function ibanOf(text: string): string {
  return text.replace(/\s/g, "").toUpperCase();
}

/** ISO 13616: the rearranged number leaves 1 modulo 97. */
function isIban(text: string): boolean {
  const iban = ibanOf(text);
  if (!couldBeIban(iban)) return false;
  let rest = 0;
  for (const char of `${iban.slice(4)}${iban.slice(0, 4)}`) rest = Number(`${rest}${Number.parseInt(char, 36)}`) % 97;
  return rest === 1;
}
