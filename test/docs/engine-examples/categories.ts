import { fitBoosting, predict } from "../../../src/engine/trees/index.ts";

// 40 shops, some of them good: splits are sets of shops, found by what their rows say.
const shop = Int32Array.from({ length: 4000 }, (_, row) => (row * 13) % 40);
const sales = Float64Array.from(shop, (code) => (code % 7 === 3 ? 10 : 5));
const matrix = { rows: 4000, features: [{ name: "shop", kind: "categorical" as const, codes: shop, levels: 40 }] };
const trees = fitBoosting({ matrix, target: sales, loss: { loss: "squared" } });
const asked = { rows: 3, features: [{ name: "shop", kind: "categorical" as const, codes: Int32Array.of(3, 4, -1), levels: 40 }] };
console.log("shops 3, 4 and an unknown one:", Array.from(predict(trees, asked), (value) => value.toFixed(1)).join(", "));
