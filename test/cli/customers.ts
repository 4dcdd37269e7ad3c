import { createRandom } from "../../src/core/random.ts";

const PLANS = ["basic", "plus", "family"];

/**
 * A small table with a truth that a model can learn, one column that is only known afterwards (`closing_score`), dates, booleans, missing values
 * and a key. Same rows on every machine.
 */
export function customersCsv(rows: number): string {
  const random = createRandom(7, "customers");
  const lines = Array.from({ length: rows }, (_, i) => {
    const age = 18 + random.integer(60);
    const plan = PLANS[random.integer(3)]!;
    const fee = 10 + 30 * random.next();
    const tickets = random.integer(6);
    const active = random.next() < 0.6;
    const signup = new Date(Date.UTC(2023, 0, 1 + random.integer(600))).toISOString().slice(0, 10);
    const logit = 1.2 * (tickets - 2.5) + 0.25 * (fee - 25) + (plan === "basic" ? 1.6 : -1) - (active ? 2 : 0);
    const churned = random.next() < 1 / (1 + Math.exp(-logit));
    const closing = (churned ? 4 : 0) + random.normal();
    const shownFee = random.next() < 0.06 ? "" : fee.toFixed(2);
    return `C${String(1000 + i)},${age},${plan},${shownFee},${tickets},${active},${signup},${closing.toFixed(2)},${churned ? "yes" : "no"}`;
  });
  return `customer,age,plan,monthly_fee,tickets,active,signup,closing_score,churned\n${lines.join("\n")}\n`;
}
