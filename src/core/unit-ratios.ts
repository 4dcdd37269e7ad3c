/** Ratios of two units that people mix, where nobody has said what is measured. */
export const UNIT_RATIOS: readonly (readonly [words: string, ratio: number])[] = [
  ["units and thousands", 1000],
  ["units and hundredths", 100],
  ["centimetres and inches", 2.54],
  ["pounds and kilograms", 1 / 0.45359237],
  ["kilometres and miles", 1.609344],
  ["sixtieths (minutes, seconds)", 60],
];
