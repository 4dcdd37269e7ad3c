import { expect, test } from "vitest";
import { encoding } from "../../../src/data/checks/encoding.ts";
import { controlsRead } from "../../../src/data/values/latin-controls.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const read = (texts: readonly string[]) => {
  const mend = controlsRead(texts);
  return mend === null ? null : texts.map(mend);
};

test("bytes of Windows-1252 and of Mac OS Roman that were read as Latin-1 are told apart by the words they stand in", () => {
  expect(read(["comfortable\u0096and pretty", "plain"])).toEqual(["comfortable–and pretty", "plain"]);
  expect(read(["\u0084Zitat\u0093", "Da\u009aa \u008aimi\u0107"])).toEqual(["„Zitat“", "Daša Šimić"]);
  // As Windows-1252: HŠberlin, PŸlking.
  expect(read(["Anna H\u008aberlin", "Resi P\u009alking", "Im\u0088ge"])).toEqual(["Anna Häberlin", "Resi Pölking", "Imàge"]);
});

test("where no encoding makes sense of all, or there are none, nothing is read", () => {
  expect(read(["plain", "Müller"])).toBeNull();
  expect(read(["a\u0081b", "McS\u0081weeney"])).toBeNull();
});

test("the letters are brought back", async () => {
  const name = cells(200, 1, "name", (random, row) =>
    row % 40 === 7 ? "H\u008aberlin" : ["Meier", "Huber", "Sch\u00e4fer"][random.integer(3)]!,
  );
  const [found] = await encoding.inspect(contextOf({ columns: { name, y: coin(200) }, target: "y" }));
  expect(found!.fix).toMatchObject({ steps: [{ op: "map", column: "name", mapping: { "H\u008aberlin": "Häberlin" } }] });
});

test("letters of DOS are read where they fit, and no quotes within a word", () => {
  // As Windows-1252: K”ln; as Mac OS Roman: Kîln.
  expect(read(["K\u0094ln"])).toEqual(["Köln"]);
  expect(read(["M\u0081nchen", "D\u0081sseldorf", "Z\u0081rich"])).toEqual(["München", "Düsseldorf", "Zürich"]);
  expect(read(["M\u0084rz", "Fr\u0081hling"])).toEqual(["März", "Frühling"]);
  expect(read(["don\u0092t", "well\u0085no"])).toEqual(["don’t", "well…no"]);
});
