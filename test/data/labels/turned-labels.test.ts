import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { conflictingLabel } from "../../../src/data/checks/conflicting-label.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { type Cells, contextOf } from "../checks/context.ts";

/** Patients with fine measurements, a few codes and a label, each row written `copies` times; then the first 200 once more in another coding of `kind`, with the label that `relabel` gives. */
function merged(copies: number, relabel: (label: string, random: Random) => string): Record<string, Cells> {
  const random = createRandom(4, "patients");
  const rows: (readonly [number, number, number, number, number, string])[] = [];
  const patients = Array.from({ length: 300 }, () => {
    const ill = random.next() < 0.5;
    const [age, chol, rate] = [30 + random.integer(50), 130 + random.integer(250), 90 + random.integer(110)];
    return [age, chol, rate, random.integer(4), ill ? 1 + random.integer(2) : random.integer(3), ill ? "yes" : "no"] as const;
  });
  for (const patient of patients) for (let copy = 0; copy < copies; copy++) rows.push(patient);
  for (const [age, chol, rate, kind, slope, label] of patients.slice(0, 200))
    rows.push([age, chol, rate, kind + 1, slope, relabel(label, random)]);
  const mixed = random.shuffle(rows);
  const column = (place: number) => mixed.map((row) => row[place]!);
  return { age: column(0), chol: column(1), rate: column(2), kind: column(3), slope: column(4), y: column(5) };
}

const other = (label: string) => (label === "yes" ? "no" : "yes");
const told = async (columns: Record<string, Cells>) =>
  (await conflictingLabel.inspect(contextOf({ columns, target: "y" }))).filter(({ evidence }) => evidence.kind === "turned labels");

describe("rows of one thing with opposite labels", () => {
  test("are asked about, also behind copies of rows", async () => {
    const [found] = await told(merged(3, other));
    expect(found).toMatchObject({
      trap: "conflicting-label",
      severity: "harmful",
      confidence: 0.45,
      evidence: { pairs: 200, opposite: expect.closeTo(200, -1) },
    });
    expect(found!.columns[0]).toBe("y");
    expect(found!.rows.count).toBeGreaterThan(300);
    expect(await told(merged(1, other))).toHaveLength(1);
  });

  test("are not where they have the label again, or that of a stranger", async () => {
    expect(await told(merged(3, (label) => label))).toEqual([]);
    expect(await told(merged(3, (_, random) => (random.next() < 0.5 ? "yes" : "no")))).toEqual([]);
  });

  test("behind copies of rows the things are found as groups", async () => {
    const found = await groupLeak.inspect(contextOf({ columns: merged(3, (label) => label), target: "y" }));
    expect(found.map(({ evidence }) => evidence.from)).toEqual(["profile"]);
  });
});
