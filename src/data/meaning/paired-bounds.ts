/** Words that stand for the lower and the upper end of the same thing. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["start", "end"],
  ["begin", "end"],
  ["min", "max"],
  ["minimum", "maximum"],
  ["low", "high"],
  ["lower", "upper"],
  ["first", "last"],
  ["from", "to"],
  ["opened", "closed"],
  ["admission", "discharge"],
  ["pickup", "dropoff"],
  ["checkin", "checkout"],
  ["departure", "arrival"],
  ["diastolic", "systolic"],
  ["dia", "sys"],
  ["dbp", "sbp"],
  ["lo", "hi"],
];

/** Names of columns that differ in one such word: [lower, upper]. Linear in the number of names. */
export function pairedBounds(names: readonly string[]): readonly (readonly [string, string])[] {
  const known = new Map(names.map((name) => [name.toLowerCase(), name]));
  return names.flatMap((name) => {
    const words = name.toLowerCase().split(/([^a-z]+)/);
    return PAIRS.flatMap(([lower, upper]) =>
      words.flatMap((word, index) => {
        if (word !== lower) return [];
        const other = known.get(words.map((one, i) => (i === index ? upper : one)).join(""));
        return other === undefined || other === name ? [] : [[name, other] as const];
      }),
    );
  });
}
