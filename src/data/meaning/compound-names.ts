const STEMS = "nitr|sulf|sulph|chlor|brom|iod|jod|fluor|phosph|arsen|selen|carb|meth|eth|prop|but|pent|hex|hept|oct|benz|tolu|xyl|styr";
const ENDINGS = "at|it|id|in|an|en|yn|anol|enol|ol|anal|enal|al|anon|on|yl";
const COMPOUND = new RegExp(`(.*(?:${STEMS}))(${ENDINGS})e?$`);

/** Compounds of one stem that end otherwise, in small letters: nitrate and nitrite, propane and propene. */
export function areOtherCompounds(a: string, b: string): boolean {
  const [one, other] = [COMPOUND.exec(a), COMPOUND.exec(b)];
  return one !== null && one[1] === other?.[1] && one[2] !== other?.[2];
}
