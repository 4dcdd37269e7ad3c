import { expect, test } from "vitest";
import { meaningOf } from "../../../src/data/meaning/meaning.ts";

test.each([
  "PCT_Aufnahme",
  "Aufnahme_CRP",
  "pct_bei_Aufnahme",
  "Ausgangswert",
  "pct_on_arrival",
  "lactate a l'admission",
  "crp_al_ingreso",
  "lactato na admissão",
  "PCR all'ammissione",
  "crp_bij_opname",
  "CRP przy przyjęciu",
  "crp ved indlæggelse",
  "Entlassungen_Vorjahr",
  "visites_avant",
  "crp_antes",
  "Aufnahme_Na",
  "PO2_Aufnahme",
])("%s is known beforehand", (name) => {
  expect(meaningOf(name).excusedBy).not.toEqual([]);
});

test.each(["ITS_Aufnahme", "Aufnahme", "icu_admission", "Aufnahmegrund", "Wiederaufnahme", "y_pred", "hard_drive", "opname_duur"])(
  "%s may be of what came later",
  (name) => {
    expect(meaningOf(name).excusedBy).toEqual([]);
  },
);

test("what a name says of the arrival lowers what else it says", () => {
  expect(meaningOf("Ergebnis_Aufnahme").after).toBeLessThan(0.5 * meaningOf("Ergebnis").after);
});

test.each([
  "Tod_nach_Aufnahme",
  "Tod_bei_Aufnahme",
  "Ergebnis_nach_Aufnahme",
  "decesso_dopo_ricovero",
  "complicanze_durante_ricovero",
  "Ende_Aufnahme",
  "refund_at_issue",
  "overlijden_na_opname",
  "CRP_na_opname",
  "complicatie_tijdens_opname",
  "ontslag_opname",
  "komplikation_efter_inskrivning",
])("%s is no less of what came later for its arrival", (name) => {
  expect(meaningOf(name).excusedBy).toEqual([]);
});

test("a death after the arrival weighs as a death", () => {
  expect(meaningOf("Tod_nach_Aufnahme").after).toBeGreaterThanOrEqual(meaningOf("Tod").after);
});
