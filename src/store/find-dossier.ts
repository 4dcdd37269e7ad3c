import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { OldhandError } from "../core/error.ts";
import { readJsonFile } from "./json-file.ts";
import { openLog } from "./log.ts";
import { statusOf } from "./source-file.ts";

/** Dossiers directly in a folder, sorted; the folder itself first when it is one. */
export function dossiersIn(folder: string): string[] {
  const isDossier = (path: string) => existsSync(join(path, "oldhand.json"));
  const inside = statusOf(folder)?.isDirectory() === true ? readdirSync(folder).sort() : [];
  return [folder, ...inside.map((name) => join(folder, name))].filter(isDossier);
}

/** The native model of a dossier, of its model folder, or `model.json` itself. @throws OldhandError dossier-missing, or as readJsonFile. */
export function openModelFile(path: string): unknown {
  const status = statusOf(path);
  if (status?.isFile() === true) return modelText(path);
  const found = [join(path, "model", "model.json"), join(path, "model.json")].find((candidate) => existsSync(candidate));
  if (found !== undefined) return readJsonFile(found);
  const earlier = join(path, "earlier", "model", "model.json");
  throw new OldhandError("dossier-missing", {
    what: status === undefined ? "There is no such dossier or model." : "There is no model in this folder.",
    where: path,
    expected: "model/model.json or model.json in it",
    fix: existsSync(earlier)
      ? `Run again to the end, or take the model of the earlier run: ${earlier}`
      : "Make one: oldhand run DATA --target COLUMN",
  });
}

/** What a person named as a model and is no JSON is mostly a table: the model comes first, the data after it. */
function modelText(path: string): unknown {
  try {
    return readJsonFile(path);
  } catch (error) {
    if (!(error instanceof OldhandError) || error.code !== "file-format" || path.toLowerCase().endsWith(".json")) throw error;
    throw new OldhandError("dossier-broken", {
      what: "This file is not a model of Oldhand.",
      where: path,
      expected: "a dossier, or its model/model.json, before the data",
      got: "no JSON",
      fix: "Name the dossier first and the data after it.",
    });
  }
}

/** The folder with the results that belong to a model, by the paths that `openModelFile` takes; null for a model on its own. */
export function dossierOfModel(path: string): string | null {
  const isFile = statusOf(path)?.isFile() === true;
  const folder = isFile ? dirname(resolve(path)) : resolve(path);
  const holders = basename(folder) === "model" ? [dirname(folder), folder] : isFile ? [] : [folder];
  return holders.find((one) => ["oldhand.json", "result.json"].some((name) => existsSync(join(one, name)))) ?? null;
}

/** `result.json` of a dossier; null when its run has not ended. @throws as readJsonFile. */
export function openResult(folder: string): unknown {
  const path = join(folder, "result.json");
  return existsSync(path) ? readJsonFile(path) : null;
}

/** A log to which a server appends; one JSON line per entry, without waiting for the disk. The file is made at once. */
export function appendLines(path: string): { append(entry: unknown): void; close(): void } {
  const log = openLog(path, { durable: false });
  log.create();
  return { append: log.append, close: log.close };
}
