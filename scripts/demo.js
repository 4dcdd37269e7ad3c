// The main job on real data: `oldhand run` on the example, into oldhand-bank-additional/ of the folder it is called in.
import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const args = [
  "run",
  relative(process.cwd(), path("examples/bank-marketing/bank-additional.csv")),
  "--target",
  "y",
  ...process.argv.slice(2),
];
process.stdout.write(`$ oldhand ${args.join(" ")}\n\n`);
const { status } = spawnSync(process.execPath, [path("dist/oldhand.js"), ...args], { stdio: "inherit" });
// The exit code of `oldhand run` is its verdict; the demo has succeeded with any.
process.exitCode = [0, 1, 3].includes(status) ? 0 : (status ?? 70);
