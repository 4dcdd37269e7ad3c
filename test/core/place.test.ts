import { expect, test } from "vitest";
import { isQuery, parsePlace, placeName, readsOnly, withoutPasswords } from "../../src/core/place.ts";

const nothing = () => false;

test.each([
  ["data.csv", { kind: "file", where: "data.csv", part: null }],
  ["book.xlsx#My Sheet", { kind: "file", where: "book.xlsx", part: "My Sheet" }],
  ["app.db#", { kind: "file", where: "app.db", part: null }],
  ["app.db#select '#' from t", { kind: "file", where: "app.db", part: "select '#' from t" }],
  ["parts/*.csv", { kind: "files", where: "parts/*.csv", part: null }],
  ["parts/{a,b}.xlsx#S", { kind: "files", where: "parts/{a,b}.xlsx", part: "S" }],
  ["postgres://u:p@h:5/d?sslmode=require#t", { kind: "postgres", where: "postgres://u:p@h:5/d?sslmode=require", part: "t" }],
  ["postgresql://h/d", { kind: "postgres", where: "postgresql://h/d", part: null }],
  ["postgres://u:a#b@h/d#t", { kind: "postgres", where: "postgres://u:a#b@h/d", part: "t" }],
  ["s3://bucket/a/b.parquet", { kind: "s3", where: "s3://bucket/a/b.parquet", part: null }],
])("%s", (text, place) => {
  expect(parsePlace(text, nothing)).toEqual(place);
});

test("a file whose own name holds # or * comes first", () => {
  const exists = (path: string) => ["a#b.xlsx", "c*.csv"].includes(path);
  expect(parsePlace("a#b.xlsx", exists)).toEqual({ kind: "file", where: "a#b.xlsx", part: null });
  expect(parsePlace("a#b.xlsx#S", exists)).toEqual({ kind: "file", where: "a#b.xlsx", part: "S" });
  expect(parsePlace("c*.csv", exists)).toEqual({ kind: "file", where: "c*.csv", part: null });
});

test.each([
  ["postgres://u:secret@h/d#t", "postgres://u@h/d#t"],
  ["postgres://u:s3:cr/e#t@@h/d", "postgres://u@h/d"],
  ["postgres://:secret@h/d", "postgres://@h/d"],
  ["POSTGRESQL://u:secret@h/d", "POSTGRESQL://u@h/d"],
  [
    "oldhand run postgres://u:secret@h/d#t --test postgres://v:secret@h/e --target x",
    "oldhand run postgres://u@h/d#t --test postgres://v@h/e --target x",
  ],
  ["postgres://h/d?user=u&password=secret&sslmode=require#t", "postgres://h/d?user=u&password=...&sslmode=require#t"],
  ["postgres://u@h/d#select * from t where mail = 'a@b.c'", "postgres://u@h/d#select * from t where mail = 'a@b.c'"],
  ["data.csv", "data.csv"],
])("the password is taken out of %s", (text, shown) => {
  expect(withoutPasswords(text)).toBe(shown);
  expect(shown).not.toMatch(/secret|s3:cr/);
});

test.each([
  ["customers.csv", "customers"],
  ["data/my customers.csv.gz", "my-customers"],
  ["data/*.csv", ""],
  ["book.xlsx#Orders 2024", "book-Orders-2024"],
  ["postgres://u:p@h/shop?sslmode=require#orders", "shop-orders"],
  ["postgres://u:p@h/shop#select * from a/b", "shop-query"],
  ["s3://bucket/2024/sales.parquet", "sales"],
])("%s is called %s", (text, name) => {
  expect(placeName(text)).toBe(name);
});

test("queries and names of tables are told apart", () => {
  for (const query of [
    "select 1",
    "-- why\nSELECT *\nFROM t",
    "(select 1) union (select 2)",
    "with a as (select 1) select * from a",
    "values (1)",
  ]) {
    expect([query, isQuery(query), readsOnly(query)]).toEqual([query, true, true]);
  }
  for (const query of ["delete from t", "DROP TABLE t", "insert into t values (1)", "copy t to program 'x'"]) {
    expect([query, isQuery(query), readsOnly(query)]).toEqual([query, true, false]);
  }
  for (const name of ["orders", "selected", "my table", "public.orders", "select", "values"])
    expect([name, isQuery(name)]).toEqual([name, false]);
});
