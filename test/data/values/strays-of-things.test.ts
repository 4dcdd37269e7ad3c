import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { straysOfThings, strayTraits } from "../../../src/data/values/strays-of-things.ts";
import { contextOf } from "../checks/context.ts";

const [PATIENTS, VISITS] = [120, 5];

interface Visit {
  readonly patient: number;
  readonly day: number;
  readonly sex: string;
}

/** Visits in time; `sexAt` says what is written at each. */
function given(sexAt: (patient: number, visit: number) => string, key = "patient_id") {
  const random = createRandom(1, "visits");
  const all = Array.from({ length: PATIENTS * VISITS }, (_, row): Visit => {
    const [patient, visit] = [Math.floor(row / VISITS), row % VISITS];
    return { patient, day: Date.UTC(2023, 0, 1 + 30 * visit + random.integer(20)), sex: sexAt(patient, visit) };
  });
  const order = [...createRandom(2, "order").shuffle(Int32Array.from(all.keys()))].map((row) => all[row]!);
  return contextOf({
    columns: {
      [key]: order.map(({ patient }) => `p${patient}`),
      day: order.map(({ day }) => day),
      sex: order.map(({ sex }) => sex),
      pulse: order.map(() => 60 + random.integer(30)),
      y: order.map(() => (random.next() < 0.4 ? "ill" : "well")),
    },
    dates: ["day"],
    target: "y",
  });
}

const own = (patient: number) => (patient % 3 === 0 ? "m" : "f");
const other = (patient: number) => (patient % 3 === 0 ? "f" : "m");

describe("a trait that is another one in one row of a thing", () => {
  test("is asked about, with its rows", () => {
    const context = given((patient, visit) => (patient % 20 === 7 && visit === 2 ? other(patient) : own(patient)));
    expect(straysOfThings(context)).toMatchObject([{ column: "sex", key: "patient_id", things: PATIENTS, constant: PATIENTS - 6 }]);
    const [found] = strayTraits(context);
    expect(found).toMatchObject({
      columns: ["sex", "patient_id"],
      confidence: 0.45,
      choices: ["mistake", "true value"],
      evidence: { strays: 6 },
    });
  });

  test("is not where it changes for good, or is no trait", () => {
    const moved = given((patient, visit) => (patient % 20 === 7 && visit >= 3 ? other(patient) : own(patient)));
    const last = given((patient, visit) => (patient % 20 === 7 && visit === 4 ? other(patient) : own(patient)));
    const free = given((patient, visit) => ((patient * 7 + visit * 3) % 4 === 0 ? "m" : "f"));
    const usual = given((patient, visit) => (patient % 40 === 7 && visit === 2 ? "m" : "f"));
    expect([moved, last, free, usual].flatMap(straysOfThings)).toEqual([]);
  });

  test("is not where nothing says that the rows are of things", () => {
    expect(
      straysOfThings(given((patient, visit) => (patient % 20 === 7 && visit === 2 ? other(patient) : own(patient)), "colour")),
    ).toEqual([]);
  });
});
