/** How far off the last digits of a number may be, in brackets right behind them: "1.00794(7)" is 1.00794 and at most 0.00007 off. For JavaScript and RE2 alike. */
export const UNCERTAINTY = "\\([0-9]{1,3}\\)";

const BEHIND = new RegExp(`([0-9])${UNCERTAINTY}`);

/** The text without it. */
export const certainText = (text: string) => text.replace(BEHIND, "$1");

/** What tables of measures have there: one or two digits, no zero in front, behind decimals. */
const MEASURED = /^\s*[-+\u2212]?\d*[.,](\d+)\([1-9]\d?\)\s*$/;
/** Who writes "12.3(4)", "4.20(3)" and "1.2345(6)" gives as many decimals as are sure, zeros too; a mean with its count or its deviation has as many everywhere, or none that ends in 0. */
const [LEAST_LENGTHS, LEAST_TEXTS] = [3, 10];
/** One last digit in ten is 0; a column in which so few are that chance hardly leaves fewer holds something else. */
const WONDER = 0.001;

function areTooFew(zeros: number, found: number): boolean {
  let [chance, sum] = [0.9 ** found, 0];
  for (let count = 0; count <= zeros; count++) {
    sum += chance;
    chance *= ((found - count) / (count + 1)) * (0.1 / 0.9);
  }
  return sum < WONDER;
}

/** Share of the rows, of which the others hold the number alone. */
const LEAST_SHARE = 0.2;

/** The texts without the uncertainty of their last digits; null where they do not have such. */
export function withoutUncertainty<T extends { readonly text: string; readonly rows: number }>(texts: readonly T[]): readonly T[] | null {
  const lengths = new Set<number>();
  let [found, rows, all, zeros] = [0, 0, 0, 0];
  for (const { text, rows: own } of texts) {
    all += own;
    const [, decimals] = MEASURED.exec(text) ?? [];
    if (decimals === undefined) continue;
    lengths.add(decimals.length);
    zeros += Number(decimals.endsWith("0"));
    found++;
    rows += own;
  }
  if (found < LEAST_TEXTS || areTooFew(zeros, found) || lengths.size < LEAST_LENGTHS || rows < LEAST_SHARE * all) return null;
  return texts.map((one) => (MEASURED.test(one.text) ? { ...one, text: certainText(one.text) } : one));
}
