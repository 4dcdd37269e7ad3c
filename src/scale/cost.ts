import type { CostBasis, CostOption, CostPlan, Throughput } from "../core/plan.ts";
import type { Load } from "../core/request.ts";
import { HOURS_PER_MONTH, meanWaitMs, peakRate, replicasFor, UTILISATION_LIMIT, utilisationOf, waitQuantileMs } from "./capacity.ts";
import { type ServiceTime, serviceTimeOf } from "./latency.ts";
import { type InstanceType, instanceTypes, priceWarnings } from "./prices.ts";
import { shortText, wholeText } from "./words.ts";

export interface CostInput extends CostBasis {
  readonly throughput: Throughput;
  readonly load: Load;
  readonly today: Date;
  /** Replicas even when one carries the load; default 1. */
  readonly leastReplicas?: number;
  /** Default: the table that is shipped. */
  readonly instances?: readonly InstanceType[];
}

/** Reading the request from the socket, checking it and writing the answer: processor time of a request at full load less that of its row (bench/results/serve.json). */
export const HTTP_MS = 0.17;

/** CoreMark per vCPU of AWS m7i. Types below it are counted slower in proportion; faster or unmeasured ones as equal. */
const USUAL_COREMARK = 22_300;

/** Node, the server and its libraries, per process, at most (bench/results/serve.json). */
const PROCESS_BYTES = 145e6;
const SYSTEM_BYTES = 400e6;
const GIB = 2 ** 30;

/** Dearest of S3 0.023, GCS 0.020, Azure hot 0.018 USD per GB and month (2026-04). */
const USD_PER_GB_MONTH = 0.023;

/** Clouds bill by the second after the first minute. */
const LEAST_BILLED_SECONDS = 60;

const UNCERTAINTY = 0.3;
const OPTIONS_PER_REGION = 2;

/** What a month costs for a stated load on the cheapest machines of each cloud and region, now and at three times the load. */
export function costPlan(input: CostInput): CostPlan {
  const { load, today, memoryBytes, dataBytes, trainingSeconds, logBytesPerPrediction } = input;
  const instances = input.instances ?? instanceTypes();
  const fitting = instances.filter((type) => fits(type, input.memoryBytes));
  const service = serviceTime(input.throughput);
  const tripledLoad = { ...load, predictionsPerMonth: 3 * load.predictionsPerMonth };
  const at = (type: InstanceType, asked: Load) => optionOf(type, service, asked, input.leastReplicas ?? 1);
  const chosen = cheapestPerRegion(fitting, (type) => at(type, load).usdPerMonth);
  const byCost = (a: CostOption, b: CostOption) => a.usdPerMonth - b.usdPerMonth || (a.instance < b.instance ? -1 : 1);
  const serving = chosen.map((type) => at(type, load)).sort(byCost);
  const servingTripled = chosen.map((type) => at(type, tripledLoad)).sort(byCost);
  const trainer = trainingMachine(instances, dataBytes);
  const trainingUsd = trainer === null ? 0 : (Math.max(LEAST_BILLED_SECONDS, trainingSeconds) / 3600) * trainer.usdPerHour;
  const logBytes = logBytesPerPrediction * load.predictionsPerMonth;
  const dates = new Map(instances.map(({ cloud, priceDate }) => [cloud, priceDate]));
  const plan = {
    basis: { memoryBytes, trainingSeconds, dataBytes, logBytesPerPrediction },
    load: { predictionsPerMonth: load.predictionsPerMonth, peakPerSecond: peakRate(load) },
    serving,
    servingTripled,
    trainingUsd,
    storageUsdPerMonth: ((dataBytes + logBytes) / 1e9) * USD_PER_GB_MONTH,
    processBytes: PROCESS_BYTES + memoryBytes,
    warnings: [
      ...busyWarning(input.throughput),
      ...priceWarnings(dates, today),
      ...noneWarning(serving, input.memoryBytes),
      ...trainingWarning(trainer, dataBytes),
    ],
    uncertainty: UNCERTAINTY,
  };
  const cheapest = chosen.find(({ instance, region }) => instance === serving[0]?.instance && region === serving[0].region);
  return { ...plan, assumptions: assumptionsOf(input, plan, service, cheapest ?? null, trainer) };
}

/** Below this share of a processor the machine was not ours alone while it was timed. */
const OURS_ALONE = 0.9;

function busyWarning({ processorShare = 1 }: Throughput): string[] {
  if (processorShare >= OURS_ALONE) return [];
  const share = wholeText(100 * processorShare);
  return [`Other programs used this machine while the model was timed (it had ${share} % of a processor): measure again when it is idle.`];
}

/** Processor time of one request: time that other programs took away is not counted. */
function serviceTime({ singleRow, processorShare = 1 }: Throughput): ServiceTime {
  const { meanMs: elapsedMs, cv2 } = serviceTimeOf(singleRow);
  const meanMs = elapsedMs * Math.min(1, processorShare);
  const whole = meanMs + HTTP_MS;
  return { meanMs: whole, cv2: (cv2 * meanMs ** 2) / whole ** 2 };
}

/** Seconds of this machine's core that one vCPU of the type gives per second, all the time. */
function speedOf({ baseline, coremarkPerVcpu }: InstanceType): number {
  return baseline * Math.min(1, (coremarkPerVcpu ?? USUAL_COREMARK) / USUAL_COREMARK);
}

function fits({ vcpu, memoryGib }: InstanceType, memoryBytes: number): boolean {
  return memoryGib * GIB >= SYSTEM_BYTES + vcpu * (PROCESS_BYTES + memoryBytes);
}

function optionOf(type: InstanceType, service: ServiceTime, load: Load, leastReplicas: number): CostOption {
  const { cloud, instance, region, vcpu, memoryGib, usdPerHour, priceDate } = type;
  const peak = peakRate(load);
  const perReplica = (1000 / service.meanMs) * vcpu * speedOf(type);
  const replicas = Math.max(leastReplicas, replicasFor(peak, perReplica));
  const usdPerMonth = replicas * usdPerHour * HOURS_PER_MONTH;
  return {
    cloud,
    instance,
    region,
    vcpu,
    memoryGib,
    usdPerHour,
    replicas,
    utilisation: peak / (perReplica * replicas),
    usdPerMonth,
    usdPerMillionPredictions: usdPerMonth / (load.predictionsPerMonth / 1e6),
    priceDate,
  };
}

function cheapestPerRegion(types: readonly InstanceType[], usdOf: (type: InstanceType) => number): InstanceType[] {
  const taken = new Map<string, number>();
  return [...types]
    .sort((a, b) => usdOf(a) - usdOf(b) || b.memoryGib - a.memoryGib)
    .filter(({ cloud, region }) => {
      const before = taken.get(`${cloud} ${region}`) ?? 0;
      taken.set(`${cloud} ${region}`, before + 1);
      return before < OPTIONS_PER_REGION;
    });
}

/** Memory for training, per byte of data. */
const MEMORY_PER_BYTE = 10;

const canTrain = ({ memoryGib }: InstanceType, dataBytes: number) => memoryGib * GIB >= MEMORY_PER_BYTE * dataBytes;

/** The cheapest machine of 4 vCPU or more, not burstable, that holds the data ten times over; when there is none, the one with the most memory. */
function trainingMachine(types: readonly InstanceType[], dataBytes: number): InstanceType | null {
  const able = types.filter(({ vcpu, baseline }) => vcpu >= 4 && baseline === 1);
  const [cheapest] = able.filter((type) => canTrain(type, dataBytes)).sort((a, b) => a.usdPerHour - b.usdPerHour);
  const [largest] = [...able].sort((a, b) => b.memoryGib - a.memoryGib || a.usdPerHour - b.usdPerHour);
  return cheapest ?? largest ?? null;
}

function trainingWarning(trainer: InstanceType | null, dataBytes: number): string[] {
  if (trainer !== null && canTrain(trainer, dataBytes)) return [];
  const needed = wholeText((MEMORY_PER_BYTE * dataBytes) / 1e9);
  return [`Training may need ${needed} GB of memory, more than any machine of the table has: its cost is stated too low.`];
}

function noneWarning(serving: readonly CostOption[], memoryBytes: number): string[] {
  if (serving.length > 0) return [];
  return [`No machine of the table has room for ${wholeText(memoryBytes / 1e6)} MB of model on each of its vCPUs.`];
}

type Priced = Pick<CostPlan, "load" | "serving" | "trainingUsd">;

function assumptionsOf(
  input: CostInput,
  { load, serving, trainingUsd }: Priced,
  service: ServiceTime,
  cheapest: InstanceType | null,
  trainer: InstanceType | null,
): string[] {
  const { peakFactor, retrainingsPerMonth } = input.load;
  const perSecond = shortText(1000 / service.meanMs);
  const [first] = serving;
  const { p99Ms } = input.throughput.singleRow;
  return [
    `${wholeText(load.predictionsPerMonth)} predictions a month; the busiest time has ${shortText(peakFactor)} times the mean rate: ${shortText(load.peakPerSecond)} a second.`,
    `One prediction takes ${shortText(service.meanMs)} ms of one core: ${shortText(service.meanMs - HTTP_MS)} ms of processor time measured here (JSON to answer, one row at a time) and ${HTTP_MS} ms for HTTP, measured once with a served model. One core answers ${perSecond} a second.`,
    `At the busiest time at most ${100 * UTILISATION_LIMIT} % of the processors may be in use; otherwise a replica is added.`,
    ...(cheapest === null || first === undefined ? [] : queueSentences(cheapest, first, service, load.peakPerSecond, p99Ms)),
    `A vCPU is taken to be as fast as a core of this machine, slower where CoreMark says so (AWS only), and to give no more than its sustained share when it is burstable: ±${100 * UNCERTAINTY} % until confirmed on a real instance.`,
    `One process per vCPU, each with ${wholeText((PROCESS_BYTES + input.memoryBytes) / 1e6)} MB. A month has ${HOURS_PER_MONTH} hours; list prices on demand, Linux, without tax or discounts.`,
    trainingSentence(input.trainingSeconds, trainer, trainingUsd, retrainingsPerMonth),
    `Storage: the data once${input.logBytesPerPrediction > 0 ? ` and a month's log of every prediction (${wholeText(input.logBytesPerPrediction)} bytes each)` : ""}, at ${USD_PER_GB_MONTH} USD per GB and month.`,
  ];
}

function queueSentences(type: InstanceType, option: CostOption, service: ServiceTime, peakPerSecond: number, rowP99Ms: number): string[] {
  const speed = speedOf(type);
  const scaled = { meanMs: service.meanMs / speed, cv2: service.cv2 };
  const processes = type.vcpu * option.replicas;
  const textAt = (rate: number) => {
    const queue = { servers: 1, arrivalsPerSecond: rate / processes, service: scaled };
    const rho = utilisationOf(queue);
    if (rho >= 1) return `${shortText(100 * rho)} % of what it can answer, so the queue grows without end`;
    const p99Ms = (rowP99Ms + HTTP_MS) / speed + waitQuantileMs(queue, 0.99);
    return `${shortText(100 * rho)} % in use, mean wait ${shortText(meanWaitMs(queue))} ms, 99 % answered within about ${shortText(p99Ms)} ms`;
  };
  const name = `${type.cloud} ${type.instance}`;
  const lone = `One replica carries this load, so a restart is an outage. For availability run two: ${shortText(2 * option.usdPerMonth)} USD a month on ${name}.`;
  return [
    `${option.replicas === 1 ? "One" : wholeText(option.replicas)} ${name} at the busiest time: ${textAt(peakPerSecond)}. At three times the load without a change: ${textAt(3 * peakPerSecond)}. By Sakasegawa's formula with a queue per process and independent arrivals, not measured. These times hold waiting, HTTP and the speed of that machine; the gate "Fast enough for one row" judges one answer alone on this one.`,
    ...(option.replicas === 1 ? [lone] : []),
  ];
}

function trainingSentence(seconds: number, trainer: InstanceType | null, usd: number, perMonth: number): string {
  const took = `Training the final model took ${shortText(seconds)} s here`;
  if (trainer === null) return `${took}; there is no machine to price it.`;
  return `${took}; once on ${trainer.cloud} ${trainer.instance}, billed for at least a minute, costs ${shortText(usd)} USD, ${shortText(perMonth)} times a month ${shortText(perMonth * usd)} USD. Choosing among models again takes longer.`;
}
