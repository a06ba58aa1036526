import { refusals, synthesized } from "../testing";
import { AuditLogs, type AuditLogsProps } from "./audit-logs";

const build = (props?: AuditLogsProps) => synthesized((stack) => new AuditLogs(stack, "audit", props));

describe("AuditLogs", () => {
  test("logs every call to every service, and exempts nobody", () => {
    expect(build().one("google_project_iam_audit_config")).toEqual(
      expect.objectContaining({
        project: "shop-dev",
        service: "allServices",
        audit_log_config: [{ log_type: "ADMIN_READ" }, { log_type: "DATA_READ" }, { log_type: "DATA_WRITE" }],
      }),
    );
  });

  test("exempts accounts from one service's logs, never from what administrators do", () => {
    const members = ["serviceAccount:copier@shop-dev.iam.gserviceaccount.com"];
    const { all } = build({
      exemptions: [
        { service: "storage", calls: ["reads", "writes"], members, because: "It copies everything." },
      ],
    });
    expect(all("google_project_iam_audit_config")[1]).toMatchObject({
      service: "storage.googleapis.com",
      audit_log_config: [
        { log_type: "DATA_READ", exempted_members: members },
        { log_type: "DATA_WRITE", exempted_members: members },
      ],
    });
  });

  test("refuses exemptions of nobody, of no service, and twice of one", () => {
    const exemption = { calls: ["reads"], members: [], because: "" } as const;
    expect(
      refusals(() =>
        build({
          exemptions: [
            { ...exemption, service: "storage.googleapis.com" },
            { ...exemption, service: "storage", members: ["user:a@b.c"] },
            { ...exemption, service: "storage", members: ["user:a@b.c"] },
          ],
        }),
      ),
    ).toEqual([
      "exemptions[0].service: a name such as storage",
      "exemptions[0].members: at least one",
      "exemptions[2].service: each service once",
    ]);
  });

  test("hands its configuration to transform last", () => {
    const { one } = build({
      transform: {
        audit: (config) => {
          config.service = "storage.googleapis.com";
        },
      },
    });
    expect(one("google_project_iam_audit_config").service).toBe("storage.googleapis.com");
  });
});
