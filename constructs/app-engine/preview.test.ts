import { refusals, synthesized } from "../testing";
import { PreviewService, type PreviewServiceProps } from "./preview-service";
import { PreviewVersion, type PreviewVersionProps } from "./preview-version";
import { serviceByName } from "./service";
import { StandardVersion } from "./standard-version";
import { account, artifact, settings } from "./trial";

const VERSION = "google_app_engine_standard_app_version";
const SPLIT = "google_app_engine_service_split_traffic";
const small = {
  ...settings,
  instanceClass: "F1",
  scaling: { minInstances: 0, maxInstances: 2, targetCpu: 0.6, maxConcurrentRequests: 20 },
  egress: "none",
} as const;
const one = { hash: "1111111", artifact: artifact("1"), settings: small };
const two = { hash: "2222222", artifact: artifact("2"), settings: small };
const shared: PreviewVersionProps = { ...one, pullRequest: 12, service: serviceByName("orders"), account };
const own: PreviewServiceProps = { pullRequest: 12, service: "orders", versions: [one, two], account };

describe("PreviewVersion", () => {
  test("is a version without traffic that goes alone", () => {
    let label = "";
    const { all, one: only } = synthesized((stack) => {
      label = new PreviewVersion(stack, "preview", shared).hostLabel;
    });
    expect(label).toBe("pr-12-1111111-dot-orders-dot-shop-dev");
    expect(only(VERSION)).toMatchObject({
      service: "orders",
      version_id: "pr-12-1111111",
      delete_service_on_destroy: false,
      automatic_scaling: { standard_scheduler_settings: { min_instances: 0, max_instances: 2 } },
      lifecycle: { create_before_destroy: true },
    });
    expect(all(SPLIT)).toEqual([]);
  });

  test("stands beside another in one stack", () => {
    const { all } = synthesized((stack) => {
      new PreviewVersion(stack, "orders", shared);
      new PreviewVersion(stack, "catalogue", { ...shared, service: serviceByName("catalogue") });
    });
    expect(all(VERSION)).toHaveLength(2);
  });

  test("refuses what a preview may not cost, and what is no pull request or hash", () => {
    const build = (more: Partial<PreviewVersionProps>) =>
      refusals(() => synthesized((stack) => new PreviewVersion(stack, "preview", { ...shared, ...more })));
    expect(build({ settings: { ...small, instanceClass: "F4" } })).toEqual([
      "settings.instanceClass: F1 or F2 in a preview",
    ]);
    expect(build({ settings: { ...small, scaling: { ...small.scaling, minInstances: 1 } } })).toEqual([
      "settings.scaling: automatic, 0 to at most 2 instances in a preview",
    ]);
    expect(build({ pullRequest: 0, hash: "HEAD" })).toEqual([
      "pullRequest: the number of a pull request",
      "hash: 7 hexadecimal digits",
    ]);
  });
});

describe("PreviewService", () => {
  test("is a service of its own that goes as a whole, and comes as a whole", () => {
    const { all, one: only } = synthesized((stack) => {
      new PreviewService(stack, "preview", { ...own, traffic: { [one.hash]: 0.9, [two.hash]: 0.1 } });
    });
    const whole = [expect.stringMatching(/^terraform_data\.preview_whole_[0-9A-F]{8}$/)];
    const versions = all(VERSION);
    expect(versions).toHaveLength(2);
    for (const version of versions) {
      expect(version).toMatchObject({
        service: "pr-12-orders",
        delete_service_on_destroy: true,
        lifecycle: { create_before_destroy: false, replace_triggered_by: whole },
      });
    }
    expect(versions[1]).toMatchObject({
      depends_on: [expect.stringMatching(/^google_app_engine_standard_app_version\.preview_version-1_/)],
    });
    expect(only(SPLIT)).toMatchObject({
      split: { allocations: { "pr-12-1111111": "0.9", "pr-12-2222222": "0.1" } },
      lifecycle: { replace_triggered_by: whole },
    });
  });

  test("gives its first version everything unless told, and hands its configurations to transform last", () => {
    const { one: only, all } = synthesized((stack) => {
      new PreviewService(stack, "preview", {
        ...own,
        transform: {
          version: (config) => {
            config.runtime = "nodejs22";
          },
          split: (config) => {
            config.timeouts = { create: "5m" };
          },
        },
      });
    });
    expect(only(SPLIT)).toMatchObject({
      split: { allocations: { "pr-12-1111111": "1" } },
      timeouts: { create: "5m" },
    });
    expect(all(VERSION)).toMatchObject([{ runtime: "nodejs22" }, { runtime: "nodejs22" }]);
  });

  test("changes as a whole with any of its content", () => {
    const contentOf = (props: PreviewServiceProps) =>
      synthesized((stack) => new PreviewService(stack, "preview", props)).one("terraform_data").input;
    const changed = { ...own, versions: [one, { ...two, settings: { ...small, env: {} } }] };
    expect(contentOf(own)).toEqual(contentOf({ ...own }));
    expect(contentOf(changed)).not.toEqual(contentOf(own));
  });

  test("refuses to be empty or too large", () => {
    const build = (versions: PreviewServiceProps["versions"]) =>
      refusals(() => synthesized((stack) => new PreviewService(stack, "preview", { ...own, versions })));
    expect(build([])).toEqual(["versions: at least one version"]);
    expect(build([one, { ...two, settings: { ...small, instanceClass: "F4" } }])).toEqual([
      "versions[1].settings.instanceClass: F1 or F2 in a preview",
    ]);
  });

  test("is the only one whose versions delete their service", () => {
    const build = (service: string, idOf: "preview" | "released", versionId: string) =>
      refusals(() =>
        synthesized((stack) => {
          new StandardVersion(stack, "v", {
            service,
            versionId,
            idOf,
            artifact: artifact("1"),
            settings: small,
            account,
            onDestroy: "delete-service",
          });
        }),
      );
    const expected = [
      "onDestroy: delete-version: only a preview's version deletes its service, and never default",
    ];
    expect(build("orders", "released", "v20261118-aa01b77")).toEqual(expected);
    expect(build("default", "preview", "pr-12-1111111")).toEqual(expected);
  });
});
