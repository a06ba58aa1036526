import { Account } from "../identity/account";
import { refusals, synthesized } from "../testing";
import { DefaultAccounts } from "./default-accounts";
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

  test("GIVEN what one of them answers for THEN it waits for that one alone", () => {
    const made = synthesized((stack) => {
      const services = new ProjectServices(stack, "services", { services: ["iam", "storage"] });
      services.enableBefore(new Account(stack, "runner", { accountId: "runner", purpose: "Runs." }));
    });
    expect(made.one("google_service_account")).toMatchObject({
      depends_on: [expect.stringMatching(/^google_project_service\.services_iam_/)],
    });
    expect(made.all("terraform_data")).toEqual([]);
  });

  test.each([
    ["an API that is turned on elsewhere", ["appengine", "storage"], Account],
    ["what every API brings something for", ["iam", "storage"], DefaultAccounts],
  ])("GIVEN %s THEN it waits for all of these", (_, names, Thing) => {
    const made = synthesized((stack) => {
      const services = new ProjectServices(stack, "services", { services: names });
      const props = { accountId: "runner", purpose: "Runs." };
      services.enableBefore(
        new Thing(stack, "one", props),
        new Thing(stack, "two", { ...props, accountId: "two-two" }),
      );
    });
    expect(made.one("terraform_data")).toMatchObject({
      depends_on: names.map((name) => expect.stringContaining(`google_project_service.services_${name}_`)),
    });
    const waiting = made.all(
      Thing === Account ? "google_service_account" : "google_project_default_service_accounts",
    );
    expect(waiting).toHaveLength(2);
    for (const one of waiting) {
      expect(one.depends_on).toEqual([expect.stringMatching(/^terraform_data\.services_all-on_/)]);
    }
  });

  test("refuses full host names and repetitions", () => {
    expect(refusals(() => build("appengine", "iam.googleapis.com", "appengine"))).toEqual([
      "services[1]: a name such as appengine",
      "services[2]: each API once",
    ]);
  });
});
