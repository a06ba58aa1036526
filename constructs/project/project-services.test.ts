import { Account } from "../identity/account";
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

  test("are enabled before what is said to need them", () => {
    const made = synthesized((stack) => {
      const services = new ProjectServices(stack, "services", { services: ["iam", "storage"] });
      services.enableBefore(new Account(stack, "runner", { accountId: "runner", purpose: "Runs." }));
    });
    expect(made.one("terraform_data")).toMatchObject({
      depends_on: [
        expect.stringMatching(/^google_project_service\.services_iam_/),
        expect.stringMatching(/^google_project_service\.services_storage_/),
      ],
    });
    expect(made.one("google_service_account")).toMatchObject({
      depends_on: [expect.stringMatching(/^terraform_data\.services_all-on_/)],
    });
  });

  test("refuses full host names and repetitions", () => {
    expect(refusals(() => build("appengine", "iam.googleapis.com", "appengine"))).toEqual([
      "services[1]: a name such as appengine",
      "services[2]: each API once",
    ]);
  });
});
