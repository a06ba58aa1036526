import { type InstanceClass, instanceClasses } from "../../app-engine/instance-classes";
import { type AlertName, alertRow } from "../alerts/alert-table";
import type { ServiceLoad } from "../alerts/service-queries";
import type { Section, Widget } from "./widget";

const metric = (name: string) => `appengine_googleapis_com:${name}`;

/** The four golden signals of an App Engine service, with the limits that its alerts have, and its errors' log. */
export function serviceSection(load: ServiceLoad): Section {
  const ofService = `monitored_resource="gae_app",module_id="${load.service}"`;
  return {
    title: load.service,
    tiles: [
      { widget: requests(ofService) },
      { widget: latency(ofService) },
      { widget: cpu(load, ofService) },
      ...(load.runsOn === "flexible" ? [] : [{ widget: memory(load.runsOn, ofService) }]),
      { widget: instances(ofService) },
      {
        widget: {
          kind: "logs",
          title: "Errors",
          filter: `resource.type="gae_app" resource.labels.module_id="${load.service}" severity>=ERROR`,
        },
        width: 48,
      },
    ],
  };
}

function requests(ofService: string): Widget {
  const rate = `sum by (response_code) (rate(${metric("http_server_response_count")}{${ofService}}[5m]))`;
  return {
    kind: "chart",
    title: "Requests per second, by status",
    queries: [{ promQl: rate, legend: "{{response_code}}", as: "area" }],
  };
}

function latency(ofService: string): Widget {
  const buckets = `rate(${metric("http_server_response_latencies_bucket")}{${ofService}}[5m])`;
  return {
    kind: "chart",
    title: "Latency",
    queries: [0.5, 0.95, 0.99].map((quantile) => ({
      promQl: `histogram_quantile(${quantile}, sum by (le) (${buckets}))`,
      legend: `p${quantile * 100}`,
      unit: "ms",
    })),
    limits: [limit("slow-responses")],
  };
}

function cpu({ runsOn }: ServiceLoad, ofService: string): Widget {
  const name = runsOn === "flexible" ? "flex_cpu_utilization" : "system_cpu_utilization";
  return {
    kind: "chart",
    title: "CPU, share of the instances'",
    queries: [{ promQl: `avg by (version_id) (${metric(name)}{${ofService}})`, legend: "{{version_id}}" }],
    limits: [limit("high-cpu")],
  };
}

function memory(runsOn: InstanceClass, ofService: string): Widget {
  const bytes = instanceClasses[runsOn].memoryMib * 1024 * 1024;
  const sum = (name: string) => `sum by (version_id) (${metric(name)}{${ofService}})`;
  return {
    kind: "chart",
    title: "Memory, share of the instances'",
    queries: [
      {
        promQl: `${sum("system_memory_usage")} / (${sum("system_instance_count")} * ${bytes})`,
        legend: "{{version_id}}",
      },
    ],
    limits: [limit("high-memory")],
  };
}

function instances(ofService: string): Widget {
  return {
    kind: "chart",
    title: "Instances, by version",
    queries: [
      {
        promQl: `sum by (version_id) (${metric("system_instance_count")}{${ofService}})`,
        legend: "{{version_id}}",
        as: "area",
      },
    ],
  };
}

function limit(alert: AlertName): { at: number; label: string } {
  return { at: alertRow(alert).threshold.value, label: alert };
}
