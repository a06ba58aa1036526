import { readFileSync } from "node:fs";
import { join } from "node:path";
import { refusals, synthesized } from "../testing";
import { type AtlasAlert, alertRunbook, atlasAlerts } from "./alert-table";
import { AtlasAlerts, type AtlasAlertsProps } from "./alerts";
import { AtlasProject } from "./atlas-project";
import { exampleProject } from "./example-cluster";
import { Notify } from "./notification";

const tell: AtlasAlertsProps["tell"] = {
  P1: [Notify.integration("PAGER_DUTY", "65f1c0a2b7d94e3f8a1c5d29")],
  P2: [Notify.roles("GROUP_OWNER")],
  P3: [Notify.email("team@shop.example")],
};

const build = (change: Partial<AtlasAlertsProps> = {}) =>
  synthesized((stack) => {
    const project = new AtlasProject(stack, "project", exampleProject);
    new AtlasAlerts(stack, "alerts", { project, tell, ...change });
  });

const alerts = (change: Partial<AtlasAlertsProps> = {}) =>
  Object.values(build(change).resources.mongodbatlas_alert_configuration ?? {});

test("every alert of the table is switched on, and tells those of its urgency", () => {
  expect(alerts()).toHaveLength(Object.keys(atlasAlerts).length);
  for (const alert of alerts()) {
    expect(alert).toMatchObject({ enabled: true, notification: [{ type_name: expect.any(String) }] });
  }
  const connections = alerts().filter(
    ({ metric_threshold_config: [metric] = [] }: { metric_threshold_config?: { metric_name: string }[] }) =>
      metric?.metric_name === "CONNECTIONS_PERCENT",
  );
  expect(connections).toEqual([
    expect.objectContaining({
      notification: [expect.objectContaining({ type_name: "GROUP", delay_min: 15 })],
    }),
    expect.objectContaining({
      metric_threshold_config: [expect.objectContaining({ threshold: 90, operator: "GREATER_THAN" })],
      notification: [expect.objectContaining({ type_name: "PAGER_DUTY", delay_min: 5 })],
    }),
  ]);
});

test("a project goes without some, and has thresholds of its own", () => {
  const own = build({ without: ["exportFailed", "copyFailed"], thresholds: { oplogWindow: 48 } });
  expect(own.all("mongodbatlas_alert_configuration")).toHaveLength(Object.keys(atlasAlerts).length - 2);
  expect(JSON.stringify(own.resources)).toContain('"threshold":48');
});

test("pagers have no interval of their own, which Atlas refuses", () => {
  expect(tell.P1[0]?.block).not.toHaveProperty("intervalMin");
  expect(Notify.integration("SLACK", "65f1c0a2b7d94e3f8a1c5d28", "#db").block).toMatchObject({
    channelName: "#db",
    intervalMin: 60,
  });
  expect(Notify.team("65f1c0a2b7d94e3f8a1c5d27").block).toMatchObject({
    typeName: "TEAM",
    emailEnabled: true,
  });
});

test("refuses that nobody is told, thresholds of alerts without one, and keys by any way", () => {
  expect(refusals(() => build({ tell: { ...tell, P1: [] }, thresholds: { noPrimary: 1, cpu: 0 } }))).toEqual([
    "tell.P1: somebody who is told of P1",
    "thresholds.noPrimary: nothing: this alert has no threshold",
    "thresholds.cpu: more than 0",
  ]);
  const withKey: Partial<AtlasAlertsProps> = {
    transform: {
      alert: (config) => {
        config.notification = [{ typeName: "WEBHOOK", webhookUrl: "https://hooks.example/abc" }];
      },
    },
  };
  expect(refusals(() => build(withKey))).toEqual([expect.stringMatching(/^transform\.alert: no key/)]);
});

test("every alert has a section in the runbook", () => {
  const runbook = readFileSync(join(__dirname, "..", "..", alertRunbook), "utf8");
  const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = ""]) =>
    title.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
  );
  const linked = Object.values(atlasAlerts).map(({ runbook: link }: AtlasAlert) => link.split("#")[1]);
  expect([...new Set(linked)].filter((section) => !sections.includes(section ?? ""))).toEqual([]);
});
