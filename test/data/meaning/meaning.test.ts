import { describe, expect, test } from "vitest";
import { meaningOf } from "../../../src/data/meaning/meaning.ts";
import { nameWords } from "../../../src/data/meaning/name-words.ts";
import { subjectOf } from "../../../src/data/meaning/span-words.ts";

describe("nameWords", () => {
  test.each([
    ["daysUntil_Churn.2", ["days", "until", "churn", "2"]],
    ["customerID", ["customer", "id"]],
    ["HTTPResponseTime", ["http", "response", "time"]],
    ["Gesprächsdauer (s)", ["gesprachsdauer", "s"]],
    ["__proto__", ["proto"]],
    ["", []],
  ])("%s", (name, words) => {
    expect(nameWords(name)).toEqual(words);
  });
});

test("a target may be what is predicted; targets are goals", () => {
  expect(meaningOf("target_flag").afterWords).toEqual(["target"]);
  expect(meaningOf("gender_targets").after).toBe(0);
});

test("what is written at the end of a stay is known where the target is whether somebody came back", () => {
  const beside = (target: string) => subjectOf([nameWords("age")], nameWords(target));
  for (const name of ["length_of_stay_days", "discharge_disposition_id"]) {
    expect(meaningOf(name, beside("readmitted_30d"))).toMatchObject({ excusedBy: ["readmitted"] });
    expect(meaningOf(name, beside("complication"))).toMatchObject({ excusedBy: [] });
  }
});

describe("meaningOf", () => {
  test.each([
    "call_duration",
    "total_recovered",
    "chargedOffAmount charged off",
    "discharge.date",
    "daysUntilClose until",
    "future_sales",
    "refunds",
    "fecha de muerte",
    "rec_ver_tat",
    "lab turnaround hours",
    "arrived_at",
    "Rückgewinnungsangebot",
    "Kündigungsgrund",
    "montant_recouvre",
    "ticket_resolution_time",
  ])("%s is written afterwards", (name) => {
    expect(meaningOf(name).after).toBeGreaterThanOrEqual(0.5);
  });

  test("the next one is later in eight languages; followers and the back of a body are no such thing", () => {
    const names = [
      "tx_successive_1h",
      "alq_hora_siguiente",
      "umsatz_naechste_woche",
      "nächster Wert",
      "valeur suivante",
      "vendas_seguinte",
    ];
    for (const name of [...names, "verkoop_volgende_week", "wartosc_nastepnego_dnia"])
      expect(meaningOf(name).after).toBeGreaterThanOrEqual(0.6);
    for (const name of ["following_count", "posterior_width"]) expect(meaningOf(name).after).toBeLessThan(0.5);
  });

  test("an answer of an earlier model is written afterwards; cut words alone are asked about", () => {
    for (const name of ["y_pred", "pred_proba", "model_pred"]) expect(meaningOf(name).after).toBeCloseTo(0.8, 10);
    expect(meaningOf("pred_degree_awarded").after).toBe(0.5);
    expect([meaningOf("date_fin").after, meaningOf("fin_contrat").after]).toEqual([0.6, 0.6].map((one) => expect.closeTo(one, 10)));
    for (const name of ["percentOfStudentsFinAid", "Fin Aid", "fin_aid_pct"]) expect(meaningOf(name).after).toBe(0);
  });

  test.each([
    "previous_outcome",
    "poutcome",
    "pdays",
    "previous",
    "prior_result",
    "lag_1_duration",
    "campaign",
    "age",
    "emp.var.rate",
    "petal length",
    "",
    "constructor",
  ])("%s is not", (name) => {
    expect(meaningOf(name).after).toBeLessThan(0.3);
  });

  test.each(["arrival_time", "dep_delay", "verified_income", "adoption-of-the-budget-resolution"])(
    "%s may be: it is asked about where it stands out",
    (name) => {
      const { after } = meaningOf(name);
      expect([after > 0.3, after < 0.5]).toEqual([true, true]);
    },
  );

  const inTableOf = (name: string, ...columns: string[]) => meaningOf(name, subjectOf(columns.map(nameWords)));

  test.each(["duration", "Dauer", "durée", "elapsed", "LOS"])("%s alone lies between: it is asked about", (name) => {
    expect(meaningOf(name).after).toBeLessThan(0.5);
    expect(meaningOf(name).after).toBeGreaterThan(meaningOf("loan_duration").after);
    expect(inTableOf(name, "age", "income", name)).toMatchObject({ after: meaningOf(name).after, subject: [] });
  });

  test.each([
    ["duration", ["age", "contact", "campaign"], ["contact", "campaign"]],
    ["duration", ["loan", "contact", "calls", "campaign"], ["contact", "call", "campaign"]],
    ["Dauer", ["Alter", "Anruf"], ["anruf"]],
    ["visit_duration", ["loan_amount", "credit", "term"], ["visit"]],
  ])("%s among %j is that of an event", (name, columns, subject) => {
    const meaning = inTableOf(name, name, ...columns);
    expect(meaning.after).toBeGreaterThan(0.5);
    expect(meaning.subject).toEqual(subject);
  });

  test.each([
    ["duration", ["loan_amount", "income", "age"], ["loan"]],
    ["duration", ["credit_amount", "contact"], ["credit"]],
    ["Laufzeit Dauer", ["Anruf", "Kontakt"], ["laufzeit"]],
    ["loan_duration", ["contact", "campaign", "call"], ["loan"]],
    ["contract_duration", [], ["contract"]],
  ])("%s among %j is agreed before", (name, columns, subject) => {
    const meaning = inTableOf(name, name, ...columns);
    expect(meaning.after).toBeLessThan(0.3);
    expect(meaning.subject).toEqual(subject);
  });

  test("another length in the table is no witness of what this one is of", () => {
    expect(inTableOf("duration", "duration", "call_duration").subject).toEqual([]);
  });

  test.each(["time", "futime", "dtime", "rfstime", "survTime", "stop", "followup_time", "survival time", "Survival_Years", "days", "tte"])(
    "%s beside a death is the time until then",
    (name) => {
      const beside = (target: string, ...columns: string[]) =>
        meaningOf(name, subjectOf([name, ...columns, target].map(nameWords), nameWords(target)));
      expect(beside("DEATH_EVENT", "age").after).toBeGreaterThan(0.5);
      expect(beside("death", "loan").subject).toEqual(["death"]);
      expect(beside("status", "age").subject).toEqual(["status"]);
      for (const [target, other] of [
        ["price", "age"],
        ["status", "loan_amount"],
      ] as const)
        expect(beside(target, other).subject).toEqual([]);
    },
  );

  test.each(["fustat", "relstatus", "delta"])("%s is a target like a status", (target) => {
    expect(meaningOf("time", subjectOf([["time"], [target]], [target])).untilFate).toBe(true);
    expect(meaningOf("time", subjectOf([["time"], ["thermostat"]], ["thermostat"])).untilFate).toBe(false);
  });

  test.each(["censdead", "HOSPDEATH", "SURVIND", "deathflag"])("%s says in one word what became of somebody", (target) => {
    expect(meaningOf("time", subjectOf([["time"], nameWords(target)], nameWords(target))).after).toBeGreaterThan(0.5);
  });

  test("beside a status it is less sure, and asked about", () => {
    expect(meaningOf("time", subjectOf([["time"], ["status"]], ["status"])).after).toBeLessThan(0.5);
  });

  test.each(["bedtime", "overtime", "time_of_day", "days_since_visit", "age", "daytime_phone"])("%s beside a death is none", (name) => {
    expect(meaningOf(name, subjectOf([nameWords(name)], ["death"])).subject).toEqual([]);
  });

  test("abbreviations of one data set say nothing; general terms of lending do", () => {
    for (const name of ["total_pymnt", "total_rec_prncp", "last_pymnt_amnt"]) expect(meaningOf(name).after).toBeLessThan(0.5);
    for (const name of ["last_payment", "total_paid", "recovered", "recoveries", "charged_off"])
      expect(meaningOf(name).after).toBeGreaterThan(0.5);
  });

  test.each([
    ["patient_id", true],
    ["customer", true],
    ["Subject No", true],
    ["ptnum", true],
    ["custnr", true],
    ["enum", false],
    ["customer_age", false],
    ["households", false],
    ["id", false],
  ])("%s names an entity: %s", (name, entity) => {
    expect(meaningOf(name).entity).toBe(entity);
  });

  test.each([
    ["id", "whole"],
    ["nr", "whole"],
    ["job_ad_id", "something"],
    ["RouteNo", "something"],
    ["custid", "something"],
    ["idcode", "whole"],
    ["paid", null],
    ["uric_acid", null],
    ["thyroid", null],
    ["number_of_rooms", null],
    ["index", null],
    ["key", null],
    ["no", null],
    ["zip", null],
    ["year", null],
    ["week_nr", null],
    ["class_id", null],
    ["state_id", null],
  ])("%s is the key of: %s", (name, keyOf) => {
    expect(meaningOf(name).keyOf).toBe(keyOf);
  });
});
