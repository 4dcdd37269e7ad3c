import { expect, test } from "vitest";
import { shownForms } from "../../../src/data/values/shown-forms.ts";

test("examples are of each way of writing", () => {
  expect(shownForms(["10,0 %", "10,1 %", "10,2 %", "10.0%", "10.1%"])).toEqual(["10,0 %", "10,1 %", "10.0%", "10.1%"]);
  expect(shownForms(["1 kg", "2 kg", "3 kg", "4 kg"])).toEqual(["1 kg", "2 kg", "3 kg"]);
});
