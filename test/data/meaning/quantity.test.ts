import { expect, test } from "vitest";
import { quantityIn, turnsOf } from "../../../src/data/meaning/quantity.ts";

test("a day beside a month is one of its days; alone it may count days", () => {
  expect(quantityIn("day", ["year", "Month", "day"])).toMatchObject({ low: 0, high: 31 });
  expect(quantityIn("Tag", ["Monat", "Tag"])).toMatchObject({ high: 31 });
  expect(quantityIn("day", ["day", "monthly_rate"])).toBeNull();
  // One of the day, and a length.
  expect(quantityIn("hour", ["hour"])).toMatchObject({ high: 24 });
  expect(quantityIn("waiting_hours", ["hour"])).toBeNull();
  expect(quantityIn("vertragslaufzeit_monate", [])).toBeNull();
  expect(quantityIn("humidity", ["humidity", "month"])).toMatchObject({ high: 110 });
});

test("what a rate is counted by is not what it is of", () => {
  expect(quantityIn("reviews_per_month", [])).toBeNull();
  expect(quantityIn("price per year", [])).toBeNull();
  expect(quantityIn("weight_per_day", [])).toMatchObject({ phrase: "weight" });
});

test("parts of the calendar come round", () => {
  expect(["monthOfRegistration", "DAY_OF_WEEK", "day of month", "Monat"].map(turnsOf)).toEqual([12, 7, 31, 12]);
  expect(["months", "number of month", "reviews_per_month", "day", "week"].map(turnsOf)).toEqual([null, null, null, null, null]);
});

test("nobody is older than 122; houses, firms and trees are", () => {
  for (const name of ["age", "alter", "wiek", "eta_titolare", "Ålder", "âge", "ikä", "Yaş", "věk", "年齢"])
    expect(quantityIn(name, []), name).toMatchObject({ high: 122 });
  for (const name of ["house_alter", "leeftijd_pand", "eta edificio", "stand_age", "wiek budynku", "alder"])
    expect(quantityIn(name, []), name).toBeNull();
});

test("a pulse, a blood pressure and a body are above 0, whatever the language", () => {
  for (const name of ["Herzfrequenz", "frequence_cardiaque", "tętno", "presión_arterial", "Körpergewicht", "temp_K"])
    expect(quantityIn(name, []), name).toMatchObject({ low: 0, zero: "cannot be" });
  for (const name of ["impulse_count", "tension", "temperature", "prix_unitaire"])
    expect(quantityIn(name, [])?.zero ?? "may be", name).toBe("may be");
});
