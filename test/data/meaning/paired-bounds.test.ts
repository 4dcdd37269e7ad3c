import { expect, test } from "vitest";
import { mostlyPaired, pairedBounds, particleSizes } from "../../../src/data/meaning/paired-bounds.ts";

test("min and max that are grown into a name", () => {
  expect(pairedBounds(["Vmin", "Vmax", "Vnom"])).toEqual([["Vmin", "Vmax"]]);
  expect(pairedBounds(["MinTemp", "MaxTemp"])).toEqual([["MinTemp", "MaxTemp"]]);
  expect(pairedBounds(["temp_min", "temp_max"])).toEqual([["temp_min", "temp_max"]]);
  expect(pairedBounds(["Vmin", "Wmax", "terminal", "termaxal"])).toEqual([]);
});

test("there are no more clicks than times that a thing was shown", () => {
  expect(mostlyPaired(["klicks", "impressionen", "ctr"])).toEqual([["klicks", "impressionen"]]);
  expect(mostlyPaired(["ad_clicks", "ad_impressions", "site_impressions"])).toEqual([["ad_clicks", "ad_impressions"]]);
});

test("fine particles are part of coarse ones at the same place", () => {
  expect(particleSizes(["PM10", "PM2_5", "pm1"])).toEqual([
    ["PM2_5", "PM10"],
    ["pm1", "PM10"],
    ["pm1", "PM2_5"],
  ]);
  expect(particleSizes(["pm2.5_north", "pm10_north", "pm10_south"])).toEqual([["pm2.5_north", "pm10_north"]]);
  expect(particleSizes(["pm2.5_north", "pm1", "pm10"])).toEqual([]);
  // Hours of a day and items of a questionnaire.
  expect(particleSizes(["am8", "am11", "pm1", "pm10"])).toEqual([]);
  expect(particleSizes(["am1", "pm2.5", "pm10"])).toEqual([]);
  expect(particleSizes(["am 8", "pm2.5", "pm10"])).toEqual([]);
  expect(particleSizes(["rpm8", "pm2.5", "pm10"])).toEqual([["pm2.5", "pm10"]]);
  expect(particleSizes(["PM1", "PM2.5", "PM9", "PM10"])).toEqual([]);
  expect(particleSizes(["pm", "pm100", "rpm10", "pm2.57"])).toEqual([]);
});
