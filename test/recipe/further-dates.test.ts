import { describe, expect, it } from "vitest";
import { parseDate } from "../../src/recipe/date-format.ts";
import { furtherFormats } from "../../src/recipe/further-dates.ts";

const DAY = Date.UTC(2022, 7, 5);
const read = (text: string, ...formats: string[]) => parseDate(text, [...formats, ...furtherFormats(formats)]);

describe("dates of new rows that training wrote otherwise", () => {
  it("the year first, with and without a time, is read whatever training wrote", () => {
    const plain = ["2022-08-05", "2022/08/05", "2022.08.05", "20220805", "2022-8-5"];
    const timed = [
      "2022-08-05T00:00:00Z",
      "2022-08-05 00:00:00",
      "2022-08-05T00:00",
      "2022-08-05T00:00:00.000Z",
      "2022-08-05T00:00:00+00:00",
    ];
    for (const text of [...plain, ...timed]) expect(read(text, "%d/%m/%Y"), text).toBe(DAY);
    expect(read("2022-08-05T13:30:01.250Z", "%b %d, %Y")).toBe(DAY + ((13 * 60 + 30) * 60 + 1) * 1000 + 250);
  });

  it("day and month keep the order of training; a day that there is not is none", () => {
    for (const text of ["05.08.2022", "05-08-2022", "5/8/2022", "05.08.2022 00:00"])
      expect(read(text, "%d/%m/%Y", "%Y-%m-%d"), text).toBe(DAY);
    for (const text of ["08.05.2022", "08-05-2022"]) expect(read(text, "%m/%d/%Y"), text).toBe(DAY);
    expect(read("05.08.22", "%d/%m/%y")).toBe(DAY);
    for (const text of ["08-25-2022", "31.02.2022", "soon", "2022-13-01", ""]) expect(read(text, "%d/%m/%Y"), text).toBeNaN();
  });

  it("without an order in training, or with both, or without days, nothing is guessed", () => {
    expect(read("05.08.2022", "%Y-%m-%d")).toBeNaN();
    expect(read("05.08.2022", "%d/%m/%Y", "%m-%d-%Y")).toBeNaN();
    expect(furtherFormats(["%H:%M"])).toEqual([]);
    expect(furtherFormats(["%m/%Y"])).toEqual([]);
    expect(furtherFormats([])).toEqual([]);
  });

  it("no text follows two of them: their order does not matter", () => {
    for (const formats of [["%d/%m/%Y"], ["%m-%d-%y"], ["%d.%m.%Y", "%d.%m.%y"], ["%Y-%m-%d"]]) {
      const further = furtherFormats(formats);
      for (const format of further) {
        const text = format
          .replace(/%([dm])/g, "05")
          .replace("%Y", "2022")
          .replace("%y", "22")
          .replace(/%[HMS]/g, "07")
          .replace("%f", "123");
        expect(
          further.filter((other) => !Number.isNaN(parseDate(text, [other]))),
          text,
        ).toEqual([format]);
      }
    }
  });
});
