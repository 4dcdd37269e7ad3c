// Given to node by --import: appends the address of every module that is resolved to the file that RECORD_MODULES names.
import { register } from "node:module";

register(
  `data:text/javascript,${encodeURIComponent(`
    import { appendFileSync } from "node:fs";
    export async function resolve(name, context, next) {
      const found = await next(name, context);
      appendFileSync(process.env.RECORD_MODULES, found.url + "\\n");
      return found;
    }
  `)}`,
);
