import { TrialCloud } from "../trial-cloud";
import { storedId } from "./stored-id";

describe("what an object is stored under", () => {
  let trial: TrialCloud;
  beforeAll(() => {
    trial = new TrialCloud();
  });
  afterAll(() => trial.close());

  test("GIVEN two projects with a log metric of one name THEN both are there, each its own", async () => {
    const metric = { name: "declined", filter: "severity>=ERROR" };
    const one = await trial.created("google_logging_metric", { ...metric, project: "acme-dev" });
    const other = await trial.created("google_logging_metric", { ...metric, project: "acme-prod" });
    expect([one.id, other.id]).toEqual(["declined", "declined"]);
    await trial.destroy("google_logging_metric", one);
    const left = trial.store.read((cloud) => cloud.list("google_logging_metric"));
    expect(left.map(({ attributes }) => attributes.project)).toEqual(["acme-prod"]);
  });

  test("GIVEN an id that is unique in the cloud THEN it stands alone", () => {
    expect(storedId("google_storage_bucket", "acme", { project: "acme-dev" })).toBe("acme");
    expect(storedId("google_pubsub_topic", "projects/acme-dev/topics/a", { project: "acme-dev" })).toBe(
      "projects/acme-dev/topics/a",
    );
    expect(storedId("mongodbatlas_project", "65f1c0a2b7d94e3f8a1c5d20", {})).toBe("65f1c0a2b7d94e3f8a1c5d20");
  });
});
