import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { profileGroups } from "../../../src/data/split/profile-groups.ts";
import { type Cells, contextOf } from "../checks/context.ts";

const ROWS = 600;
const PATIENTS = 90;
const random = createRandom(1, "patients");
const patient = Array.from({ length: ROWS }, () => random.integer(PATIENTS));
const drawn = (draw: () => number, count = ROWS) => Array.from({ length: count }, draw);
const ofPatient = (draw: () => number) => {
  const own = drawn(draw, PATIENTS);
  return patient.map((one) => own[one]!);
};
const kind = () => random.integer(3);
const age = () => 20 + random.integer(60);
const height = () => 150 + random.integer(40);
const pressure = drawn(() => Math.round(90 + 60 * random.next()));
const sick = ofPatient(() => random.integer(2)).map((value) => (value === 0 ? "no" : "yes"));
const given = (columns: Record<string, Cells>) => contextOf({ columns: { ...columns, pressure, sick }, target: "sick" });

test("patients with several rows are known by two columns that together bring back others, and the split goes by both", async () => {
  const profile = { age: ofPatient(age), height: ofPatient(height), sex: ofPatient(kind), smoker: ofPatient(kind), ward: ofPatient(kind) };
  const context = given(profile);
  expect(profileGroups(context)).toMatchObject({ columns: ["age", "height"].sort(), constant: ["sex", "smoker", "ward"] });
  const [found] = await groupLeak.inspect(context);
  expect(found).toMatchObject({
    severity: "blocker",
    columns: ["age", "height"],
    fix: { split: { policy: "group", by: ["age", "height"] } },
  });
});

test("fewer columns that stay the same are enough where one numbers the visits of each", () => {
  const visit = patient.map((one, row) => patient.slice(0, row).filter((other) => other === one).length);
  const profile = { age: ofPatient(age), height: ofPatient(height), sex: ofPatient(kind), ward: ofPatient(kind) };
  expect(profileGroups(given({ ...profile, visit }))).toMatchObject({ constant: ["sex", "ward"] });
  expect(profileGroups(given({ ...profile, visit: random.shuffle(visit) }))).toBeNull();
});

test("an amount that comes back with another one is a customer", () => {
  const income = ofPatient(() => Math.round(5e6 * random.next()) / 100);
  expect(profileGroups(given({ income, age: ofPatient(age) }))).toMatchObject({ columns: ["income"], constant: ["age"] });
});

test("columns that are drawn by chance, depend on each other smoothly, are made of each other or kinds of one are none", () => {
  const chance = { age: drawn(age), height: drawn(height), sex: drawn(kind), smoker: drawn(kind), ward: drawn(kind) };
  expect(profileGroups(given(chance))).toBeNull();
  const tall = drawn(height);
  const weight = tall.map((cm) => Math.round(cm - 100 + 3 * random.normal()));
  expect(
    profileGroups(given({ tall, weight, size: tall.map((cm) => Math.floor(cm / 10)), inches: tall.map((cm) => cm / 2.54) })),
  ).toBeNull();
  const day = drawn(() => random.integer(90));
  const kinds = {
    weekday: day.map((one) => one % 7),
    holiday: day.map((one) => Number(one % 11 === 0)),
    season: day.map((one) => (one % 7) % 3),
  };
  expect(profileGroups(given({ day, ...kinds }))).toBeNull();
});

test("a salary and twelve times it are one amount, in a few rows in the other's unit", () => {
  const monthly = drawn(() => 2000 + 10 * random.integer(150));
  const yearly = monthly.map((one) => 12 * one);
  const slip = (row: number) => row % 11 === 3;
  expect(profileGroups(given({ monthly: monthly.map((one, row) => (slip(row) ? 12 * one : one)), yearly, rank: drawn(age) }))).toBeNull();
  const falling = yearly.map((one) => 50_000 - one);
  expect(profileGroups(given({ monthly: monthly.map((one, row) => (slip(row) ? 12 * one : one)), falling, rank: drawn(age) }))).toBeNull();
});

test("what two others give, such as a body mass index, brings them back and names nobody", () => {
  const tall = drawn(() => 160 + random.integer(25));
  const weight = tall.map((cm) => cm - 100 + random.integer(8));
  const index = tall.map((cm, row) => (1e4 * weight[row]!) / cm ** 2);
  expect(profileGroups(given({ tall, weight, index }))).toBeNull();
});

test("a part that two columns leave of each other says nothing of the rows' things", () => {
  const rows = 900;
  const above = drawn(() => 900 + 10 * random.integer(30), rows);
  const cellar = drawn(() => (random.integer(2) === 0 ? 0 : 10 * random.integer(40)), rows);
  const house = above.map((value, row) => value + cellar[row]!);
  const price = drawn(() => random.next(), rows);
  const columns = { house, above, cellar, price, sick: drawn(() => random.integer(2), rows) };
  expect(profileGroups(contextOf({ columns, target: "sick" }))).toBeNull();
});
