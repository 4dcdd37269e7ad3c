import { describe, expect, test } from "vitest";
import { meaningOf } from "../../../src/data/meaning/meaning.ts";
import { numberNamed } from "../../../src/data/meaning/thing-names.ts";

describe("codes and headings of lists are named in the languages of the lists", () => {
  test.each(
    (
      "Kod alarmu, kod_bledu, voce_doganale, partida_arancelaria, position tarifaire, Zolltarifnummer, tariff_heading, kod_celny, goederencode, Fehlercode, foutcode, felkod, " +
      "Gemeindeschlüssel, Abteilung, sklep, reparto, sucursal, wijk, loja, strefa"
    ).split(", "),
  )("%s", (name) => {
    const { named, isAmount } = numberNamed(name);
    expect(named).toBeDefined();
    expect(isAmount).toBe(false);
  });

  test.each(["ship_heading", "transcode", "decode_ms", "voce", "wind_speed", "kodak", "nomenclature_size"])("%s is none", (name) => {
    expect(numberNamed(name).named).toBeUndefined();
  });
});

describe("people who do the work come back in many rows", () => {
  test.each(
    (
      "picker, packer, cashier, clerk_id, inspector, welder, Kommissionierer, Sachbearbeiterin, Kassierer, vendeur, caissière, opérateur, operario, cajero, operatore, " +
      "magazziniere, medewerker, kasjer, magazynier, kierowca, motorista"
    ).split(", "),
  )("%s", (name) => {
    expect(meaningOf(name).entity).toBe(true);
  });

  test.each(["picker_speed", "cashiers", "clerk_count", "arts", "conductor"])("%s is none", (name) => {
    expect(meaningOf(name).entity).toBe(false);
  });
});
