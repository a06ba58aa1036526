import { refusals, synthesized } from "../testing";
import { ProjectServices } from "./project-services";

const build = (...services: string[]) =>
  synthesized((stack) => new ProjectServices(stack, "services", { services }));

describe("ProjectServices", () => {
  test("stay enabled when they are no longer wanted here", () => {
    const enabled = build("appengine", "storage").all("google_project_service");
    expect(enabled.map(({ service }) => service)).toEqual([
      "appengine.googleapis.com",
      "storage.googleapis.com",
    ]);
    for (const service of enabled) {
      expect(service).toMatchObject({ disable_on_destroy: false, disable_dependent_services: false });
    }
  });

  test("refuses full host names and repetitions", () => {
    expect(refusals(() => build("appengine", "iam.googleapis.com", "appengine"))).toEqual([
      "services[1]: a name such as appengine",
      "services[2]: each API once",
    ]);
  });
});
