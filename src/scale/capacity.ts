import type { Load } from "../core/request.ts";
import type { ServiceTime } from "./latency.ts";

/** 365 days / 12. */
export const HOURS_PER_MONTH = 730;

/** Share of the capacity used at the peak from which a replica more is taken: beyond it waiting grows fast. */
export const UTILISATION_LIMIT = 0.65;

/** Requests per second at the busiest time. */
export function peakRate({ predictionsPerMonth, peakFactor }: Pick<Load, "predictionsPerMonth" | "peakFactor">): number {
  return (predictionsPerMonth / (HOURS_PER_MONTH * 3600)) * peakFactor;
}

/** Least number of replicas, each able to answer `perReplica` requests a second, whose utilisation at the peak stays at the limit or below. */
export function replicasFor(peakPerSecond: number, perReplica: number, limit: number = UTILISATION_LIMIT): number {
  return Math.max(1, Math.ceil(peakPerSecond / (perReplica * limit) - 1e-9));
}

/** Servers that share one queue. */
export interface Queue {
  /** Parallel servers: vCPUs that answer. */
  readonly servers: number;
  readonly arrivalsPerSecond: number;
  readonly service: ServiceTime;
  /** Squared coefficient of variation of the gaps between arrivals; 1 = independent arrivals (Poisson). */
  readonly arrivalCv2?: number;
}

/** Share of the servers' time in use; at 1 or above the queue grows without end. */
export function utilisationOf({ servers, arrivalsPerSecond, service }: Queue): number {
  return (arrivalsPerSecond * service.meanMs) / 1000 / servers;
}

/**
 * Mean waiting time by Sakasegawa (1977): (Ca^2 + Cs^2) / 2 * rho^(sqrt(2 (c + 1)) - 1) / (c (1 - rho)) * s. Exact for M/M/1, Kingman's
 * formula for one server. Infinity when rho >= 1.
 */
export function meanWaitMs(queue: Queue): number {
  const rho = utilisationOf(queue);
  if (rho >= 1) return Number.POSITIVE_INFINITY;
  const { servers, service, arrivalCv2 = 1 } = queue;
  const variability = (arrivalCv2 + service.cv2) / 2;
  return ((variability * waitShare(rho, servers)) / (servers * (1 - rho))) * service.meanMs;
}

/** Share of requests that wait at all, as Sakasegawa's formula implies it. */
function waitShare(rho: number, servers: number): number {
  return rho ** (Math.sqrt(2 * (servers + 1)) - 1);
}

/**
 * Time that all but 1 - q of the requests wait less than, when those that wait do so exponentially (exact for M/M/1): mean / P * ln(P / (1 - q)),
 * 0 when at most 1 - q wait at all.
 */
export function waitQuantileMs(queue: Queue, q: number): number {
  const rho = utilisationOf(queue);
  if (rho >= 1) return Number.POSITIVE_INFINITY;
  const share = waitShare(rho, queue.servers);
  return share <= 1 - q ? 0 : (meanWaitMs(queue) / share) * Math.log(share / (1 - q));
}
