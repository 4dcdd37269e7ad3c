import { describe, expect, test } from "vitest";
import type { Throughput } from "../../src/core/plan.ts";
import { HTTP_MS } from "../../src/scale/cost.ts";
import { type CostInput, costPlan, type InstanceType, instanceTypes, latencyOf, priceWarnings } from "../../src/scale/index.ts";

/** 1,000 rows at the geometric middle of a bin, so that the histogram has its mean exactly. */
const ROW_MS = 10 ** -0.05;
const THROUGHPUT: Throughput = {
  runtime: "native",
  threads: 1,
  rowsPerSecond: { value: 1e5, low: 1e5, high: 1e5, level: 0.95, method: "", experiments: [] },
  batchRows: 1000,
  singleRow: latencyOf(new Array(1000).fill(ROW_MS)),
  memoryBytes: 1e7,
  modelBytes: 1e6,
};

function machine(instance: string, changes: Partial<InstanceType> = {}): InstanceType {
  return {
    cloud: "AWS",
    region: "r1",
    instance,
    vcpu: 2,
    memoryGib: 8,
    usdPerHour: 0.1,
    baseline: 1,
    coremarkPerVcpu: null,
    priceDate: "2026-07-20",
    ...changes,
  };
}

function input(changes: Partial<CostInput> = {}): CostInput {
  return {
    throughput: THROUGHPUT,
    memoryBytes: 11e6,
    load: { predictionsPerMonth: 1e6, peakFactor: 5, retrainingsPerMonth: 4 },
    trainingSeconds: 10,
    dataBytes: 5e8,
    logBytesPerPrediction: 0,
    today: new Date("2026-11-23"),
    instances: [machine("two"), machine("four", { vcpu: 4, usdPerHour: 0.2 })],
    ...changes,
  };
}

describe("costPlan", () => {
  test("a small load: one nearly idle machine, its whole price, and the advice about a second one", () => {
    const plan = costPlan(input());
    const [cheapest] = plan.serving;
    expect(cheapest).toMatchObject({ instance: "two", replicas: 1, usdPerMonth: 73, usdPerMillionPredictions: 73 });
    const capacity = 2 * (1000 / (ROW_MS + HTTP_MS));
    expect(cheapest!.utilisation).toBeCloseTo(5e6 / 2_628_000 / capacity, 5);
    expect(plan.servingTripled[0]).toMatchObject({ instance: "two", replicas: 1, usdPerMonth: 73 });
    expect(plan.servingTripled[0]!.usdPerMillionPredictions).toBeCloseTo(73 / 3, 9);
    expect(plan.assumptions.join(" ")).toContain("For availability run two: 146 USD a month");
    expect(plan.assumptions.join(" ")).toContain(": ±30 % until confirmed");
  });

  test("a large load: replicas by the limit of 65 %, triple the load costs three times as much", () => {
    const load = { predictionsPerMonth: 1e12, peakFactor: 5, retrainingsPerMonth: 4 };
    const plan = costPlan(input({ load, instances: [machine("two")] }));
    const [option] = plan.serving;
    const peak = (1e12 / 2_628_000) * 5;
    const capacity = 2 * (1000 / (ROW_MS + HTTP_MS));
    expect(plan.load.peakPerSecond).toBeCloseTo(peak, 6);
    expect(option!.replicas).toBe(Math.ceil(peak / (0.65 * capacity)));
    expect(option!.utilisation).toBeLessThanOrEqual(0.65);
    expect(option!.usdPerMonth).toBeCloseTo(option!.replicas * 73, 6);
    expect(plan.servingTripled[0]!.usdPerMonth / option!.usdPerMonth).toBeCloseTo(3, 1);
    expect(plan.assumptions.join(" ")).not.toContain("For availability run two");
    expect(plan.assumptions.join(" ")).toContain("queue grows without end");
  });

  test("burstable and slow types give less than a whole core; faster ones are not counted as more", () => {
    const speedOf = (changes: Partial<InstanceType>) => {
      const plan = costPlan(input({ instances: [machine("plain"), machine("other", changes)] }));
      const used = (name: string) => plan.serving.find(({ instance }) => instance === name)!.utilisation;
      return used("plain") / used("other");
    };
    expect(speedOf({ baseline: 0.2 })).toBeCloseTo(0.2, 9);
    expect(speedOf({ coremarkPerVcpu: 11_150 })).toBeCloseTo(0.5, 9);
    expect(speedOf({ coremarkPerVcpu: 33_000 })).toBe(1);
  });

  test("the two cheapest of each region, cheapest first; machines without room are left out", () => {
    const instances = [
      machine("a", { usdPerHour: 0.3 }),
      machine("b", { usdPerHour: 0.2 }),
      machine("c", { usdPerHour: 0.1 }),
      machine("d", { usdPerHour: 0.15, region: "r2" }),
      machine("small", { usdPerHour: 0.01, memoryGib: 0.5 }),
    ];
    expect(costPlan(input({ instances })).serving.map(({ instance }) => instance)).toEqual(["c", "d", "b"]);
    expect(costPlan(input({ memoryBytes: 5e8 })).processBytes - costPlan(input({ memoryBytes: 1e8 })).processBytes).toBe(4e8);
    const none = costPlan(input({ instances, memoryBytes: 1e12 }));
    expect(none.serving).toEqual([]);
    expect(none.warnings.join(" ")).toContain("has room");
  });

  test("training is billed for at least a minute on a machine of 4 vCPU, storage by the gigabyte with the log", () => {
    const plan = costPlan(input({ logBytesPerPrediction: 500 }));
    expect(plan.trainingUsd).toBeCloseTo(0.2 / 60, 12);
    expect(costPlan(input({ trainingSeconds: 7200 })).trainingUsd).toBeCloseTo(0.4, 12);
    const large = costPlan(input({ dataBytes: 1e12, trainingSeconds: 7200 }));
    expect(large.trainingUsd).toBeCloseTo(0.4, 12);
    expect(large.warnings.join(" ")).toContain("more than any machine of the table has");
    expect(plan.storageUsdPerMonth).toBeCloseTo((0.5 + 0.5) * 0.023, 12);
  });

  test("time that other programs took is not the model's, and is warned of", () => {
    const busy = costPlan(input({ throughput: { ...THROUGHPUT, processorShare: 0.5 } }));
    const idle = costPlan(input({ throughput: { ...THROUGHPUT, processorShare: 1 } }));
    expect(busy.serving[0]!.utilisation / idle.serving[0]!.utilisation).toBeCloseTo((ROW_MS / 2 + HTTP_MS) / (ROW_MS + HTTP_MS), 5);
    expect(busy.warnings).toEqual([expect.stringContaining("it had 50 % of a processor")]);
    expect(idle.warnings).toEqual([]);
  });

  test("a second replica when it is asked for", () => {
    expect(costPlan(input({ leastReplicas: 2 })).serving[0]).toMatchObject({ replicas: 2, usdPerMonth: 146 });
  });

  test("with the table that is shipped: every cloud is there, cost never falls with the load", () => {
    const { instances: _, ...rest } = input();
    const usd = [1e4, 1e6, 1e8, 1e10, 1e12].map((predictionsPerMonth) => {
      const plan = costPlan({ ...rest, load: { ...rest.load, predictionsPerMonth } });
      expect(new Set(plan.serving.map(({ cloud }) => cloud))).toEqual(new Set(["AWS", "GCP", "Azure"]));
      expect(plan.warnings).toEqual([]);
      for (const option of plan.serving) expect(option.utilisation).toBeLessThanOrEqual(0.65);
      return plan.serving[0]!.usdPerMonth;
    });
    expect(usd).toEqual([...usd].sort((a, b) => a - b));
  });
});

describe("prices", () => {
  test("the table is complete, plausible and small", () => {
    const types = instanceTypes();
    expect(types.length).toBeGreaterThan(400);
    for (const { instance, vcpu, memoryGib, usdPerHour, baseline, priceDate } of types) {
      expect(instance).toMatch(/^[\w.-]+$/);
      expect(vcpu).toBeGreaterThanOrEqual(1);
      expect(vcpu).toBeLessThanOrEqual(32);
      expect(memoryGib).toBeGreaterThan(0.5);
      expect(usdPerHour / vcpu).toBeGreaterThan(0.005);
      expect(usdPerHour / vcpu).toBeLessThan(0.15);
      expect(baseline).toBeGreaterThan(0);
      expect(priceDate).toMatch(/^2026-\d\d-\d\d$/);
    }
    expect(new Set(types.map(({ cloud, region, instance }) => `${cloud} ${region} ${instance}`)).size).toBe(types.length);
  });

  test("figures of the source: m7i.xlarge, D4s_v5 and n2-standard-4", () => {
    const of = (name: string, region: string) => instanceTypes().find((type) => type.instance === name && type.region === region);
    expect(of("m7i.xlarge", "us-east-1")).toMatchObject({
      vcpu: 4,
      memoryGib: 16,
      usdPerHour: 0.2016,
      coremarkPerVcpu: 22_293,
      baseline: 1,
    });
    expect(of("Standard_D4s_v5", "eastus")).toMatchObject({ cloud: "Azure", vcpu: 4, usdPerHour: 0.192, coremarkPerVcpu: null });
    expect(of("n2-standard-4", "us-central1")?.usdPerHour).toBeCloseTo(0.1942, 4);
    expect(of("t3.small", "us-east-1")?.baseline).toBe(0.2);
  });

  test("processors' prices are old after a year, accelerators' after 90 days", () => {
    const dates = new Map([["AWS", "2026-07-20"]]);
    expect(priceWarnings(dates, new Date("2027-07-20"))).toEqual([]);
    expect(priceWarnings(dates, new Date("2027-07-21"))).toEqual([
      "The prices of AWS are of 2026-07-20, 366 days old: look them up before you decide.",
    ]);
    expect(priceWarnings(dates, new Date("2026-10-18"), "accelerator")).toEqual([]);
    expect(priceWarnings(dates, new Date("2026-10-19"), "accelerator")).toHaveLength(1);
  });
});
