/** Upper edges in seconds: from a tenth of a millisecond, which one row takes, to what a timeout would end. */
const EDGES = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts and durations under labels, printed in the text format of Prometheus. */
export interface Instrument {
  add(labels: string, value: number): void;
  print(): string[];
}

export function counter(name: string, help: string): Instrument {
  const totals = new Map<string, number>([["", 0]]);
  return {
    add: (labels, value) => {
      totals.set(labels, (totals.get(labels) ?? 0) + value);
    },
    print: () => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} counter`,
      ...[...totals].filter(([labels]) => labels !== "" || totals.size === 1).map(([labels, total]) => `${name}${braced(labels)} ${total}`),
    ],
  };
}

export function histogram(name: string, help: string): Instrument {
  const series = new Map<string, { counts: number[]; sum: number; count: number }>();
  return {
    add: (labels, seconds) => {
      const one = series.get(labels) ?? { counts: EDGES.map(() => 0), sum: 0, count: 0 };
      const bin = EDGES.findIndex((edge) => seconds <= edge);
      if (bin >= 0) one.counts[bin] = (one.counts[bin] ?? 0) + 1;
      one.sum += seconds;
      one.count++;
      series.set(labels, one);
    },
    print: () => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} histogram`,
      ...[...series].flatMap(([labels, one]) => printSeries(name, labels, one)),
    ],
  };
}

function printSeries(
  name: string,
  labels: string,
  { counts, sum, count }: { counts: readonly number[]; sum: number; count: number },
): string[] {
  let below = 0;
  const comma = labels === "" ? "" : ",";
  const buckets = EDGES.map((edge, bin) => {
    below += counts[bin] ?? 0;
    return `${name}_bucket{${labels}${comma}le="${edge}"} ${below}`;
  });
  return [
    ...buckets,
    `${name}_bucket{${labels}${comma}le="+Inf"} ${count}`,
    `${name}_sum${braced(labels)} ${sum}`,
    `${name}_count${braced(labels)} ${count}`,
  ];
}

function braced(labels: string): string {
  return labels === "" ? "" : `{${labels}}`;
}

/** `name="value"` pairs; quotes, backslashes and line ends escaped. */
export function labelled(labels: Readonly<Record<string, string | number>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${String(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`)
    .join(",");
}
