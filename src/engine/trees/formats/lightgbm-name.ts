/** A feature's name as LightGBM's files have it: without white space and the letters of JSON; "=" at the ends is lost there. */
export function lightGbmName(name: string): string {
  return name.replace(/[\s",:[\]{}]|^=+|=+$/gu, "_") || "_";
}
