import { judgedBy } from "../testing";
import { everythingIsLogged } from "./s24-everything-is-logged";

const audit = (types: string[], more = {}) => ({
  "google_project_iam_audit_config.a": {
    service: "allServices",
    audit_log_config: types.map((log_type) => ({ log_type, ...more })),
  },
});
const all = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];
const sink = { "google_logging_project_sink.s": { destination: "x" } };

describe("S24", () => {
  test("GIVEN all services and a sink for all WHEN judged THEN it is compliant", () => {
    expect(judgedBy(everythingIsLogged, { ...audit(all), ...sink })).toEqual("compliant");
  });

  test("GIVEN nothing WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(everythingIsLogged, {})).toEqual(["prod-platform", "prod-platform"]);
  });

  test("GIVEN no reads WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(everythingIsLogged, { ...audit(["DATA_WRITE"]), ...sink })).toEqual(["prod-platform"]);
  });

  test("GIVEN somebody exempted WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(everythingIsLogged, {
        ...audit(all, { exempted_members: ["user:ann@shop.example"] }),
        ...sink,
      }),
    ).toEqual(["audit_log_config.exempted_members"]);
  });

  test("GIVEN a sink for some WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(everythingIsLogged, {
        ...audit(all),
        "google_logging_project_sink.s": { filter: "severity>=ERROR" },
      }),
    ).toEqual(["prod-platform"]);
  });
});
