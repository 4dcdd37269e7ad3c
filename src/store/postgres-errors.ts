import { OldhandError } from "../core/error.ts";
import { withoutPasswords } from "../core/place.ts";
import { badQuery, notReading } from "./choose-part.ts";
import { errnoOf, errorText } from "./io-error.ts";

const REFUSED = /^(28...|42501)$/;
const NO_SERVER =
  /^(08...|53...|57P..|3D000|CONNECT_TIMEOUT|CONNECTION_.*|ECONN.*|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE)$/;
/** The driver's own, which have no code. */
const BROKEN_OFF = /timeout expired|Connection terminated|closed|does not support SSL/i;
const WRITES = /^(25006|0A000)$/;
/** Of tls and of the protocol: SELF_SIGNED_CERT_IN_CHAIN, ERR_TLS_CERT_ALTNAME_INVALID, ... */
const TLS = /CERT|TLS|SSL/;

/**
 * An error of the server or of the connection as the error the user sees. Codes: PostgreSQL, appendix A (classes 08 connection, 28
 * authorization, 42 syntax or access rule, 25006 write in a read-only transaction). `query` null = a table was read.
 */
export function translatePostgres(error: unknown, shown: string, query: string | null): unknown {
  if (error instanceof OldhandError) return error;
  const code = errnoOf(error) ?? "";
  const got = withoutPasswords(errorText(error));
  if (REFUSED.test(code)) {
    return new OldhandError("access-denied", {
      what: "The database refuses access.",
      where: shown,
      got,
      fix: "Check the user, the password (in the URL or in PGPASSWORD) and what the user may read; ?sslmode=require encrypts.",
    });
  }
  if (NO_SERVER.test(code) || TLS.test(code) || (code === "" && BROKEN_OFF.test(got))) {
    return new OldhandError("connection-failed", {
      what: code === "3D000" ? "There is no such database on the server." : "The database cannot be reached.",
      where: shown,
      got: got === "" ? code : got,
      fix: "Check host, port and database, and that the server runs and lets this machine in.",
    });
  }
  if (query !== null && WRITES.test(code)) return notReading(shown, query, got);
  if (query !== null && /^(42|22|0A|21|54)/.test(code)) return badQuery(shown, query, got);
  return error;
}
