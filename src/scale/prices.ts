import { PRICE_DATES, PRICE_LINES } from "./price-table.ts";
import { wholeText } from "./words.ts";

/** A rentable machine at its list price. */
export interface InstanceType {
  readonly cloud: string;
  readonly region: string;
  readonly instance: string;
  readonly vcpu: number;
  readonly memoryGib: number;
  /** On demand, Linux. */
  readonly usdPerHour: number;
  /** Share of each vCPU that may be used all the time; less than 1 for burstable types. */
  readonly baseline: number;
  /** CoreMark iterations per second and vCPU with all vCPUs busy; null = not measured. */
  readonly coremarkPerVcpu: number | null;
  /** ISO date of the list. */
  readonly priceDate: string;
}

/** General-purpose types up to 32 vCPU that the package ships. */
export function instanceTypes(): readonly InstanceType[] {
  return PRICE_LINES.flatMap((line) => {
    const [cloud = "", region = "", ...types] = line.split("|");
    return types.map((type) => instanceType(cloud, region, type));
  });
}

function instanceType(cloud: string, region: string, text: string): InstanceType {
  const [instance = "", ...numbers] = text.split(" ");
  const [vcpu = 0, memoryGib = 0, usdPerHour = 0, baseline = 1, coremark = 0] = numbers.map(Number);
  const coremarkPerVcpu = coremark > 0 ? coremark : null;
  return { cloud, region, instance, vcpu, memoryGib, usdPerHour, baseline, coremarkPerVcpu, priceDate: PRICE_DATES[cloud] ?? "" };
}

/**
 * Days until a list price is called old. Of some 800 to 1,000 types of AWS us-east-1, 0 to 5 changed in each of four steps over three years; the
 * changes that mattered were accelerators, which fell by 25 to 44 % (docs/decisions/0011-cloud-prices.md).
 */
export const OLD_AFTER_DAYS = { cpu: 365, accelerator: 90 } as const;

const DAY_MS = 86_400_000;

/** One warning per cloud whose prices are older than they should be. */
export function priceWarnings(dates: ReadonlyMap<string, string>, today: Date, kind: keyof typeof OLD_AFTER_DAYS = "cpu"): string[] {
  return [...dates].flatMap(([cloud, date]) => {
    const days = Math.floor((today.getTime() - Date.parse(date)) / DAY_MS);
    if (days <= OLD_AFTER_DAYS[kind]) return [];
    return [`The prices of ${cloud} are of ${date}, ${wholeText(days)} days old: look them up before you decide.`];
  });
}
