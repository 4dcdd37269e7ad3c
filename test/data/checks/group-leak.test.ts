import { describe, expect, test } from "vitest";
import { honestTable, numbers, tableOf } from "../table.ts";
import { dependence, patients } from "./dependent-tables.ts";

describe("group-leak", () => {
  test("a repeated key is found, verified and goes into the split", async () => {
    const { found, proposal } = await dependence(patients(60, 8, 1, (group) => `p${group}`, "patient_id"));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ trap: "group-leak", columns: ["patient_id"], severity: "blocker" });
    expect(proposal.split).toEqual({ policy: "group", by: ["patient_id"], folds: 5, repeats: 2 });
    expect(proposal.naive).toEqual({ policy: "stratified", folds: 5, repeats: 2 });
  });

  test("a front part of a unique id is found", async () => {
    const { proposal } = await dependence(patients(60, 8, 2, (group, i) => `rec_S${group}_${i}`, "name", true));
    expect(proposal.split).toMatchObject({ policy: "group", by: ["name"], cut: expect.any(String) });
    const cut = "cut" in proposal.split ? new RegExp(proposal.split.cut ?? "", "u") : /x/;
    expect(cut.exec("rec_S12_3")?.[1]).toBe("rec_S12");
  });

  test("a key whose groups tell nothing is left alone", async () => {
    const table = honestTable(600, 3, (random) => [["customer_id", numbers(600, () => random.integer(100)).map((i) => `c${i}`)]]);
    const { found, proposal } = await dependence(table, "bought");
    expect(found).toEqual([]);
    expect(proposal.split.policy).toBe("stratified");
  });

  test("a text whose values decide the class is asked about, whatever it is called; one that tells as a kind does is not", async () => {
    const of = (effect: number) => {
      const rates = numbers(60, () => 0);
      return honestTable(1500, 5, (random, target) => {
        rates.forEach((_, level) => {
          rates[level] = random.next() < 0.5 ? -1 : 1;
        });
        // With the effect a level is drawn whose own label the row has.
        const drawn = (y: number) => {
          for (;;) {
            const level = random.integer(60);
            if (random.next() > effect || (rates[level] ?? 0) > 0 === (y === 1)) return `v${level}k`;
          }
        };
        return [["fld", target.map(drawn)]];
      });
    };
    expect((await dependence(of(0.9), "bought")).found).toMatchObject([
      { columns: ["fld"], severity: "harmful", evidence: { from: "levels" } },
    ]);
    expect((await dependence(of(0.3), "bought")).found).toEqual([]);
  });

  test("the number that each thing has for itself stands in for its name on new ones; its other names and codes do not", async () => {
    const insteadOf = async (twin: string, of: (group: number) => number | string) => {
      const made = patients(60, 8, 1, (group) => `p${group}`, "patient_id");
      const groups = made.frame.columns.find(({ name }) => name === "patient_id")!;
      const own = "codes" in groups ? Array.from(groups.codes, (code) => of(code)) : [];
      const beside = tableOf([[twin, own]]);
      const infos = beside.dataset.columns.map((info) => ({ ...info, position: made.dataset.columns.length }));
      const table = {
        dataset: { ...made.dataset, columns: [...made.dataset.columns, ...infos] },
        frame: { ...made.frame, columns: [...made.frame.columns, ...beside.frame.columns] },
      };
      const { found } = await dependence(table);
      const { counterfactual } = found.find(({ columns }) => columns.includes("patient_id")) ?? {};
      return counterfactual?.change === "split" ? counterfactual : null;
    };
    expect(await insteadOf("capacity", (group) => 120 + 4 * ((group * 37) % 60))).toMatchObject({
      without: ["patient_id"],
      instead: ["capacity"],
    });
    expect(await insteadOf("ward_code", (group) => 120 + 13 * ((group * 37) % 60))).not.toHaveProperty("instead");
    expect(await insteadOf("alias", (group) => `name ${(group * 37) % 60}`)).not.toHaveProperty("instead");
  });

  test("a declared group needs no evidence", async () => {
    const table = honestTable(600, 3, (random) => [["customer_id", numbers(600, () => random.integer(100)).map((i) => `c${i}`)]]);
    const { found, proposal } = await dependence(table, "bought", { roles: { group: "customer_id" } });
    expect(found).toEqual([]);
    expect(proposal).toMatchObject({ split: { policy: "group", by: ["customer_id"] }, why: expect.stringContaining("declared") });
  });
});
