import fc from "fast-check";
import type { ShownValue } from "../plan/attribute-changes";
import type { Json } from "../terraform/plan-json";
import { documentChange, readable } from "./documents";

const value = (text: Json): ShownValue => ({ is: "value", value: text });
const base64 = (text: string) => Buffer.from(text).toString("base64");
const inside = (before: string, after: string) =>
  documentChange(value(before), value(after))?.changes.map(({ path, before: one, after: other }) => [
    path,
    one.is === "value" ? one.value : one.is,
    other.is === "value" ? other.value : other.is,
  ]);
const openapi = (timeout: number) =>
  JSON.stringify({
    swagger: "2.0",
    paths: { "/orders": { get: { "x-google-backend": { deadline: timeout }, responses: { "200": {} } } } },
  });

describe("documents in attributes", () => {
  test("GIVEN JSON texts THEN the leaves that differ are told", () => {
    expect(inside('{"a":{"b":1,"c":2}}', '{"a":{"b":1,"c":3}}')).toEqual([["a.c", 2, 3]]);
    expect(inside('[{"a":1},{"a":2}]', '[{"a":1},{"a":3}]')).toEqual([["[1].a", 2, 3]]);
  });

  test("GIVEN an OpenAPI document in base64 THEN it is read, and shown as text", () => {
    const change = documentChange(value(base64(openapi(5))), value(base64(openapi(30))));
    expect(change?.changes).toMatchObject([
      { path: 'paths["/orders"].get.x-google-backend.deadline', before: value(5), after: value(30) },
    ]);
    expect(change?.before).toEqual(value(openapi(5)));
    expect(readable(value(base64(openapi(5))))).toEqual(value(openapi(5)));
  });

  test("GIVEN the same document in another layout THEN nothing changes inside", () => {
    expect(inside('{"a":1,"b":2}', '{\n  "b": 2,\n  "a": 1\n}')).toEqual([]);
  });

  test("GIVEN YAML, plain or in base64, THEN line by line", () => {
    const before = "swagger: '2.0'\npaths:\n  /a:\n    get: {}\n";
    const after = "swagger: '2.0'\npaths:\n  /b:\n    get: {}\n    put: {}\n";
    const expected = [
      ["line 3", "  /a:", "  /b:"],
      ["line 5", "absent", "    put: {}"],
    ];
    expect(inside(before, after)).toEqual(expected);
    expect(inside(base64(before), base64(after))).toEqual(expected);
  });

  test("GIVEN plain texts, or only one document, THEN there is nothing to look into", () => {
    expect(inside("M10", "M20")).toBeUndefined();
    expect(inside("x", '{"a":1}')).toBeUndefined();
    expect(documentChange({ is: "sensitive" }, value("{}"))).toBeUndefined();
    expect(readable(value("aaaaaaaaaaaaaaaaaaaaaaaa"))).toEqual(value("aaaaaaaaaaaaaaaaaaaaaaaa"));
  });

  test("GIVEN any two texts of lines THEN the lines that are told turn the one into the other", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const changes = documentChange(value(one.join("\n")), value(other.join("\n")))?.changes ?? [];
        const gone = changes.flatMap(({ before }) => (before.is === "value" ? [before.value] : []));
        const come = changes.flatMap(({ after }) => (after.is === "value" ? [after.value] : []));
        const count = (list: readonly Json[], line: string) => list.filter((item) => item === line).length;
        for (const line of ["a", "b", "c", "d"]) {
          expect(count(one, line) - count(gone, line) + count(come, line)).toBe(count(other, line));
        }
        expect(changes.length === 0).toBe(one.join() === other.join());
      }),
    );
  });
});
