/** Some of all: what came of things, and how many there were. */
const SOME =
  "failed returned defective defect broken refunded cancelled canceled answered opened clicked used sold won passed completed accepted approved rejected missed succeeded converted finished attended unsubscribed bounced defekt fehlerhaft".split(
    " ",
  );
const ALL =
  "ordered total sent offered all played tested produced made requested attempted available issued invited registered booked scheduled gesamt bestellt".split(
    " ",
  );

/** Words that stand for the lower and the upper end of the same thing. */
const PAIRS: readonly (readonly [string, string])[] = [
  ...SOME.flatMap((some) => ALL.map((all) => [some, all] as const)),
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

/** The same where there are exceptions: arsenic turns to gas before it melts, and a page that was shown once may be clicked twice. */
const MOSTLY: readonly (readonly [string, string])[] = [
  ["melting", "boiling"],
  ["freezing", "boiling"],
  ["meltingpoint", "boilingpoint"],
  ["tm", "tb"],
  ["clicks", "impressions"],
  ["klicks", "impressionen"],
  ["clics", "impressions"],
  ["clics", "impresiones"],
  ["clic", "impressioni"],
  ["cliques", "impressoes"],
  ["wins", "games"],
  ["occupancy", "capacity"],
  ["occupied", "capacity"],
  ["passengers", "capacity"],
  ["passengers", "seats"],
];

/** Words that make of a name that of the most or the least there can be of it. */
const [BOUNDS, LEAST] = [
  ["max", "maximum"],
  ["min", "minimum"],
];

/** "floor" and "max_floor": [lower, upper]. */
function boundOf(name: string, known: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const word = [...BOUNDS, ...LEAST].find((one) => words[0] === one || words.at(-1) === one);
  if (word === undefined || words.length < 2) return [];
  const rest = words.filter((one) => one !== word).join("_");
  const other = known.get(rest);
  return other === undefined || other === name ? [] : [LEAST.includes(word) ? [name, other] : [other, name]];
}

/** "Vmin" and "Vmax", "TempMin" and "TempMax": the word is grown into the name, at an end of its letters. */
function grownInto(name: string, known: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const folded = name.toLowerCase();
  return [...folded.matchAll(/(?<![a-z])min(?=[a-z])|(?<=[a-z])min(?![a-z])/g)].flatMap(({ index }) => {
    const other = known.get(`${folded.slice(0, index)}max${folded.slice(index + 3)}`);
    return other === undefined ? [] : [[name, other] as const];
  });
}

/** Particles of up to so many micrometres, of which the smaller are part of the larger. */
const PARTICLES = /(?<![a-z])pm[ _.]?(10|2[ _.,]?5|1)(?![\d.,])/i;

/** An hour ("am8", "pm10") or an item of a questionnaire ("PM9"). */
const HOURS = /(?<![a-z])[ap]m[ _.]?\d/i;

/** Names such as "PM2_5" and "PM10" that are otherwise the same: [part, whole]. Their whole holds what the part has. None where one is that of no such size, or none of them is 2.5. */
export function particleSizes(names: readonly string[]): readonly (readonly [string, string])[] {
  if (names.some((name) => HOURS.test(name) && !PARTICLES.test(name))) return [];
  const sized = names.flatMap((name) => {
    const found = PARTICLES.exec(name);
    if (found === null) return [];
    const digits = (found[1] ?? "").replace(/\D/g, "");
    return [{ name, size: digits === "25" ? 2.5 : Number(digits), rest: name.replace(PARTICLES, "").toLowerCase() }];
  });
  const fine = new Set(sized.flatMap(({ size, rest }) => (size === 2.5 ? [rest] : [])));
  return sized.flatMap((part) =>
    sized.flatMap((whole) =>
      whole.rest === part.rest && part.size < whole.size && fine.has(part.rest) ? [[part.name, whole.name] as const] : [],
    ),
  );
}

/** Names of columns that differ in one such word: [lower, upper]. Linear in the number of names. */
export function pairedBounds(names: readonly string[]): readonly (readonly [string, string])[] {
  return pairedBy(names, PAIRS, true);
}

/** The same of ends that hardly ever lie the other way round. */
export function mostlyPaired(names: readonly string[]): readonly (readonly [string, string])[] {
  return pairedBy(names, MOSTLY, false);
}

function pairedBy(names: readonly string[], pairs: typeof PAIRS, withBounds: boolean): readonly (readonly [string, string])[] {
  const known = new Map(names.map((name) => [name.toLowerCase(), name]));
  const plain = new Map(
    names.map((name) => [
      name
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .join("_"),
      name,
    ]),
  );
  return names.flatMap((name) => {
    const words = name.toLowerCase().split(/([^a-z]+)/);
    const bounds = withBounds ? [...boundOf(name, plain), ...grownInto(name, known)] : [];
    if (bounds.length > 0) return bounds;
    return pairs.flatMap(([lower, upper]) => {
      if (!words.includes(lower)) return [];
      return words.flatMap((word, index) => {
        if (word !== lower) return [];
        const other = known.get(words.map((one, i) => (i === index ? upper : one)).join(""));
        return other === undefined || other === name ? [] : [[name, other] as const];
      });
    });
  });
}
