import { describe, expect, test } from "vitest";
import { readAmounts } from "../../src/core/amount-reading.ts";
import { type AmountWriting, amountOf } from "../../src/core/written-amount.ts";

const counted = (texts: readonly string[]) =>
  [...new Set(texts)].map((text) => ({ text, rows: texts.filter((one) => one === text).length }));
const read = (texts: readonly string[], decimal: "." | "," | null = null, plain = false) =>
  readAmounts(counted(texts), { least: 10, decimal, plain });
const times = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i));
const cents = (i: number) => (100_000 + 7919 * i) / 100;
const english = (value: number) => value.toLocaleString("en", { minimumFractionDigits: 2 });
const german = (value: number) => value.toLocaleString("de", { minimumFractionDigits: 2 });

test("a percent sign or a currency before the number is read like one behind it; a unit of measure is not", () => {
  const valuesOf = (texts: readonly string[], of: readonly string[]) => {
    const reading = read(texts);
    return reading?.kind === "read" ? of.map((text) => amountOf(text, reading.writing)) : null;
  };
  const rates = times(60, (i) => `%${german(cents(i) / 100)}`);
  expect(valuesOf(rates, ["%24,50", "-%3", "% 7,5", "24,50 %", "8"])).toEqual([24.5, -3, 7.5, 24.5, 8]);
  const mixed = rates.map((text, i) => (i % 3 === 0 ? `${text.slice(1)}%` : text));
  expect(valuesOf(mixed, ["%24,50", "24,50%"])).toEqual([24.5, 24.5]);
  const paid = times(60, (i) => (i % 3 === 0 ? `₺${german(cents(i))}` : `${german(cents(i))} ₺`));
  expect(valuesOf(paid, ["₺1.250,50", "1.250,50 ₺", "$3,00"])).toEqual([1250.5, 1250.5, null]);
  expect(
    valuesOf(
      times(60, (i) => `kg ${i}.5`),
      ["kg 3.5"],
    ),
  ).toBeNull();
  // Where all signs stand behind, one in front is no number of the column.
  expect(
    valuesOf(
      times(60, (i) => `${i}.5 %`),
      ["%3.5", "3.5 %"],
    ),
  ).toEqual([null, 3.5]);
});

describe("notes behind numbers", () => {
  const some = (note: string, share = 4) => times(60, (i) => `${(i + 0.5).toFixed(1)}${i % share === 0 ? note : ""}`);

  test.each([
    ["stars", some("*"), ["*"]],
    ["stars of three sizes", times(60, (i) => `${i}.25${"*".repeat(i % 4)}`), ["***", "**", "*"]],
    ["a dagger behind a blank", some(" \u2020"), ["\u2020"]],
    ["references", times(60, (i) => `${i}.1${i % 3 === 0 ? `[${1 + (i % 2)}]` : ""}`), ["[1]", "[2]"]],
    ["an estimate of most years", times(60, (i) => `${1950 + i}${i % 4 === 0 ? "" : " (E)"}`), ["(E)"]],
    ["provisional figures", some(" p"), ["p"]],
    ["per cent with stars", times(60, (i) => `${i}.5 %${i % 5 === 0 ? "*" : ""}`), ["*"]],
    ["thousands", times(60, (i) => `${english(cents(i))}${i % 5 === 0 ? "(a)" : ""}`), ["(a)"]],
    ["below what could be measured", times(60, (i) => `${i % 3 === 0 ? "<" : ""}${(i + 0.5) / 10}`), ["<"]],
    ["at least, and about", times(60, (i) => `${["", "", ">= ", "~"][i % 4]}${i}.5 kg`), [">=", "~"]],
    ["dollars, circa", times(60, (i) => `${i % 3 === 0 ? "ca. " : ""}$${english(cents(i))}`), ["ca."]],
  ])("%s", (_, texts, notes) => {
    const reading = read(texts);
    expect(reading?.kind === "read" && reading.writing.notes?.map(({ text }) => text)).toEqual(notes);
    const { writing } = reading as { writing: AmountWriting };
    expect(texts.map((text) => amountOf(text, writing)).includes(null)).toBe(false);
  });

  test("numbers in square brackets among others", () => {
    const { writing } = read(times(60, (i) => (i % 3 === 0 ? `[${200 + i}]` : `${i}.25`))) as { writing: AmountWriting };
    expect(["[209]", "1.5", "[20.9]", " [7] "].map((text) => amountOf(text, writing))).toEqual([209, 1.5, 20.9, 7]);
  });

  test("say nothing of the size", () => {
    const { writing } = read(times(60, (i) => `${i}.5${i % 3 === 0 ? `[${1 + (i % 2)}]` : ""}`)) as { writing: AmountWriting };
    expect(["12.5[1]", "12.5 [2]", "-3[1]", "(4)", "4[3]", "[1]5"].map((text) => amountOf(text, writing))).toEqual([
      12.5,
      12.5,
      -3,
      -4,
      null,
      null,
    ]);
  });

  test.each([
    ["houses", times(60, (i) => `${i + 1}${i % 3 === 0 ? " b" : ""}`)],
    ["metres in some rows", times(60, (i) => `${i}.5${i % 3 === 0 ? " m" : ""}`)],
    ["sections of a law", times(60, (i) => `${i + 1}(${"abcef"[i % 5]})`)],
    ["a note that is a unit", times(60, (i) => `${i}.5${i % 3 === 0 ? " (kg)" : ""}`)],
    ["mean and deviation", times(60, (i) => `${i}.5${i % 3 === 0 ? ` (${i})` : ""}`)],
    ["classes of ages", times(60, (i) => ["<18", "18-24", "25-34", "35-44", ">= 45"][i % 5]!)],
    ["a letter behind most of the numbers", times(60, (i) => `${i}.5${i % 3 === 0 ? "" : " p"}`)],
    ["debits and credits", times(60, (i) => `${i}.50${i % 2 === 0 ? " (DR)" : ""}`)],
    ["houses with letters in brackets", times(90, (i) => `${20 + Math.floor(i / 3)}${["", " (a)", " (b)"][i % 3]}`)],
    ["below and above one number", times(90, (i) => `${["", "<", ">"][i % 3]}${5 + Math.floor(i / 3)}`)],
    ["rules alone", times(60, (i) => `${i % 2 === 0 ? "<" : ">="}${12 + (i % 20)}`)],
    ["more kinds of notes than a table has", times(100, (i) => `${i}.5${i % 5 < 2 ? `[${(i % 40) + 1}]` : ""}`)],
    ["lists of one", times(60, (i) => `[${i}]`)],
    ["lists of several", times(60, (i) => (i % 3 === 0 ? `[${i}, 4]` : `${i}.5`))],
    ["parts of names", times(60, (i) => `${i}.5[${i}]`)],
  ])("not %s", (_, texts) => {
    const reading = read(texts);
    expect(reading?.kind === "read" ? (reading.writing.notes ?? []) : []).toEqual([]);
  });
});

describe("how far off the last digits may be", () => {
  const masses = times(60, (i) => `${i}.${"1203406789".slice(0, 1 + (i % 6))}${i % 4 === 0 ? "" : `(${1 + (i % 12)})`}`);

  test("is left out, whatever the size of the number", () => {
    const { writing } = read(masses) as { writing: AmountWriting };
    expect(writing).toMatchObject({ decimal: ".", uncertain: true });
    expect(["1.00794(7)", "15.9994(3)", "-3.1(12)", "20", "(4)", "1.5(1234)", "(1.5)(3)"].map((text) => amountOf(text, writing))).toEqual([
      1.00794,
      15.9994,
      -3.1,
      20,
      -4,
      null,
      null,
    ]);
  });

  test("is known where a third of the numbers stand in square brackets", () => {
    const { writing } = read(masses.map((text, i) => (i % 3 === 0 ? `[${200 + i}]` : text))) as { writing: AmountWriting };
    expect(["1.00794(7)", "[209]"].map((text) => amountOf(text, writing))).toEqual([1.00794, 209]);
  });

  test.each([
    ["means with their counts", times(60, (i) => `${i}.5(${10 + i})`)],
    ["means with their deviations", times(60, (i) => `${i}.${i % 2 === 0 ? "25" : "5"}(${1 + (i % 9)}.5)`)],
    ["means of any length with their counts", times(60, (i) => `${i % 9}.${["5", "25", "125"][i % 3]}(${1 + (i % 12)})`)],
    [
      "marks with their counts, one of which ends in 0",
      times(160, (i) => `${i}.${i === 5 ? "10" : ["5", "25", "125"][i % 3]}(${1 + (i % 12)})`),
    ],
    ["counts with per cent", times(60, (i) => `${i}(${i + 2})`)],
    ["versions", times(60, (i) => `2.${i}.1(${1 + (i % 3)})`)],
  ])("is not %s", (_, texts) => {
    const reading = read(texts);
    expect(reading?.kind === "read" && reading.writing.uncertain === true).toBe(false);
  });
});

describe("either mark before the decimals", () => {
  const mixed = times(60, (i) => (i % 3 === 0 ? `${i},${i % 10}` : `${i}.${i % 10}`));

  test("is read where no number can be read in two ways, whatever new rows write", () => {
    const { writing } = read(mixed) as { writing: AmountWriting };
    expect(writing).toMatchObject({ decimal: ".", thousands: [], either: true });
    expect(["52,3", "52.3", "52", "0,1234", "-3,5", "1,234", "1.234", "1.234,5"].map((text) => amountOf(text, writing))).toEqual([
      52.3,
      52.3,
      52,
      0.1234,
      -3.5,
      null,
      null,
      null,
    ]);
  });

  test("with a unit at some of them", () => {
    const { writing } = read(mixed.map((text, i) => (i % 4 === 0 ? `${text} ha` : text))) as { writing: AmountWriting };
    expect(["52,3 ha", "52.3"].map((text) => amountOf(text, writing))).toEqual([52.3, 52.3]);
  });

  test("a unit that one cell in twenty has is that of all", () => {
    const { writing } = read(times(60, (i) => (i % 20 === 7 ? `${i}.5 ha` : `${i}.5`))) as { writing: AmountWriting };
    expect(writing.units).toMatchObject([{ text: "ha" }]);
    expect(read(times(60, (i) => (i % 20 === 7 ? `${i}.5 b` : `${i}.5`)))).toBeNull();
    // Hours among minutes, kilograms among pounds: the unit is written where it is another one.
    expect(read(times(60, (i) => (i % 20 === 7 ? `${1 + (i % 3)}.5 hr` : `${90 + i}.5`)))).toBeNull();
  });

  test("a mark before three digits everywhere parts thousands where that makes them as large as those without it", () => {
    const value = (i: number) => 1000 + ((i * 137) % 3900);
    const half = times(300, (i) =>
      i % 2 === 0 ? String(value(i)) : `${Math.floor(value(i) / 1000)},${String(value(i) % 1000).padStart(3, "0")}`,
    );
    const { writing } = read([...half, ...times(50, (i) => String(i))]) as { writing: AmountWriting };
    expect(writing).toMatchObject({ decimal: ".", thousands: [","] });
    // Meters beside kilometres: only as decimals are they apart.
    const far = times(300, (i) =>
      i % 2 === 0 ? String(40 * value(i)) : `${Math.floor(value(i) / 1000)},${String(value(i) % 1000).padStart(3, "0")}`,
    );
    expect(read(far)).toMatchObject({ writing: { decimal: "," } });
  });

  test.each([
    ["three digits behind a mark", [...mixed, "1,234"]],
    ["signs between thousands", [...mixed, "1.234,5"]],
    ["lists of two numbers", times(80, (i) => `${1 + (i % 9)}${i % 4 === 0 ? "," : "."}${10 + (i % 23)}`)],
    ["one text alone with the other mark", times(60, (i) => (i === 7 ? "46,47" : `${i}.${i % 10}`))],
  ])("is not, with %s", (_, texts) => {
    const reading = read(texts);
    expect(reading?.kind === "read" && reading.writing.either === true).toBe(false);
  });
});

describe("how a column is written", () => {
  test.each([
    ["dollars", times(40, (i) => `$${english(cents(i))}`), { decimal: ".", thousands: [","], units: ["$"] }],
    ["euros behind", times(40, (i) => `${german(cents(i))} €`), { decimal: ",", thousands: ["."], units: ["€"] }],
    ["German", times(40, (i) => german(cents(i))), { decimal: ",", thousands: ["."], units: [] }],
    ["Swiss", times(40, (i) => english(cents(i)).replaceAll(",", "\u2019")), { decimal: ".", thousands: ["\u2019"], units: [] }],
    ["French", times(40, (i) => german(cents(i)).replaceAll(".", "\u202f")), { decimal: ",", thousands: ["\u202f"], units: [] }],
    ["per cent", times(40, (i) => `${i} %`), { decimal: ".", thousands: [], units: ["%"] }],
    [
      "losses in brackets",
      times(40, (i) => (i % 3 === 0 ? `(${cents(i).toFixed(2)})` : `${cents(i).toFixed(2)} USD`)),
      { decimal: ".", thousands: [","], units: ["USD"] },
    ],
    [
      "grams and kilograms",
      times(60, (i) => (i % 4 === 0 ? `${500 + i} g` : `${i + 0.5} kg`)),
      { decimal: ".", thousands: [","], units: ["kg", "g"] },
    ],
    [
      "one unit in two spellings",
      times(40, (i) => `${i}.5 ${i % 2 === 0 ? "kg" : "Kg"}`),
      { decimal: ".", thousands: [","], units: ["Kg", "kg"] },
    ],
  ])("%s", (_, texts, { decimal, thousands, units }) => {
    const reading = read(texts);
    expect(reading).toMatchObject({ kind: "read", writing: { decimal, thousands } });
    if (reading?.kind === "read") expect(reading.writing.units.map(({ text }) => text)).toEqual(units);
  });

  test.each([
    ["€ in millions and thousands", times(60, (i) => (i % 3 === 0 ? `€${500 + i}K` : `€${i + 1}.${i % 10}M`)), "€4.1M", 4_100_000],
    ["German millions", times(40, (i) => `${i},${(i % 9) + 1} Mio. €`), "4,1 Mio. €", 4_100_000],
    ["pounds, bare ones among them", times(60, (i) => (i % 2 === 0 ? `£${i + 1}.5m` : `£${i}00`)), "£2.5m", 2_500_000],
    ["followers", times(60, (i) => (i % 3 === 0 ? `${100 + i}` : i % 3 === 1 ? `${i}.${i % 7}K` : `${i}.2M`)), "1.5K", 1500],
    ["thousands beside bare numbers", times(60, (i) => (i % 3 === 0 ? `${100 + i}` : `${i}.${1 + (i % 7)}k`)), "1.5k", 1500],
    ["one word alone", times(40, (i) => `${i + 1},5 Mio`), "3,4 Mio", 3_400_000],
    ["rupees", times(40, (i) => `₹${i + 1}.5 crore`), "₹2 crore", 20_000_000],
    ["codes of currencies", times(40, (i) => `USD ${i + 1}.5bn`), "USD 3bn", 3e9],
  ])("%s", (_, texts, one, value) => {
    const reading = read(texts);
    expect(reading?.kind === "read" && amountOf(one, reading.writing)).toBe(value);
  });

  test("letters that may be something else make nothing larger", () => {
    const metres = read(times(40, (i) => `${i}.5 m`));
    expect(metres?.kind === "read" && amountOf("3.5 m", metres.writing)).toBe(3.5);
    const houses = read(times(80, (i) => (i % 20 === 0 ? `${i + 1}${["k", "m", "b", "a"][(i / 20) % 4]}` : `${i + 1}`)));
    expect(houses).toBeNull();
    const kelvins = read(times(60, (i) => (i % 2 === 0 ? `${i}.5 K` : `${1000 + i}`)));
    expect(kelvins?.kind === "read" && kelvins.writing.magnitudes).toBeFalsy();
    const mixed = read(times(60, (i) => (i % 2 === 0 ? `${i}.5 mm` : `${i}.5 km`)));
    expect(mixed?.kind === "read" && mixed.writing.magnitudes).toBe(undefined);
  });

  test("one text with a comma among whole numbers is a slip or a list, not the only decimals; two are decimals", () => {
    expect(read([...times(90, (i) => `${i + 1}`), "46,47"])).toBeNull();
    expect(read([...times(90, (i) => `${i + 1}`), "46,47", "7,5"])).toMatchObject({ kind: "read", writing: { decimal: "," } });
    expect(read([...times(20, (i) => `${i + 1}`), "46,47"])?.kind).toBe("read");
  });

  test("grams become kilograms", () => {
    const reading = read(times(60, (i) => (i % 4 === 0 ? `${500 + i} g` : `${i + 0.5} kg`)));
    expect(reading?.kind === "read" && amountOf("750 g", reading.writing)).toBe(0.75);
  });

  test("what writes no number is missing below a tenth, or when it is a few marks", () => {
    const numbers = times(90, (i) => `${i}.5 kg`);
    expect(read([...numbers, ...times(9, (i) => `about ${i}`)])?.kind).toBe("read");
    expect(read([...numbers, ...times(11, (i) => `about ${i}`)])).toBeNull();
    expect(read([...numbers, ...times(80, () => "n/a")])?.kind).toBe("read");
  });
});

describe("three digits after one sign", () => {
  const grouped = times(80, (i) => `${1 + i}.${String(100 + i)}`);
  test("can be read both ways when nothing else speaks", () => {
    expect(read(grouped.map((text) => `${text} pcs`))).toMatchObject({
      kind: "open",
      thousands: { decimal: "," },
      decimals: { decimal: "." },
    });
    expect(read(grouped.map((text) => text.replace(".", ",")))).toMatchObject({
      kind: "open",
      thousands: { decimal: "." },
      decimals: { decimal: "," },
    });
  });
  test.each([
    ["another number has both signs", [...grouped, "1.234,5"], null, ","],
    ["another number has two of them", [...grouped, "1.234.567"], null, ","],
    ["another number has one digit after it", [...grouped, "1.5"], null, "."],
    ["another number begins with 0", [...grouped, "0.125"], null, "."],
    ["others are below a thousand, and all of 80 have three digits", [...grouped, "125", "999", "7", "42"], null, ","],
    ["others are above a thousand without it", [...grouped, "1250"], null, "."],
    ["the file has a decimal comma", grouped, ",", ","],
  ] as const)("%s", (_, texts, file, decimal) => {
    const reading = read(
      [...texts].map((text) => `${text} pcs`),
      file,
    );
    expect(reading).toMatchObject({ kind: "read", writing: { decimal } });
  });
  test.each([
    ["$3.459 for a gallon", (text: string) => `$${text}`, "."],
    ["3.819 EUR", (text: string) => `${text} EUR`, "."],
    ["3,819 €", (text: string) => `${text.replace(".", ",")} €`, ","],
  ] as const)("of a currency may be rates: %s", (_, write, sign) => {
    const texts = grouped.map(write);
    expect(read(texts)).toMatchObject({ kind: "open", decimals: { decimal: sign } });
    expect(read(texts, sign)).toMatchObject({ kind: "read", writing: { decimal: sign } });
    expect(read([...texts, write("1.234.567")])).toMatchObject({ kind: "read", writing: { thousands: [sign] } });
    expect(read([...texts, ...["125", "999", "7", "42"].map(write)])).toMatchObject({ kind: "read", writing: { thousands: [sign] } });
  });
  test("too few of them to tell from decimals", () => {
    expect(read([...grouped.slice(0, 20), "125", "999", "7", "42"].map((text) => `${text} pcs`))?.kind).toBe("open");
  });
  test("among few marks of a missing value they may be decimals of one length", () => {
    expect(read([...grouped, "0", "999"].map((text) => `${text} pcs`))?.kind).toBe("open");
  });
});

test("a number beyond those of the column may have the other mark between thousands", () => {
  const reading = read(times(40, (i) => `${i},5 kg`));
  expect(reading?.kind === "read" && ["1.041,5 kg", "1.041 kg", "1.04 kg"].map((text) => amountOf(text, reading.writing))).toEqual([
    1041.5,
    1041,
    null,
  ]);
});

test("which marks the cells show is told, apart from those that may come", () => {
  const shown = (texts: readonly string[]) => {
    const reading = read(texts);
    return reading?.kind === "read" ? reading.shown : null;
  };
  expect(shown(times(40, (i) => `${i}.5 kg`))).toEqual({ thousands: false, decimal: true });
  expect(shown(times(40, (i) => `${i} kg`))).toEqual({ thousands: false, decimal: false });
  expect(shown(times(40, (i) => `$1,${100 + i}.50`))).toEqual({ thousands: true, decimal: true });
});

describe("no amounts", () => {
  test.each([
    ["classes", times(60, (i) => `${10 * (i % 4)} %`)],
    ["codes", times(60, (i) => `A${i}`)],
    ["series of numbers", times(60, (i) => `INV ${10_000 + i}`)],
    ["ranges", times(60, (i) => `${i}-${i + 5}`)],
    ["dates", times(28, (i) => `${i + 1}.02.2024`)],
    ["phone numbers", times(60, (i) => `555 ${100 + i} ${200 + i}`)],
    ["identity cards", times(60, (i) => `12.${100 + i}.${200 + i}`)],
    ["versions", times(60, (i) => `1.${i}.${i % 7}`)],
    ["flats, some with a letter", times(60, (i) => (i % 3 === 0 ? `${i}a` : `${i}`))],
    ["two currencies", times(60, (i) => (i % 3 === 0 ? `$${i}` : `€${i}`))],
    ["per cent and shares", times(60, (i) => (i % 2 === 0 ? `${i} %` : `0.${i}`))],
    ["two writings", times(60, (i) => (i % 2 === 0 ? english(cents(i)) : german(cents(i))))],
    ["plain numbers, which the reader takes by itself", times(60, (i) => `${i}.5`)],
  ])("%s", (_, texts) => expect(read(texts)).toBeNull());

  test("strings of a file with types: decimals are numbers, keys and codes are not", () => {
    expect(
      read(
        times(60, (i) => `${i}.5`),
        ".",
        true,
      ),
    ).toMatchObject({ kind: "read", writing: { units: [], thousands: [] } });
    expect(
      read(
        times(60, (i) => `${20 + (i % 30)}`),
        ".",
        true,
      )?.kind,
    ).toBe("read");
    expect(
      read(
        times(60, (i) => `${1000 + i}`),
        ".",
        true,
      ),
    ).toBeNull();
    expect(
      read(
        times(60, (i) => `0${1000 + (i % 20)}`),
        ".",
        true,
      ),
    ).toBeNull();
    expect(
      read(
        times(60, (i) => `${i}`),
        ".",
        true,
      ),
    ).toBeNull();
  });
});

test("a plus behind numbers says that they are the least; what costs nothing may have no currency", () => {
  const installs = read(times(60, (i) => `${(100 * (i + 1) ** 3).toLocaleString("en")}+`));
  expect(installs?.kind === "read" && amountOf("1,000+", installs.writing)).toBe(1000);
  const prices = read([...times(600, () => "0"), ...times(20, (i) => `$${i}.99`)]);
  expect(prices?.kind === "read" && ["$4.99", "0"].map((text) => amountOf(text, prices.writing))).toEqual([4.99, 0]);
});
