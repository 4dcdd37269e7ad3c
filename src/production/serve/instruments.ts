import { counter, histogram, labelled } from "./histogram.ts";

/** What a server counts. Names follow OpenTelemetry (http_server_...) and KServe (request_predict_seconds). */
export interface Instruments {
  answered(method: string, route: string, status: number, seconds: number): void;
  predicted(rows: number, seconds: number): void;
  logFailed(): void;
  /** Text format of Prometheus, version 0.0.4. */
  print(): string;
}

export function createInstruments(model: string, version: string): Instruments {
  const requests = histogram("http_server_request_duration_seconds", "Time from the request's arrival to the end of its answer.");
  const predicts = histogram("request_predict_seconds", "Time that the model took for one request.");
  const rows = counter("oldhand_predictions_total", "Rows that were answered.");
  const logFailures = counter("oldhand_log_failures_total", "Log lines that could not be written.");
  const ofModel = labelled({ model_name: model, model_version: version });
  const startSeconds = Date.now() / 1000;
  return {
    answered: (method, route, status, seconds) =>
      requests.add(labelled({ http_request_method: method, http_route: route, http_response_status_code: status }), seconds),
    predicted: (count, seconds) => {
      rows.add(ofModel, count);
      predicts.add(ofModel, seconds);
    },
    logFailed: () => logFailures.add(ofModel, 1),
    print: () =>
      [
        ...requests.print(),
        ...predicts.print(),
        ...rows.print(),
        ...logFailures.print(),
        "# HELP process_resident_memory_bytes Resident memory of the process.",
        "# TYPE process_resident_memory_bytes gauge",
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
        "# HELP process_start_time_seconds Start of the server, seconds since 1970.",
        "# TYPE process_start_time_seconds gauge",
        `process_start_time_seconds ${startSeconds}`,
        "",
      ].join("\n"),
  };
}
