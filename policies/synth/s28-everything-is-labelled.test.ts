import { judgedBy } from "../testing";
import { everythingIsLabelled } from "./s28-everything-is-labelled";

const labels = {
  env: "prod",
  service: "shop",
  owner: "team",
  "cost-centre": "shop",
  "data-class": "internal",
};
const bucket = { "google_storage_bucket.b": {} };
const tags = (names: object) => ({
  "mongodbatlas_project.p": {
    tags: Object.entries(names).map(([key, value]) => ({ key, value: String(value) })),
  },
});

describe("S28", () => {
  test("GIVEN nothing that takes labels WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(everythingIsLabelled, { "google_service_account.a": {} })).toEqual("not applicable");
  });

  test("GIVEN the provider's default labels WHEN judged THEN it is compliant", () => {
    expect(judgedBy(everythingIsLabelled, bucket, { provider: { default_labels: labels } })).toEqual(
      "compliant",
    );
  });

  test("GIVEN its own labels WHEN judged THEN it is compliant", () => {
    expect(judgedBy(everythingIsLabelled, { "google_storage_bucket.b": { labels } })).toEqual("compliant");
  });

  test("GIVEN tags WHEN judged THEN it is compliant", () => {
    expect(judgedBy(everythingIsLabelled, tags(labels))).toEqual("compliant");
  });

  test("GIVEN no labels WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(everythingIsLabelled, bucket)).toEqual(["labels"]);
  });

  test("GIVEN a missing tag WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(everythingIsLabelled, tags({ env: "prod" }))).toEqual(["tags"]);
  });

  test("GIVEN a preview without its number WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(everythingIsLabelled, bucket, {
        pack: "preview",
        kind: "pr-12",
        provider: { default_labels: labels },
      }),
    ).toEqual(["labels"]);
  });

  test("GIVEN what previews share WHEN judged THEN it needs no number", () => {
    expect(
      judgedBy(everythingIsLabelled, bucket, { pack: "preview", provider: { default_labels: labels } }),
    ).toEqual("compliant");
  });
});
