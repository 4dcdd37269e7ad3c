import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bytesFile, compileKernel, kernelNames } from "../../../scripts/build-kernels.js";

describe("the shipped kernels", () => {
  test.each(kernelNames())("%s is what its source gives", async (name) => {
    expect(readFileSync(bytesFile(name), "utf8")).toBe(await compileKernel(name));
  });
});
