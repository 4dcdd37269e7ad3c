// Compiles the kernels, then src/ to dist/: JavaScript in few files, and the types. `npm ci` does not run it (.npmrc sets ignore-scripts);
// `npm run demo` and `npm test` do.
import { execFileSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildKernels } from "./build-kernels.js";
import { bundle } from "./bundle.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
await buildKernels();
rmSync(`${root}dist`, { recursive: true, force: true });
await bundle();
execFileSync(process.execPath, [compiler, "-p", `${root}tsconfig.build.json`], { stdio: "inherit" });
chmodSync(`${root}dist/oldhand.js`, 0o755);
