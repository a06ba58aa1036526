import { refusals, synthesized } from "../../testing";
import { AuditArchive } from "./audit-archive";
import { LogBucket, type LogBucketProps } from "./log-bucket";
import { LogExclusions } from "./log-exclusions";
import { LogMetric } from "./log-metric";
import { LogSink } from "./log-sink";

const bucket: LogBucketProps = {
  name: "services",
  location: "europe-west1",
  keep: "90 days",
  purpose: "Logs.",
};
const fields = (lines: string[]) => lines.map((line) => line.split(":")[0]);

describe("LogBucket", () => {
  test("keeps entries for as long as is said", () => {
    const { one } = synthesized((stack) => new LogBucket(stack, "logs", bucket));
    expect(one("google_logging_project_bucket_config")).toEqual({
      project: "shop-dev",
      bucket_id: "services",
      location: "europe-west1",
      retention_days: 90,
      description: "Logs.",
    });
  });

  test("GIVEN ten years, analytics and a lock THEN they are what the API takes", () => {
    const { one } = synthesized(
      (stack) => new LogBucket(stack, "logs", { ...bucket, keep: "10 years", analytics: true, locked: true }),
    );
    expect(one("google_logging_project_bucket_config")).toMatchObject({
      retention_days: 3650,
      enable_analytics: true,
      locked: true,
    });
  });

  test("refuses a wrong id, place or retention", () => {
    const wrong = { ...bucket, name: "_Required", location: "Europe", keep: "12 hours" } as const;
    expect(fields(refusals(() => synthesized((stack) => new LogBucket(stack, "logs", wrong))))).toEqual([
      "name",
      "location",
      "keep",
    ]);
  });
});

describe("LogSink", () => {
  test("GIVEN a log bucket THEN entries go there as the sink's own identity", () => {
    const { one } = synthesized((stack) => {
      new LogSink(stack, "sink", {
        name: "services",
        to: new LogBucket(stack, "logs", bucket),
        filter: "all",
        purpose: "All logs.",
        without: [{ name: "debug", filter: "severity<INFO", reason: "Nobody reads it." }],
      });
    });
    expect(one("google_logging_project_sink")).toEqual({
      name: "services",
      description: "All logs.",
      destination: expect.stringMatching(/^logging\.googleapis\.com\/\$\{.+\.id}$/),
      unique_writer_identity: true,
      exclusions: [{ name: "debug", filter: "severity<INFO", description: "Nobody reads it." }],
    });
  });

  test("refuses a wrong name, an empty filter, and an exclusion twice", () => {
    const rule = { name: "debug", filter: "severity<INFO", reason: "" };
    const wrong = () =>
      synthesized(
        (stack) =>
          new LogSink(stack, "sink", {
            name: "all logs",
            to: { destination: "storage.googleapis.com/x" },
            filter: " ",
            purpose: "All.",
            without: [rule, { ...rule, filter: "" }],
          }),
      );
    expect(fields(refusals(wrong))).toEqual(["name", "filter", "without[1].filter", "without[1].name"]);
  });
});

describe("LogExclusions", () => {
  test("leaves out by name, or by a rule of one's own", () => {
    const own = { name: "own", filter: "severity<INFO", reason: "Nobody reads it." };
    const { all } = synthesized(
      (stack) => new LogExclusions(stack, "exclusions", { exclude: ["health-checks", own] }),
    );
    expect(all("google_logging_project_exclusion")).toMatchObject([
      { name: "health-checks", filter: expect.stringContaining("GoogleStackdriverMonitoring-UptimeChecks") },
      { name: "own", filter: "severity<INFO", description: "Nobody reads it." },
    ]);
  });

  test("refuses one twice", () => {
    const wrong = () =>
      synthesized(
        (stack) => new LogExclusions(stack, "exclusions", { exclude: ["static-files", "static-files"] }),
      );
    expect(refusals(wrong)).toEqual(["exclude[1].name: each exclusion once"]);
  });
});

describe("LogMetric", () => {
  test("GIVEN labels THEN each has its extractor and no description, whose change would replace the metric", () => {
    const { one } = synthesized(
      (stack) =>
        new LogMetric(stack, "metric", {
          name: "declined_payments",
          filter: 'jsonPayload.event="declined"',
          description: "Payments that were declined.",
          labels: { service: "EXTRACT(resource.labels.module_id)" },
        }),
    );
    expect(one("google_logging_metric")).toMatchObject({
      metric_descriptor: { labels: [{ key: "service", value_type: "STRING" }] },
      label_extractors: { service: "EXTRACT(resource.labels.module_id)" },
    });
  });

  test("refuses a name that PromQL would write otherwise", () => {
    const wrong = () =>
      synthesized(
        (stack) =>
          new LogMetric(stack, "metric", {
            name: "a/b",
            filter: "",
            description: "",
            labels: { "a-b": "x" },
          }),
      );
    expect(fields(refusals(wrong))).toEqual(["name", "filter", "labels.a-b"]);
  });
});

describe("AuditArchive", () => {
  test("GIVEN seven years THEN nobody can delete an entry, and the sink alone may add", () => {
    const { one } = synthesized(
      (stack) => new AuditArchive(stack, "audit", { bucket: "shop-audit", location: "EU" }),
    );
    expect(one("google_storage_bucket")).toMatchObject({
      name: "shop-audit",
      force_destroy: false,
      public_access_prevention: "enforced",
      uniform_bucket_level_access: true,
      retention_policy: { retention_period: 7 * 366 * 86_400, is_locked: false },
    });
    expect(one("google_logging_project_sink")).toMatchObject({
      destination: expect.stringMatching(/^storage\.googleapis\.com\/\$\{.+\.name}$/),
      unique_writer_identity: true,
    });
    expect(one("google_storage_bucket_iam_member")).toMatchObject({
      role: "roles/storage.objectCreator",
      member: expect.stringContaining("writer_identity"),
    });
  });

  test("refuses less than 400 days", () => {
    const wrong = () =>
      synthesized(
        (stack) => new AuditArchive(stack, "audit", { bucket: "a-b-c", location: "EU", keep: "1 year" }),
      );
    expect(refusals(wrong)).toEqual(["keep: at least 400 days"]);
  });

  test("stands twice in one stack, and hands bucket and sink to transform", () => {
    const { all } = synthesized((stack) => {
      new AuditArchive(stack, "one", { bucket: "shop-audit", location: "EU", keep: "400 days" });
      new AuditArchive(stack, "two", {
        bucket: "shop-all",
        location: "EU",
        keep: "400 days",
        entries: "all",
        transform: {
          bucket: (config) => {
            config.storageClass = "NEARLINE";
          },
          sink: (config) => {
            config.disabled = true;
          },
        },
      });
    });
    expect(all("google_storage_bucket").map(({ storage_class }) => storage_class)).toContain("NEARLINE");
    expect(all("google_logging_project_sink").filter(({ disabled }) => disabled)).toHaveLength(1);
  });
});
