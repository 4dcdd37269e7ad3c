import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { dumpTree, type TreeEnsemble, treeJson, treeSvg } from "../../../../src/engine/trees/index.ts";
import { randomTrees } from "../random-trees.ts";

/** age <= 3.25 ? 1 : job in {1, 3} ? -2 : 0.5 */
const ensemble: TreeEnsemble = {
  link: "identity",
  outputs: 1,
  leafWidth: 1,
  features: [
    { name: "age", kind: "numeric", levels: 0 },
    { name: "job", kind: "categorical", levels: 7 },
  ],
  base: Float64Array.of(0),
  treeStart: Int32Array.of(0, 5),
  treeOutput: Int32Array.of(0),
  feature: Int32Array.of(0, -1, 1, -1, -1),
  threshold: Float64Array.of(3.25, 0, 0, 0, 0),
  missingLeft: Uint8Array.of(0, 0, 1, 0, 0),
  subset: Int32Array.of(-1, -1, 0, -1, -1),
  left: Int32Array.of(1, 0, 3, 1, 2),
  right: Int32Array.of(2, 0, 4, 0, 0),
  gain: Float64Array.of(8, 0, 4, 0, 0),
  cover: Float64Array.of(10, 4, 6, 2, 4),
  leafValues: Float64Array.of(1, -2, 0.5),
  subsets: Uint32Array.of(0b01010),
};
const jobs = ["clerk", "nurse", "cook", "pilot", "smith", "baker", "judge"];
const names = {
  title: (name: string) => (name === "age" ? "age & <more>" : name),
  levels: (name: string) => (name === "job" ? jobs : null),
};

describe("a tree in words", () => {
  test("text", () => {
    expect(dumpTree(ensemble, 0, names)).toBe(
      [
        "age & <more>, missing right (gain 8, cover 10)",
        "  <= 3.25: 1 (raw score, cover 4)",
        "  > 3.25: job, missing left (gain 4, cover 6)",
        "    {nurse, pilot}: -2 (raw score, cover 2)",
        "    others: 0.5 (raw score, cover 4)",
        "",
      ].join("\n"),
    );
  });

  test("a picture has its colours without CSS variables, which Inkscape and librsvg do not read", () => {
    const svg = treeSvg(ensemble, 0);
    expect(svg).not.toMatch(/var\(|--\w/);
    for (const name of ["page", "box", "leaf", "edge", "detail"]) expect(svg).toMatch(new RegExp(`\\.${name}[,{].*#[0-9a-f]{6}`));
  });

  test("boxes hold long and wide names, and no letter is cut in two", () => {
    const widthOf = (name: string) => {
      const svg = treeSvg(ensemble, 0, { title: (given) => (given === "age" ? name : given) });
      expect(svg).not.toMatch(/\p{Surrogate}/u);
      return Number(/class="box"[^>]* width="([\d.]+)"/.exec(svg)?.[1]);
    };
    // Bold letters of DejaVu Sans are 0.69 of their size on the average of English text, others of East Asia 1.
    expect(widthOf("income of the household")).toBeGreaterThan(23 * 12.5 * 0.66);
    expect(widthOf("日本語の長い名前の列のひとつ")).toBeGreaterThan(14 * 12.5);
    expect(widthOf("\u{1f600}".repeat(40))).toBeGreaterThan(24 * 12.5);
  });

  test("names of levels that the ensemble keeps are shown, unless others are given", () => {
    const [age, job] = ensemble.features;
    const named: TreeEnsemble = { ...ensemble, features: [age!, { ...job!, levelNames: jobs }] };
    expect(dumpTree(named, 0)).toContain("{nurse, pilot}: -2");
    expect(treeSvg(named, 0)).toContain("{nurse, pilot}");
    expect(JSON.stringify(treeJson(named, 0))).toContain('"levels":["nurse","pilot"]');
    expect(dumpTree(named, 0, { levels: () => ["a", "b", "c", "d", "e", "f", "g"] })).toContain("{b, d}: -2");
  });

  test("four significant digits, and the point of a threshold", () => {
    const long = { ...ensemble, threshold: Float64Array.of(2019.51234, 0, 0, 0, 0), leafValues: Float64Array.of(1 / 3, 123456.7, 0) };
    const lines = dumpTree({ ...long, gain: ensemble.gain.map((gain) => gain / 3) }, 0, names).split("\n");
    expect(lines[0]).toContain("gain 2.667");
    expect(lines[1]).toBe("  <= 2019.5: 0.3333 (raw score, cover 4)");
    expect(lines[3]).toContain("{nurse, pilot}: 123500 (");
  });

  test("the tree of a forest has values of its own, and says what they are", () => {
    const doubled = { treeStart: Int32Array.of(0, 5, 5), treeOutput: Int32Array.of(0, 0), averaged: true };
    const forest: TreeEnsemble = { ...ensemble, ...doubled, link: "share", leafValues: Float64Array.of(0.5, 0.25, 0) };
    expect(dumpTree(forest, 0, names)).toContain("<= 3.25: 1 (share of class 1, cover 4)");
    expect(dumpTree({ ...forest, link: "identity" }, 0)).toContain("<= 3.25: 1 (mean, cover 4)");
    expect(treeJson(forest, 0)).toMatchObject({ root: { left: { values: [1] }, right: { left: { values: [0.5] } } } });
    const svg = treeSvg(forest, 0);
    expect(textsOf(svg, "title")).toEqual(["age", "1", "job", "0.5", "0"]);
    expect(textsOf(svg, "detail")[1]).toBe("share of class 1 · cover 4");
    expect(svg).toContain("<title>Tree 0; leaves hold: share of class 1</title>");
  });

  test("of two levels both are named; names that are none are refused", () => {
    const two = { ...ensemble, features: [ensemble.features[0]!, { name: "job", kind: "categorical" as const, levels: 2 }] };
    const jobs = { levels: () => ["clerk", "nurse"] };
    expect(dumpTree({ ...two, subsets: Uint32Array.of(0b01) }, 0, jobs)).toMatch(/\{clerk\}: -2[\s\S]*\{nurse\}: 0.5/);
    const naming = (given: unknown) => () => treeSvg(ensemble, 0, given as never);
    expect(naming({ levels: { job: ["a"] } })).toThrow("treeSvg takes levels as a function, as in (feature)");
    expect(naming({ title: "age" })).toThrow('treeSvg takes title as a function, as in (feature) => feature; got "age"');
    expect(naming({ levels: () => ["a"] })).toThrow('levels of treeSvg gave 1 names for the 7 levels of "job"');
    expect(naming({ levels: () => "abcdefgh" })).toThrow('of "job" it gave "abcdefgh"');
  });

  test("JSON", () => {
    expect(treeJson(ensemble, 0, names)).toEqual({
      tree: 0,
      output: 0,
      root: {
        feature: "age",
        threshold: 3.25,
        missing: "right",
        gain: 8,
        cover: 10,
        left: { values: [1], cover: 4 },
        right: {
          feature: "job",
          codes: [1, 3],
          levels: ["nurse", "pilot"],
          missing: "left",
          gain: 4,
          cover: 6,
          left: { values: [-2], cover: 2 },
          right: { values: [0.5], cover: 4 },
        },
      },
    });
  });

  test("a tree that is not there is refused", () => {
    for (const tree of [-1, 1, 0.5])
      for (const show of [dumpTree, treeJson, treeSvg]) expect(() => show(ensemble, tree)).toThrow(RangeError);
  });
});

const textsOf = (svg: string, kind: string) =>
  Array.from(
    parseHTML(`<html><body>${svg}</body></html>`).document.querySelectorAll(`text.${kind}`),
    (text) => (text as { textContent: string }).textContent,
  );

describe("a tree as a picture", () => {
  test("says what the tree says", () => {
    const svg = treeSvg(ensemble, 0, names);
    expect(textsOf(svg, "title")).toEqual(["age & <more>", "1", "job", "-2", "0.5"]);
    expect(textsOf(svg, "way")).toEqual(["≤ 3.25", "> 3.25", "{nurse, pilot}", "others"]);
    expect(textsOf(svg, "missing")).toHaveLength(2);
    expect(textsOf(svg, "detail")[0]).toBe("gain 8 · cover 10");
  });

  test("long sets are counted, long names cut and kept in the hint", () => {
    const long = "a feature with a very long name indeed";
    const svg = treeSvg({ ...ensemble, subsets: Uint32Array.of(0b11111) }, 0, { ...names, title: () => long });
    expect(textsOf(svg, "way")).toEqual(["≤ 3.25", "> 3.25", "others", "{baker, judge}"]);
    expect(textsOf(svg, "title")[0]).toMatch(/^a feature with a very.*…$/);
    expect(svg).toContain(`<title>${long}: `);
    const many = { ...ensemble, features: [ensemble.features[0]!, { name: "job", kind: "categorical" as const, levels: 30 }] };
    expect(textsOf(treeSvg({ ...many, subsets: Uint32Array.of(0b11111) }, 0), "way")[2]).toBe("{0, 1, 2 +2}");
    const wordy = { levels: () => Array.from({ length: 30 }, (_, code) => `level number ${code}`) };
    expect(textsOf(treeSvg({ ...many, subsets: Uint32Array.of(0b11111) }, 0, wordy), "way")[2]).toMatch(/^\{level numbe…, .* \+2\}$/);
  });

  test("is well-formed, needs nothing else, and no two boxes overlap", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(1, 7, 31), fc.boolean(), (seed, leaves, isDeep) => {
        const shape = { seed, trees: 1, leaves, outputs: 2, leafWidth: 2, numeric: 3, levels: [5, 40], isDeep, float32Inputs: false };
        const svg = treeSvg(randomTrees(shape), 0, { title: (name) => `${name} "<&>' \u0001` });
        expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|href|url\(|@import/);
        expect(svg).not.toMatch(/NaN|undefined|&(?!amp;|lt;|gt;|quot;)/);
        expect(svg).not.toContain("\u0001");
        const boxes = Array.from(
          svg.matchAll(/<rect class="(?:box|leaf)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="(\d+)"/g),
          (match) => match.slice(1).map(Number),
        );
        const [width, height] = Array.from(svg.match(/viewBox="0 0 (\d+) (\d+)"/)!.slice(1), Number);
        for (const [i, [x, y, w, h]] of boxes.entries()) {
          expect(x! + w!).toBeLessThanOrEqual(width!);
          expect(y! + h!).toBeLessThanOrEqual(height!);
          for (const [x2, y2, w2, h2] of boxes.slice(i + 1)) {
            expect(x! + w! <= x2! || x2! + w2! <= x! || y! + h! <= y2! || y2! + h2! <= y!).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
