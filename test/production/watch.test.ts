import { describe, expect, test } from "vitest";
import type { Column, Frame } from "../../src/core/column.ts";
import { takeRows } from "../../src/core/column.ts";
import { createRandom } from "../../src/core/random.ts";
import { watch } from "../../src/production/index.ts";
import { tailOfConstant, tailOfCounts, tailOfNumbers } from "../../src/production/watch/tail.ts";

const inputs = ["n", "heavy", "few", "many"].map((name) => ({ name }));

/** No drift between two draws: a normal, a log-normal, four levels, a Zipf of 200 levels. */
function draw(rows: number, seed: number, shift = 0): Frame {
  const random = createRandom(seed, "rows");
  const zipf = () => Math.min(199, Math.floor(1 / Math.max(1e-9, random.next()) - 1));
  const levels = (count: number) => Array.from({ length: count }, (_, i) => `level ${i}`);
  const columns: Column[] = [
    { name: "n", type: "number", values: Float64Array.from({ length: rows }, () => random.normal() + shift) },
    {
      name: "heavy",
      type: "number",
      values: Float64Array.from({ length: rows }, () => (random.next() < 0.1 ? Number.NaN : Math.exp(random.normal()))),
    },
    { name: "few", type: "category", levels: levels(4), codes: Int32Array.from({ length: rows }, () => random.integer(4)) },
    { name: "many", type: "category", levels: levels(200), codes: Int32Array.from({ length: rows }, zipf) },
  ];
  return { rows, columns, rowNumbers: null };
}

describe("watch", () => {
  test("without drift few windows alarm, however small the window or many the levels", () => {
    let alarms = 0;
    const windows = 60;
    for (let i = 0; i < windows; i++) {
      const report = watch({ reference: draw(2000, 1000 + i), current: draw([50, 100, 200][i % 3]!, i), inputs, seed: i });
      if (report.verdict === "drift") alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(7); // P(more than 7 of 60 at 5 %) < 1 %
  });

  test("p values of a column without drift are uniform", () => {
    const p: number[] = [];
    for (let i = 0; i < 120; i++) {
      const report = watch({ reference: draw(400, 5000 + i), current: draw(80, 9000 + i), inputs: [{ name: "n" }], seed: i });
      p.push(report.columns.find(({ statistic }) => statistic === "wasserstein/sd")!.p);
    }
    const sorted = p.sort((a, b) => a - b);
    const gap = Math.max(...sorted.map((one, i) => Math.abs(one - (i + 0.5) / sorted.length)));
    expect(gap).toBeLessThan(1.63 / Math.sqrt(sorted.length)); // Kolmogorov-Smirnov at 1 %
  });

  test("a shift of half a standard deviation is found and named; a harmless one is not called drift", () => {
    const reference = draw(3000, 1);
    const moved = watch({ reference, current: draw(300, 2, 0.5), inputs, importance: [{ column: "n", drop: { value: 0.2 } }], seed: 1 });
    expect(moved.verdict).toBe("drift");
    expect(moved.columns[0]).toMatchObject({ column: "n", statistic: "wasserstein/sd", drifted: true, importance: 0.2 });
    expect(moved.columns[0]!.effect).toBeGreaterThan(0.3);
    expect(moved.why).toContain('"n"');
    expect(moved.columns[0]!.why).toMatch(/^drifted: mean .*, now [\d.]+; wasserstein/);
    expect(moved.columns.filter(({ drifted }) => drifted).map(({ column }) => column)).toEqual(["n"]);
    expect(moved.domain!.auc.low).toBeGreaterThan(0.5);
    const harmless = watch({ reference: draw(10_000, 3), current: draw(5000, 4, 0.05), inputs, seed: 1 });
    expect(harmless.verdict).toBe("no-drift");
  });

  test("missing cells and unseen levels are drift of their own", () => {
    const reference = draw(1000, 1);
    const current = draw(300, 2);
    const [n, heavy, few, many] = current.columns as [Column, Column, Column, Column];
    const changed: Frame = {
      ...current,
      columns: [
        "values" in n ? { ...n, values: n.values.map((value, row) => (row % 4 === 0 ? Number.NaN : value)) } : n,
        heavy,
        "codes" in few ? { ...few, levels: [...few.levels, "new"], codes: few.codes.map((code, row) => (row % 5 === 0 ? 4 : code)) } : few,
        many,
      ],
    };
    const drifted = watch({ reference, current: changed, inputs, seed: 1 }).columns.filter((one) => one.drifted);
    expect(drifted.map(({ column, statistic }) => `${column} ${statistic}`)).toEqual(
      expect.arrayContaining(["n missing share", "few unseen share"]),
    );
    expect(drifted.find(({ statistic }) => statistic === "unseen share")!.value).toBeCloseTo(0.2, 2);
  });

  test("few rows prove little, and the rows needed are said", () => {
    expect(watch({ reference: draw(2000, 1), current: draw(1, 2), inputs, seed: 1 }).why).toBe(
      "One row tells nothing of a drift: one can be called from 32 rows on.",
    );
    const report = watch({ reference: draw(2000, 1), current: draw(40, 2), inputs, seed: 1 });
    expect(report.verdict).toBe("too-few-rows");
    expect(report.minimumRows).toBeGreaterThan(40);
    expect(report.why).toContain(String(report.minimumRows));
    expect(report.domain).toBeNull();
  });

  test("a handful of nonsense stands out, but is no drift; many rows of it are", () => {
    const nonsense = (rows: number): Frame => {
      const frame = draw(rows, 2, 1e6);
      return { ...frame, columns: frame.columns.map((one) => ("codes" in one ? { ...one, levels: one.levels.map(() => "???") } : one)) };
    };
    const reference = draw(2000, 1);
    const few = watch({ reference, current: nonsense(3), inputs, seed: 1 });
    expect(few.verdict).toBe("too-few-rows");
    expect(few.columns.some(({ drifted }) => drifted)).toBe(false);
    expect(few.columns[0]).toMatchObject({ column: "n", standsOut: true });
    expect(few.why).toMatch(/3, and 32 needed/);
    // The share that counts decides how many rows stand for what is served: log(0.2) / log(1 - share).
    expect(watch({ reference, current: nonsense(3), inputs, seed: 1, share: 0.2 }).leastRows).toBe(8);
    expect(watch({ reference, current: nonsense(few.leastRows), inputs, seed: 1 }).verdict).toBe("drift");
  });

  test("a quiet window is no drift only when what was compared is large enough, on both sides", () => {
    const verdictOf = (before: number, now: number) => watch({ reference: draw(before, 1), current: draw(now, 2), inputs, seed: 1 });
    expect(verdictOf(10_000, 4000).verdict).toBe("no-drift");
    const small = verdictOf(300, 4000);
    expect(small.verdict).toBe("too-few-rows");
    expect(small.why).toContain("so few training rows");
  });

  test("a classifier that knows nothing scores 0.5, whatever each fold's classifier says of all rows", () => {
    const same = (rows: number): Frame => ({
      rows,
      columns: [{ name: "a", type: "number", values: new Float64Array(rows) }],
      rowNumbers: null,
    });
    const { domain } = watch({ reference: same(150), current: same(150), inputs: [{ name: "a" }], seed: 1 });
    expect(domain!.auc.value).toBe(0.5);
  });

  test("what moves together but not alone is seen by the domain classifier", () => {
    const pair = (rows: number, seed: number, sign: number): Frame => {
      const random = createRandom(seed, "pair");
      const a = Float64Array.from({ length: rows }, () => random.normal());
      const b = a.map((value) => sign * value * 0.9 + 0.44 * random.normal());
      return {
        rows,
        columns: [
          { name: "a", type: "number", values: a },
          { name: "b", type: "number", values: b },
        ],
        rowNumbers: null,
      };
    };
    const both = [{ name: "a" }, { name: "b" }];
    const report = watch({ reference: pair(1500, 1, 1), current: pair(800, 2, -1), inputs: both, seed: 1 });
    expect(report.columns.some(({ drifted }) => drifted)).toBe(false);
    expect(report.domain!.auc.low).toBeGreaterThan(0.7);
    const same = watch({ reference: pair(1500, 1, 1), current: pair(800, 3, 1), inputs: both, seed: 1 });
    expect(same.domain!.auc.low).toBeLessThan(0.5);
  });

  test("predictions are watched like columns; same seed, same report", () => {
    const [reference, current] = [draw(1000, 1), draw(200, 2)];
    const task = { kind: "binary", classes: ["no", "yes"] } as const;
    const random = createRandom(1, "said");
    const said = (rows: number, shift: number) => Float64Array.from({ length: rows }, () => 1 / (1 + Math.exp(-random.normal() - shift)));
    const before = said(1000, 0);
    const honestGroups = new Int32Array(before.length).fill(-1);
    const predictions = { task, fitted: before, honest: before, honestGroups, current: said(200, 1), spread: [0.5] };
    const run = () => watch({ reference, current, inputs, predictions, seed: 3 });
    const report = run();
    expect(report.predictions).toHaveLength(1);
    expect(report.predictions[0]).toMatchObject({ column: "probability of yes", drifted: true });
    expect(report.verdict).toBe("drift");
    expect(run()).toEqual(report);
  });

  test("constant columns, empty windows and absent columns", () => {
    const constant = (value: number, rows: number): Frame => ({
      rows,
      columns: [{ name: "n", type: "number", values: new Float64Array(rows).fill(value) }],
      rowNumbers: null,
    });
    const one = [{ name: "n" }];
    expect(watch({ reference: constant(1, 500), current: constant(1, 200), inputs: one, seed: 1 }).verdict).not.toBe("drift");
    expect(watch({ reference: constant(1, 500), current: constant(2, 200), inputs: one, seed: 1 }).verdict).toBe("drift");
    const reference = draw(500, 1);
    expect(() => watch({ reference, current: takeRows(reference, new Int32Array(0)), inputs, seed: 1 })).not.toThrow();
    expect(() => watch({ reference, current: constant(1, 10), inputs, seed: 1 })).toThrow(/absent/);
  });
});

describe("one of many columns", () => {
  const COLUMNS = 400;
  const names = Array.from({ length: COLUMNS }, (_, i) => `c${i}`);
  /** Normal columns and, every tenth, one of three levels. */
  const wide = (rows: number, seed: number): Frame => {
    const random = createRandom(seed, "wide");
    const levels = ["a", "b", "c"];
    const columns = names.map((name, i): Column => {
      if (i % 10 === 0) return { name, type: "category", levels, codes: Int32Array.from({ length: rows }, () => random.integer(3)) };
      return { name, type: "number", values: Float64Array.from({ length: rows }, () => random.normal()) };
    });
    return { rows, columns, rowNumbers: null };
  };
  const moved = (frame: Frame, place: number): Frame => ({
    ...frame,
    columns: frame.columns.map((column, i) => {
      if (i !== place) return column;
      if ("values" in column) return { ...column, values: column.values.map((value) => value + 35) };
      return { ...column, codes: column.codes.map((code, row) => (row % 4 === 0 ? code : 0)) };
    }),
  });

  test("of 400 the one that has moved is named, a number and a category; without drift none is", () => {
    const [reference, current] = [wide(300, 1), wide(120, 2)];
    const inputs = names.map((name) => ({ name }));
    const found = (now: Frame) => {
      const { verdict, columns } = watch({ reference, current: now, inputs, seed: 1 });
      return [verdict, columns.filter(({ standsOut }) => standsOut).map(({ column }) => column)];
    };
    expect(found(moved(current, 7))).toEqual(["drift", ["c7"]]);
    expect(found(moved(current, 10))).toEqual(["drift", ["c10"]]);
    expect(found(current)[1]).toEqual([]);
  }, 120_000);

  test("tails keep their level far out: by simulation at 1 in 1,000", () => {
    const random = createRandom(3, "tails");
    const draws = 20_000;
    const hits = { numbers: 0, counts: 0 };
    for (let draw = 0; draw < draws; draw++) {
      const values = (rows: number) => Float64Array.from({ length: rows }, () => random.next());
      if (tailOfNumbers(values(60), values(30)) <= 0.001) hits.numbers++;
      const counts = (rows: number) => {
        const of = new Float64Array(8);
        for (let row = 0; row < rows; row++) of[Math.min(7, Math.floor(-2 * Math.log(random.next())))]! += 1;
        return of;
      };
      if (tailOfCounts(counts(120), counts(60)) <= 0.001) hits.counts++;
    }
    // P(more than 36 of 20,000 at 1 in 1,000) < 0.1 %.
    expect(hits.numbers).toBeLessThanOrEqual(36);
    expect(hits.counts).toBeLessThanOrEqual(36);
    expect(hits.numbers + hits.counts).toBeGreaterThan(0);
  });

  test("a column that was constant: one odd row in a third of all rows is no wonder, twenty are", () => {
    expect(tailOfConstant(200, 100, 1)).toBeCloseTo(1 / 3, 12);
    expect(tailOfConstant(2, 2, 2)).toBeCloseTo(1 / 6, 12);
    expect(tailOfConstant(200, 100, 20)).toBeLessThan(1e-9);
  });
});

describe("rows that come in groups", () => {
  const inputs = [{ name: "n" }, { name: "c" }, { name: "gap" }];
  /** Shops whose rows are alike; `moved`: beyond what shops differ by. */
  const shops = (count: number, rowsOf: number, seed: number, moved = 0): { frame: Frame; of: Int32Array } => {
    const random = createRandom(seed, "shops");
    const of = Int32Array.from({ length: count * rowsOf }, (_, row) => Math.floor(row / rowsOf));
    const own = Array.from({ length: count }, () => ({ n: random.normal() + moved, c: random.integer(4), gap: random.next() < 0.3 }));
    const rows = of.length;
    const columns: Column[] = [
      { name: "n", type: "number", values: Float64Array.from(of, (shop) => own[shop]!.n + 0.3 * random.normal()) },
      {
        name: "c",
        type: "category",
        levels: ["a", "b", "c", "d", "e"],
        codes: Int32Array.from(of, (shop) => (random.next() < 0.9 ? own[shop]!.c : 4)),
      },
      { name: "gap", type: "number", values: Float64Array.from(of, (shop) => (own[shop]!.gap ? Number.NaN : random.normal())) },
    ];
    return { frame: { rows, columns, rowNumbers: null }, of };
  };
  const judge = (now: ReturnType<typeof shops>, grouped: boolean, seed: number) => {
    const before = shops(80, 20, 1000 + seed);
    const groups = grouped ? { reference: before.of, current: now.of } : null;
    return watch({ reference: before.frame, current: now.frame, inputs, groups, seed });
  };

  test("fifteen new shops like the others are no drift, though their rows would be; shops that have moved are", () => {
    const alarms = (grouped: boolean, sets: number) =>
      Array.from({ length: sets }, (_, seed) => judge(shops(15, 20, seed), grouped, seed).verdict === "drift").filter(Boolean).length;
    expect(alarms(true, 12)).toBeLessThanOrEqual(1);
    expect(alarms(false, 4)).toBeGreaterThan(2);
    // A classifier knows the shops of its own fold again: whole shops are left out.
    const [whole, single] = [judge(shops(15, 20, 0), true, 0).domain, judge(shops(15, 20, 0), false, 0).domain];
    expect(single?.auc.low).toBeGreaterThan(0.7);
    expect(whole?.auc.low).toBeLessThan(0.55);
    const moved = judge(shops(40, 20, 3, 2.5), true, 3);
    expect([moved.verdict, moved.columns[0]?.column]).toEqual(["drift", "n"]);
    expect(moved.columns[0]?.effectiveRows).toBeLessThan(60);
  });

  test("answers of a model that is bolder on its training rows: new shops are no drift, though their rows would be", () => {
    const answers = (count: number, seed: number) => {
      const random = createRandom(seed, "answers");
      const own = Array.from({ length: count }, () => 0.5 + 0.12 * random.normal());
      return Float64Array.from({ length: 25 * count }, (_, row) =>
        Math.min(1, Math.max(0, own[Math.floor(row / 25)]! + 0.05 * random.normal())),
      );
    };
    const of = (count: number) => Int32Array.from({ length: 25 * count }, (_, row) => Math.floor(row / 25));
    const task = { kind: "binary" as const, classes: ["no", "yes"] as const };
    const alarms = (grouped: boolean, windows: number) =>
      Array.from({ length: windows }, (_, seed) => {
        const honest = answers(60, 500 + seed);
        const current = answers(15, seed);
        const none = (rows: number): Frame => ({ rows, columns: [], rowNumbers: null });
        const report = watch({
          reference: none(honest.length),
          current: none(current.length),
          inputs: [],
          groups: grouped ? { reference: of(60), current: of(15) } : null,
          predictions: {
            task,
            honest,
            honestGroups: of(60),
            fitted: honest.map((one) => 0.5 + 2 * (one - 0.5)),
            current,
            spread: [0.3],
          },
          seed,
        });
        return report.predictions[0]!.p < 0.05;
      }).filter(Boolean).length;
    // P(more than 5 of 30 at 1 in 20) < 1 %.
    expect(alarms(true, 30)).toBeLessThanOrEqual(5);
    expect(alarms(false, 10)).toBeGreaterThan(2);
  });

  test("one shop is no window, even where the others are all equal", () => {
    const before = shops(80, 20, 1);
    const frame = (rows: number, flag: number): Frame => ({
      rows,
      columns: [
        { name: "n", type: "number", values: new Float64Array(rows).fill(flag) },
        { name: "c", type: "category", levels: ["a", "b"], codes: new Int32Array(rows).fill(flag) },
      ],
      rowNumbers: null,
    });
    const groups = { reference: before.of, current: new Int32Array(400) };
    const report = watch({ reference: frame(1600, 0), current: frame(400, 1), inputs: [{ name: "n" }, { name: "c" }], groups, seed: 1 });
    expect(report.verdict).toBe("too-few-rows");
    expect(Math.min(...report.columns.map(({ p }) => p))).toBeGreaterThanOrEqual(1 / 81 - 1e-12);
  });

  test("one shop is no window, however many rows it has", () => {
    const report = judge(shops(1, 400, 5, 6), true, 5);
    expect(report.verdict).toBe("too-few-rows");
    expect(report.why).toMatch(/400 in few groups, which tell as much as [1-3] drawn singly|nothing stands out/);
  });
});
