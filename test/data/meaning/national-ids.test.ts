import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { nationalId, nationalIdOfNumbers } from "../../../src/data/meaning/national-ids.ts";

// Examples of the authorities and made up ones, none of a living person.
const RIGHT: readonly (readonly [string, readonly string[]])[] = [
  ["PESEL", ["44051401359", "02070803628", "49040501580", "02270803624"]],
  ["CPF", ["529.982.247-25", "111.444.777-35", "11144477735"]],
  ["Steuer-ID", ["86095742719", "47036892816", "65929970489"]],
  ["personnummer", ["811228-9874", "19811228-9874", "670919-9530", "121212+1212"]],
  ["TC Kimlik No", ["10000000146", "89173402262"]],
  ["BSN", ["111222333", "123456782"]],
  ["NIR", ["2 55 08 14 168 025 38", "255081416802538", "1 84 12 76 451 089 46"]],
  ["DNI or NIE", ["12345678Z", "X1234567L", "12.345.678-Z", "00000000T"]],
  ["codice fiscale", ["RSSMRA85T10A562S", "RSSMRA70A01H501S"]],
];

describe("by form and checksum", () => {
  test.each(RIGHT)("%s", (name, texts) => {
    for (const text of texts) expect(nationalId([text], 0.8)?.name, text).toBe(name);
    for (const text of texts) {
      const last = text.at(-1) ?? "";
      const other = /\d/.test(last) ? String((Number(last) + 1) % 10) : last === "A" ? "B" : "A";
      expect(nationalId([`${text.slice(0, -1)}${other}`], 0.8), text).toBeNull();
    }
  });
});

test("four fifths must fit", () => {
  const texts = ["12345678Z", "X1234567L", "00000000T", "12.345.678-Z", "unknown"];
  expect(nationalId(texts, 0.8)).toEqual({ name: "DNI or NIE", share: 0.8 });
  expect(nationalId([...texts, "none"], 0.8)).toBeNull();
});

test("days that are none, one number over and over, and names of months that are none", () => {
  expect(nationalId(["44153201359"], 0.5)).toBeNull();
  expect(nationalId(["11111111111"], 0.5)).toBeNull();
  expect(nationalId(["000000000"], 0.5)).toBeNull();
  expect(nationalId(["811328-9873", "810028-9875"], 0.5)).toBeNull();
});

test("zeros in front that a reader lost are put back; plain numbers pass by chance alone", () => {
  expect(nationalIdOfNumbers([44051401359, 2070803628, 49040501580], 0.8)?.name).toBe("PESEL");
  expect(nationalIdOfNumbers([111222333, 123456782], 0.8)?.name).toBe("BSN");
  const random = createRandom(1, "numbers");
  for (const digits of [9, 10, 11, 12, 15]) {
    const values = Array.from({ length: 500 }, () => 10 ** (digits - 1) + Math.floor(random.next() * 8 * 10 ** (digits - 1)));
    expect(nationalIdOfNumbers(values, 0.3)).toBeNull();
    expect(nationalId(values.map(String), 0.3)).toBeNull();
  }
});
