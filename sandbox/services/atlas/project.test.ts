import type { ObjectValue } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";

const PROJECT = "mongodbatlas_project";
const ORG = "5f76e20cfaeaad58bc70a115";

describe("Atlas projects", () => {
  let trial: TrialCloud;
  let project: ObjectValue;
  beforeEach(async () => {
    trial = new TrialCloud();
    project = await trial.created(PROJECT, { name: "shop-dev", org_id: ORG });
  });
  afterEach(() => trial.close());

  test("GIVEN a project THEN its id is 24 hexadecimal digits, and it can be imported", async () => {
    expect(project.id).toMatch(/^[0-9a-f]{24}$/);
    expect(project).toMatchObject({ cluster_count: 0, ip_addresses: { services: { clusters: [] } } });
    expect(await trial.import(PROJECT, String(project.id))).toMatchObject({ name: "shop-dev", org_id: ORG });
    expect(await trial.import(PROJECT, "5f76e20cfaeaad58bc70a119")).toBeNull();
  });

  test("GIVEN its name WHEN it is used again in the organisation THEN 409, in the framework's two parts", async () => {
    const { state, diagnostics } = await trial.create(PROJECT, { name: "shop-dev", org_id: ORG });
    expect(state).toBeNull();
    expect(diagnostics).toEqual([
      {
        severity: "error",
        summary: "error creating project: shop-dev",
        detail:
          'https://cloud.mongodb.com/api/atlas/v2/groups POST: HTTP 409 Conflict (Error code: "GROUP_ALREADY_EXISTS") ' +
          'Detail: A group with name "shop-dev" already exists. Reason: Conflict. Params: [shop-dev], BadRequestDetail: ' +
          "\n\nAnswered by the Groundwork sandbox.",
      },
    ]);
    await trial.created(PROJECT, { name: "shop-dev", org_id: "5f76e20cfaeaad58bc70a116" });
  });

  test("GIVEN a project that was deleted WHEN it is made again THEN it has another id", async () => {
    await trial.destroy(PROJECT, project);
    expect((await trial.created(PROJECT, { name: "shop-dev", org_id: ORG })).id).not.toBe(project.id);
  });

  test("GIVEN a cluster WHEN its project is deleted THEN it is refused; without one the project takes all with it", async () => {
    const flex = await trial.created("mongodbatlas_flex_cluster", {
      project_id: project.id ?? null,
      name: "shop",
      provider_settings: { backing_provider_name: "GCP", region_name: "WESTERN_EUROPE" },
    });
    const entry = await trial.created("mongodbatlas_project_ip_access_list", {
      project_id: project.id ?? null,
      cidr_block: "10.0.0.0/24",
    });
    expect(await trial.read(PROJECT, project)).toMatchObject({ cluster_count: 1 });
    const refused = await trial.destroy(PROJECT, project);
    expect(refused.state).toEqual(project);
    expect(refused.diagnostics[0]?.detail).toContain("CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS");

    await trial.destroy("mongodbatlas_flex_cluster", flex);
    expect((await trial.destroy(PROJECT, project)).state).toBeNull();
    expect(await trial.read("mongodbatlas_project_ip_access_list", entry)).toBeNull();
  });

  test("GIVEN no project WHEN something is put into it THEN 404", async () => {
    const refused = await trial.create("mongodbatlas_maintenance_window", {
      project_id: "5f76e20cfaeaad58bc70a119",
      day_of_week: 1,
    });
    expect(errorsOf(refused)[0]).toContain('(Error code: "GROUP_NOT_FOUND")');
  });

  test("GIVEN a maintenance window WHEN it is destroyed THEN it is reset and can be set again", async () => {
    const config = { project_id: project.id ?? null, day_of_week: 1, hour_of_day: 3 };
    const state = await trial.created("mongodbatlas_maintenance_window", config);
    expect(state).toMatchObject({ id: project.id, number_of_deferrals: 0 });
    await trial.created("mongodbatlas_maintenance_window", config);
    expect((await trial.destroy("mongodbatlas_maintenance_window", state)).state).toBeNull();
  });
});
