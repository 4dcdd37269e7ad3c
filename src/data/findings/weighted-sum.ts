/** "2 x `a` - `b` + 5". */
export function weightedSum(terms: readonly string[], weights: readonly number[], constant: number): string {
  const number = (value: number) => String(Number(Math.abs(value).toPrecision(4)));
  const sign = (value: number, place: number) => (value < 0 ? "- " : place === 0 ? "" : "+ ");
  const weighted = terms.map((term, i) => {
    const weight = weights[i] ?? 0;
    return `${sign(weight, i)}${number(weight) === "1" ? "" : `${number(weight)} x `}${term}`;
  });
  return [...weighted, ...(constant === 0 ? [] : [`${sign(constant, 1)}${number(constant)}`])].join(" ");
}
