import { refusals, synthesized } from "../testing";
import { AtlasProject, type AtlasProjectProps } from "./atlas-project";
import { exampleProject } from "./example-cluster";

const build = (change: Partial<AtlasProjectProps> = {}) =>
  synthesized((stack) => new AtlasProject(stack, "project", { ...exampleProject, ...change }));

const refusedFields = (change: Partial<AtlasProjectProps>) =>
  refusals(() => build(change)).map((line) => line.split(":")[0]);

test("belongs to the organisation, is maintained in its window, and needs one provider only", () => {
  const { one, providers } = build();
  expect(one("mongodbatlas_project")).toMatchObject({
    name: "shop-dev",
    org_id: exampleProject.organisationId,
    tags: { env: "dev" },
    is_data_explorer_enabled: false,
  });
  expect(one("mongodbatlas_project")).not.toHaveProperty("limits");
  expect(one("mongodbatlas_maintenance_window")).toMatchObject({
    day_of_week: 3,
    hour_of_day: 3,
    auto_defer_once_enabled: false,
  });
  expect(providers).toEqual({ mongodbatlas: [{}] });
});

test("sets limits, settings, teams and protected hours", () => {
  const { one } = build({
    limits: { privateConnections: 12, clusters: 30 },
    settings: { dataExplorer: true, performanceAdvisor: false },
    teams: [{ teamId: "65f1c0a2b7d94e3f8a1c5d21", roles: ["GROUP_READ_ONLY"] }],
    maintenance: { day: "sunday", hour: 3, protectedHours: { from: 7, to: 20 }, deferOnce: true },
    defaultAlerts: false,
  });
  expect(one("mongodbatlas_project")).toMatchObject({
    limits: [
      { name: "atlas.project.deployment.privateServiceConnectionsPerRegionGroup", value: 12 },
      { name: "atlas.project.deployment.clusters", value: 30 },
    ],
    is_data_explorer_enabled: true,
    is_performance_advisor_enabled: false,
    teams: [{ team_id: "65f1c0a2b7d94e3f8a1c5d21", role_names: ["GROUP_READ_ONLY"] }],
    with_default_alerts_settings: false,
  });
  expect(one("mongodbatlas_maintenance_window")).toMatchObject({
    protected_hours: { start_hour_of_day: 7, end_hour_of_day: 20 },
    auto_defer_once_enabled: true,
  });
});

test("knows how many private connections a region has, for private links", () => {
  synthesized((stack) => {
    const limits = { privateConnections: 8 };
    expect(new AtlasProject(stack, "few", { ...exampleProject, limits }).privateConnections).toBe(8);
    expect(new AtlasProject(stack, "usual", exampleProject).privateConnections).toBe(50);
  });
});

test("refuses every name, id, limit and hour that is none, at once", () => {
  const wrong: Partial<AtlasProjectProps> = {
    name: "n".repeat(65),
    organisationId: "shop",
    maintenance: { day: "monday", hour: 24 },
    limits: { privateConnections: 101, privateConnectionsPrefix: 19 },
    teams: [{ teamId: "owners", roles: [] }],
  };
  expect(refusedFields(wrong)).toEqual([
    "name",
    "organisationId",
    "maintenance.hour",
    "limits.privateConnections",
    "limits.privateConnectionsPrefix",
    "teams.0.teamId",
  ]);
});

test.each([
  [3, 22, 17],
  [3, 1, 5],
  [23, 20, 4],
])("refuses a window at %i inside or too long beside protected hours %i to %i", (hour, from, to) => {
  expect(refusedFields({ maintenance: { day: "monday", hour, protectedHours: { from, to } } })).toContain(
    "maintenance.protectedHours",
  );
});

test("stands twice in one stack, and hands its configuration to transform last", () => {
  const { all } = synthesized((stack) => {
    new AtlasProject(stack, "one", { ...exampleProject, name: "n".repeat(64) });
    new AtlasProject(stack, "two", {
      ...exampleProject,
      transform: {
        project: (config) => {
          config.regionUsageRestrictions = "COMMERCIAL_FEDRAMP_REGIONS_ONLY";
        },
      },
    });
  });
  expect(all("mongodbatlas_project").map((project) => project.region_usage_restrictions)).toEqual([
    undefined,
    "COMMERCIAL_FEDRAMP_REGIONS_ONLY",
  ]);
});
