import { refusals, synthesized } from "../testing";
import { type ApiGroup, apis, apisOf } from "./apis";
import { DefaultAccounts, type DefaultAccountsProps } from "./default-accounts";
import { Project, type ProjectProps } from "./project";

const props: ProjectProps = { parent: { folder: "123456789012" }, billingAccount: "012345-6789AB-CDEF01" };

describe("Project", () => {
  const build = (change: Partial<ProjectProps> = {}) =>
    synthesized((stack) => new Project(stack, "project", { ...props, ...change }));

  test("is the stack's own, without a default network, and stays", () => {
    expect(build().one("google_project")).toMatchObject({
      project_id: "shop-dev",
      name: "shop-dev",
      folder_id: "123456789012",
      auto_create_network: false,
      deletion_policy: "PREVENT",
      lifecycle: { prevent_destroy: true },
    });
    expect(build({ parent: { organisation: "42" } }).one("google_project")).toMatchObject({ org_id: "42" });
  });

  test("takes the longest legal title; refuses what is none, all at once", () => {
    expect(() => build({ title: "t".repeat(30) })).not.toThrow();
    expect(
      refusals(() =>
        build({ title: "t".repeat(31), parent: { folder: "folders/1" }, billingAccount: "mine" }),
      ).map((line) => line.split(":")[0]),
    ).toEqual(["title", "parent", "billingAccount"]);
  });

  test("hands its configuration to transform last", () => {
    const made = build({
      transform: {
        project: (config) => {
          config.deletionPolicy = "ABANDON";
        },
      },
    });
    expect(made.one("google_project").deletion_policy).toBe("ABANDON");
  });
});

describe("DefaultAccounts", () => {
  const build = (change?: DefaultAccountsProps) =>
    synthesized((stack) => new DefaultAccounts(stack, "accounts", change)).one(
      "google_project_default_service_accounts",
    );

  test("lose their roles, and nothing fails when they can't get them back", () => {
    expect(build()).toMatchObject({
      project: "shop-dev",
      action: "DEPRIVILEGE",
      restore_policy: "REVERT_AND_IGNORE_FAILURE",
    });
  });

  test("can be stopped, and handed to transform last", () => {
    const made = build({
      action: "disable",
      transform: {
        accounts: (config) => {
          config.restorePolicy = "NONE";
        },
      },
    });
    expect(made).toMatchObject({ action: "DISABLE", restore_policy: "NONE" });
  });
});

describe("the list of APIs", () => {
  test("has each API in one group, as Google writes it", () => {
    const all = apisOf(...(Object.keys(apis) as ApiGroup[]));
    expect(new Set(all).size).toBe(all.length);
    for (const api of all) {
      expect(api).toMatch(/^[a-z][a-z0-9]*$/);
    }
  });

  test("is that of the whole platform, without stores that a team may not have", () => {
    expect(apisOf()).toEqual(expect.arrayContaining(["appengine", "cloudkms", "sts", "servicenetworking"]));
    expect(apisOf()).not.toContain("redis");
    expect(apisOf("stores")).toEqual(["redis", "sqladmin"]);
  });
});
