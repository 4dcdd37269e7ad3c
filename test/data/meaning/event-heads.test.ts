import { describe, expect, test } from "vitest";
import { meaningOf } from "../../../src/data/meaning/meaning.ts";

describe("a name acts where the event is its head, or is followed by what an event writes", () => {
  test.each(
    (
      "cancellation, cancellation_reason, cancelled_at, discharge_date, discharge_disposition_id, discharge_score, settlement_amount, collection_fee, recovery_date, " +
      "closing_date, refund_amount_eur, days_until_closed, outcome, Outcome Subtype, loan_outcome, death_in_hospital, next_day_return, umsatz_naechste_woche, valeur suivante, " +
      "final_grade, target, target_1, target_flag, Kündigungsgrund, Kuendigungsdatum, Stornierungskosten, fecha de muerte, date_remboursement, remboursement_eur, resultado, " +
      "fin_contrat, end_station_latitude, end station id, recovered_principal, recoveries, terugbetaling_datum"
    ).split(", "),
  )("%s", (name) => {
    expect(meaningOf(name).after).toBeGreaterThanOrEqual(0.5);
  });
});

describe("it asks where the event only qualifies another noun, or the word names a thing as often", () => {
  test.each(
    (
      "cancellation_policy, closing_hour, settlement_size, recovery_room, collection, art_collection, waste_collection_quality, response_time_target, conversion_kit, end_user_type, " +
      "next_stop_distance, final_exam_prep, outcome_focus, result_orientation, discharge_rate, retention basin area, total_collection_size, " +
      "Kündigungsfrist, Stornierungsrichtlinie, Erstattung Regel, prochain_arret_distance, politique_remboursement, politica de reembolso, orientacion_resultados, " +
      "terugbetaling_beleid, volgende_halte_afstand"
    ).split(", "),
  )("%s", (name) => {
    const { after, afterWords } = meaningOf(name);
    expect(after).toBeLessThan(0.5);
    expect(after).toBeGreaterThan(0);
    expect(afterWords.length).toBeGreaterThan(0);
  });
});
