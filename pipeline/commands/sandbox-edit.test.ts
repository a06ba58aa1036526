import { parseAssignments } from "./sandbox-edit";

test("GIVEN values of every kind WHEN parsed THEN JSON is JSON and all else is text", () => {
  expect(
    parseAssignments([
      "labels.team=shop",
      "scaling[0].max=3",
      "on=false",
      'tags={"a":"b"}',
      "url=a=b",
      "empty=",
    ]),
  ).toEqual({
    "labels.team": "shop",
    "scaling[0].max": 3,
    on: false,
    tags: { a: "b" },
    url: "a=b",
    empty: "",
  });
});

test.each([[["labels"]], [["=x"]], [[]]])(
  "GIVEN %j WHEN parsed THEN the user is told what is missing",
  (given) => {
    expect(() => parseAssignments(given)).toThrow("An attribute and its new value are needed.");
  },
);
