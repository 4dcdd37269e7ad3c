import * as Plot from "@observablehq/plot";
import { COLOURS, drawChart, fitText, textPx } from "../../../src/report/charts/drawing.ts";

/** A drawing and what it shows, for those who cannot see it. */
export interface Picture {
  readonly svg: string;
  readonly alt: string;
}

/** The light colours of the report: an image knows no page around it. */
const INKS: Readonly<Record<string, string>> = {
  "var(--ink)": "#1b1e21",
  "var(--muted)": "#566069",
  "var(--line)": "#dcdfe2",
  "var(--accent)": "#0b6b73",
  "var(--band)": "#eef1f2",
};
const FONT = "system-ui,-apple-system,Segoe UI,Roboto,Noto Sans,sans-serif";

/** A picture of its own, on white. */
export function picture(alt: string, options: Plot.PlotOptions): Picture {
  const { wide } = drawChart({ name: "trap", title: alt, note: "", text: alt }, () => ({ height: 200, marginTop: 26, ...options }));
  const coloured = wide
    .replace(/var\(--[a-z]+\)/g, (ink) => INKS[ink] ?? ink)
    // Places, not what is written.
    .replace(/<[^>]+>/g, (tag) => tag.replace(/-?\d+\.\d{2,}/g, (number) => String(Math.round(10 * Number(number)) / 10)));
  const [, attributes = "", inside = ""] = /^<svg([^>]*)>([\s\S]*)<\/svg>$/.exec(coloured) ?? [];
  const head = attributes.includes("xmlns=") ? attributes : ` xmlns="http://www.w3.org/2000/svg"${attributes}`;
  return {
    alt,
    svg: `<svg${head} font-family="${FONT}" color="${INKS["var(--ink)"]}"><title>${alt.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</title><rect width="100%" height="100%" fill="#fff"/>${inside}</svg>\n`,
  };
}

const grey = (isStrong: boolean) => (isStrong ? COLOURS.accent : COLOURS.muted);
const centred = { labelAnchor: "center", labelArrow: "none" } as const;

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly isStrong?: boolean;
  /** Beside the bar. */
  readonly text: string;
}

/** Named amounts, one below the other. `logFrom`: on a logarithmic axis that begins there. */
export function bars(alt: string, axis: string, all: readonly Bar[], most?: number, logFrom?: number): Picture {
  const rows = all.map((bar, i) => ({ ...bar, key: `${i}`, isStrong: bar.isStrong === true }));
  const left = 16 + Math.min(220, Math.max(...rows.map(({ label }) => textPx(label))));
  return picture(alt, {
    height: 62 + 26 * rows.length,
    marginLeft: left,
    marginRight: 80,
    marginTop: 8,
    marginBottom: 42,
    x: {
      domain: [logFrom ?? 0, most ?? Math.max(...rows.map(({ value }) => value))],
      label: axis,
      ticks: 6,
      ...centred,
      ...(logFrom === undefined ? {} : { type: "log" as const, tickFormat: String }),
    },
    y: { domain: rows.map(({ key }) => key), axis: null },
    marks: [
      Plot.barX(rows, {
        x1: logFrom ?? 0,
        x2: "value",
        y: "key",
        fill: ({ isStrong }) => grey(isStrong),
        fillOpacity: ({ isStrong }) => (isStrong ? 1 : 0.45),
        insetTop: 4,
        insetBottom: 4,
      }),
      Plot.text(rows, { x: logFrom ?? 0, y: "key", text: ({ label }) => fitText(label, 220), textAnchor: "end", dx: -8 }),
      Plot.text(rows, { x: "value", y: "key", text: "text", textAnchor: "start", dx: 6, fill: COLOURS.muted }),
      Plot.ruleX([logFrom ?? 0], { stroke: COLOURS.line }),
    ],
  });
}

export interface Bins {
  readonly x: string;
  readonly bins?: number;
  readonly domain?: readonly [number, number];
  /** Values that the trap is in. */
  readonly strong: (value: number) => boolean;
}

/** How often values occur; those of the trap in the accent colour. */
export function histogram(alt: string, values: readonly number[], { x, bins = 60, domain, strong }: Bins): Picture {
  const [low, high] = domain ?? [Math.min(...values), Math.max(...values)];
  const width = (high - low) / bins || 1;
  const counted = [true, false].flatMap((isStrong) => {
    const counts = new Map<number, number>();
    for (const value of values) {
      if (strong(value) !== isStrong) continue;
      const bin = Math.min(bins - 1, Math.floor((value - low) / width));
      counts.set(bin, (counts.get(bin) ?? 0) + 1);
    }
    return [...counts].map(([bin, rows]) => ({ from: low + bin * width, to: low + (bin + 1) * width, rows, isStrong }));
  });
  return picture(alt, {
    marginLeft: 56,
    marginBottom: 42,
    x: { domain: [low, high], label: x, ...centred },
    y: { label: "rows", labelArrow: "none", ticks: 4 },
    marks: [
      Plot.rectY(counted, {
        x1: "from",
        x2: "to",
        y: "rows",
        fill: ({ isStrong }) => grey(isStrong),
        fillOpacity: ({ isStrong }) => (isStrong ? 1 : 0.45),
        insetLeft: 0.5,
        insetRight: 0.5,
      }),
      Plot.ruleY([0], { stroke: COLOURS.line }),
    ],
  });
}

export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly isStrong?: boolean;
}

/** Rows as dots. At most as many as a small file holds. */
export function dots(
  alt: string,
  axes: { readonly x: string; readonly y: string },
  all: readonly Dot[],
  more: Plot.PlotOptions = {},
  most = 160,
): Picture {
  const step = Math.max(1, all.length / most);
  const drawn = Array.from({ length: Math.min(most, all.length) }, (_, i) => all[Math.floor(i * step)]).filter((dot) => dot !== undefined);
  return picture(alt, {
    height: 230,
    marginLeft: 76,
    marginBottom: 42,
    x: { label: axes.x, ...centred },
    y: { label: axes.y, labelArrow: "none", ticks: 5 },
    ...more,
    marks: [
      Plot.dot(drawn, {
        x: "x",
        y: "y",
        r: 2.5,
        fill: ({ isStrong }) => grey(isStrong === true),
        fillOpacity: ({ isStrong }) => (isStrong === true ? 0.9 : 0.45),
      }),
      ...(more.marks ?? []),
    ],
  });
}

/** A quantity along the rows or the time, its later or suspicious part in the accent colour. */
export function line(
  alt: string,
  axes: { readonly x: string; readonly y: string },
  points: readonly Dot[],
  more: Plot.PlotOptions = {},
): Picture {
  return picture(alt, {
    height: 210,
    marginLeft: 60,
    marginBottom: 42,
    x: { label: axes.x, ...centred },
    y: { label: axes.y, labelArrow: "none", ticks: 5 },
    ...more,
    marks: [
      Plot.line(points, { x: "x", y: "y", z: null, stroke: COLOURS.muted, strokeOpacity: 0.45 }),
      Plot.dot(points, { x: "x", y: "y", r: 3.5, fill: ({ isStrong }) => grey(isStrong === true) }),
    ],
  });
}

/** Two sets of rows along one quantity: training in grey, test in the accent colour. */
export function twoLines(
  alt: string,
  axes: { readonly x: string; readonly y: string },
  train: readonly Dot[],
  test: readonly Dot[],
): Picture {
  const last = (points: readonly Dot[]) => points.slice(-1);
  const draw = (points: readonly Dot[], colour: string, name: string) => [
    Plot.line(points, { x: "x", y: "y", stroke: colour, strokeWidth: 2 }),
    Plot.dot(points, { x: "x", y: "y", r: 3, fill: colour }),
    Plot.text(last(points), { x: "x", y: "y", text: () => name, textAnchor: "start", dx: 8, fill: colour }),
  ];
  return picture(alt, {
    height: 220,
    marginLeft: 60,
    marginRight: 70,
    marginBottom: 42,
    x: { label: axes.x, ...centred },
    y: { label: axes.y, labelArrow: "none", ticks: 5, zero: true },
    marks: [...draw(train, COLOURS.muted, "training"), ...draw(test, COLOURS.accent, "test")],
  });
}

/** Some rows of a table as they stand in the file. `strong`: cells that show the trap. */
export function excerpt(
  alt: string,
  rows: readonly (readonly string[])[],
  strong: (row: number, column: number) => boolean,
  { hasHeader = true, mostPx }: { readonly hasHeader?: boolean; readonly mostPx?: number } = {},
): Picture {
  const width = Math.max(...rows.map(({ length }) => length));
  const most = mostPx ?? Math.max(210, Math.floor(640 / width));
  const written = (cell: string) => (cell === "" ? "(empty)" : fitText(cell, most));
  const px = Array.from(
    { length: width },
    (_, column) => 22 + Math.max(...rows.map((cells) => textPx(written(cells[column] ?? ""), true))),
  );
  const starts = px.map((_, column) => px.slice(0, column).reduce((sum, one) => sum + one, 14));
  const cells = rows.flatMap((row, y) =>
    row.map((cell, column) => ({
      x: starts[column] ?? 0,
      y,
      text: written(cell),
      isStrong: strong(y, column),
      isHead: hasHeader && y === 0,
      wide: px[column] ?? 0,
    })),
  );
  const height = 16 + 24 * rows.length;
  const marked = cells.filter(({ isStrong }) => isStrong);
  const plain = cells.filter(({ isStrong }) => !isStrong);
  const style = (some: typeof cells, fill: string, fontWeight: number) =>
    Plot.text(some, { x: "x", y: "y", text: "text", textAnchor: "start", fill, fontWeight });
  return picture(alt, {
    height,
    margin: 0,
    marginTop: 8,
    marginBottom: 8,
    x: { domain: [0, 720], range: [0, 720], axis: null },
    y: { domain: [-0.5, rows.length - 0.5], range: [8, height - 8], axis: null },
    marks: [
      ...(hasHeader ? [Plot.ruleY([0.5], { stroke: COLOURS.line })] : []),
      style(
        plain.filter(({ isHead }) => isHead),
        COLOURS.muted,
        400,
      ),
      style(
        plain.filter(({ isHead }) => !isHead),
        COLOURS.ink,
        400,
      ),
      style(marked, COLOURS.accent, 700),
    ],
  });
}
