import fc from "fast-check";
import { readPlanJson } from "./plan-json";

const numberIn = (text: string) =>
  (readPlanJson(`{"format_version":"1.2","n":${text}}`) as unknown as { n: unknown }).n;

describe("the text of a plan", () => {
  test("GIVEN numbers beyond what JavaScript can count THEN they stay apart", () => {
    expect(numberIn("9007199254740993")).toBe("9007199254740993");
    expect(numberIn("9007199254740992")).toBe(9007199254740992);
    expect(numberIn("0.12345678901234567890")).toBe("0.12345678901234567890");
    expect(numberIn('{"a": [9007199254740993, "9007199254740995 \\" 9007199254740997"]}')).toEqual({
      a: ["9007199254740993", '9007199254740995 " 9007199254740997'],
    });
  });

  test("GIVEN any JSON THEN it is read as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ value, long: 0.1 + 0.2 });
        expect(readPlanJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
