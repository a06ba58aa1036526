import fc from "fast-check";
import { refusals, synthesized } from "../testing";
import { flexibleMonthlyCost, standardMonthlyCost } from "./costs";
import { classesFor, instanceClasses } from "./instance-classes";
import type { Scaling } from "./scaling";
import type { StandardVersionSettings } from "./settings";
import { StandardVersion } from "./standard-version";
import { account, artifact, connector, flexibleSettings, settings } from "./trial";

const versionWith = (of: Partial<StandardVersionSettings>) =>
  synthesized((stack) => {
    new StandardVersion(stack, "v", {
      service: "orders",
      versionId: "v20261118-aa01b77",
      artifact: artifact("1"),
      account,
      connector,
      settings: { ...settings, ...of },
    });
  }).one("google_app_engine_standard_app_version");

describe("scaling of the standard environment", () => {
  test("is automatic with everything that App Engine's scheduler knows", () => {
    const version = versionWith({
      scaling: {
        minInstances: 2,
        maxInstances: 9,
        targetCpu: 0.7,
        maxConcurrentRequests: 50,
        targetThroughput: 0.8,
        minIdleInstances: 1,
        maxIdleInstances: 3,
        minPendingLatency: "100 ms",
        maxPendingLatency: "2000 ms",
      },
    });
    expect(version).toMatchObject({
      instance_class: "F2",
      inbound_services: ["INBOUND_SERVICE_WARMUP"],
      automatic_scaling: {
        max_concurrent_requests: 50,
        min_idle_instances: 1,
        max_idle_instances: 3,
        min_pending_latency: "0.100s",
        max_pending_latency: "2s",
        standard_scheduler_settings: {
          min_instances: 2,
          max_instances: 9,
          target_cpu_utilization: 0.7,
          target_throughput_utilization: 0.8,
        },
      },
    });
  });

  test.each<[string, Scaling, object]>([
    [
      "basic",
      { kind: "basic", maxInstances: 3 },
      { basic_scaling: { max_instances: 3, idle_timeout: "900s" } },
    ],
    [
      "basic with its own idle time",
      { kind: "basic", maxInstances: 3, idleTimeout: "1 hour" },
      { basic_scaling: { idle_timeout: "3600s" } },
    ],
    ["manual", { kind: "manual", instances: 2 }, { manual_scaling: { instances: 2 } }],
  ])("is %s, without warm-up", (_, scaling, block) => {
    const version = versionWith({ instanceClass: "B4", scaling });
    expect(version).toMatchObject({ instance_class: "B4", ...block });
    expect(version).not.toHaveProperty("automatic_scaling");
    expect(version).not.toHaveProperty("inbound_services");
  });

  test.each<[string, Partial<StandardVersionSettings>, string[]]>([
    ["a B class automatically", { instanceClass: "B1" }, ["instanceClass: one of F1, F2, F4, F4_1G"]],
    [
      "an F class by hand",
      { scaling: { kind: "manual", instances: 1 } },
      ["instanceClass: one of B1, B2, B4, B4_1G, B8"],
    ],
    [
      "warm-up by hand, and mail without the services that it needs",
      {
        instanceClass: "B1",
        scaling: { kind: "basic", maxInstances: 0, idleTimeout: "30 seconds" },
        inboundServices: ["warmup", "mail"],
      },
      [
        "scaling.maxInstances: a whole number from 1 to 200",
        "scaling.idleTimeout: at least 1 minute",
        "inboundServices: no warm-up: App Engine calls /_ah/start instead",
        "inboundServices: bundledServices: true, which mail comes through",
      ],
    ],
    [
      "limits and latencies that contradict each other",
      {
        scaling: {
          minInstances: 1,
          maxInstances: 5,
          targetCpu: 0.6,
          maxConcurrentRequests: 20,
          targetThroughput: 0.99,
          minIdleInstances: 4,
          maxIdleInstances: 2,
          minPendingLatency: "500 ms",
          maxPendingLatency: "5 ms",
        },
      },
      [
        "scaling.targetThroughput: 0.5 to 0.95",
        "scaling.minIdleInstances: at most maxIdleInstances (2)",
        "scaling.maxPendingLatency: 10 ms to 15000 ms, in whole milliseconds",
        "scaling.minPendingLatency: at most maxPendingLatency (5 ms)",
      ],
    ],
  ])("refuses %s", (_, of, expected) => {
    expect(refusals(() => versionWith(of))).toEqual(expected);
  });

  test("writes every latency as the API answers it: whole seconds, or three digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 15_000 }), (latency) => {
        const scaling = {
          minInstances: 0,
          maxInstances: 1,
          targetCpu: 0.6,
          maxConcurrentRequests: 1,
          maxPendingLatency: `${latency} ms`,
        } as const;
        const { automatic_scaling: block } = versionWith({ scaling }) as {
          automatic_scaling: { max_pending_latency: string };
        };
        expect(block.max_pending_latency).toMatch(/^\d+(\.\d{3})?s$/);
        expect(Math.round(Number.parseFloat(block.max_pending_latency) * 1000)).toBe(latency);
      }),
      { numRuns: 25 },
    );
  });
});

describe("instance classes", () => {
  test("are known by what they scale with", () => {
    expect(classesFor("automatic")).toEqual(["F1", "F2", "F4", "F4_1G"]);
    expect(classesFor("basic-or-manual")).toEqual(["B1", "B2", "B4", "B4_1G", "B8"]);
    expect(instanceClasses.F4_1G.memoryMib).toBe(3072);
  });

  test("tell what a version costs in a month, at least and at most", () => {
    expect(standardMonthlyCost(settings)).toEqual({ least: 73, most: 365 });
    expect(standardMonthlyCost({ instanceClass: "B8", scaling: { kind: "manual", instances: 2 } })).toEqual({
      least: 584,
      most: 584,
    });
    expect(standardMonthlyCost({ instanceClass: "B1", scaling: { kind: "basic", maxInstances: 4 } })).toEqual(
      { least: 0, most: 146 },
    );
    expect(flexibleMonthlyCost(flexibleSettings)).toEqual({ least: 200.8, most: 602.41 });
  });
});
