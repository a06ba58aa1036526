import { type InstanceClass, instanceClasses } from "../../app-engine/instance-classes";
import type { AlertRow } from "./alert-row";
import type { AlertNameAbout } from "./alert-table";
import { promRange } from "./condition";

/** An App Engine service as its metrics know it. */
export interface ServiceLoad {
  /** App Engine's name of the service. */
  readonly service: string;
  /**
   * The largest instance class of the versions that serve, of App Engine standard; `"flexible"` for a service of the
   * flexible environment.
   */
  readonly runsOn: InstanceClass | "flexible";
}

type Query = (load: ServiceLoad, row: AlertRow) => string | undefined;

/** Monitoring's metrics in PromQL's names: the first slash becomes a colon, everything else an underscore. */
const metric = (name: string) => `appengine_googleapis_com:${name}`;
const ofService = ({ service }: ServiceLoad, more = "") =>
  `{monitored_resource="gae_app",module_id="${service}"${more}}`;
const MIB = 1024 * 1024;

/**
 * What each alert asks, for one service; nothing where Google measures nothing. The answer is a series per service
 * while the alert's condition holds.
 *
 * @see https://cloud.google.com/monitoring/api/metrics_gcp_a_b#gcp-appengine
 */
export const serviceQueries: Readonly<Record<AlertNameAbout<"service">, Query>> = {
  "server-errors": (load, row) => {
    const failed = requests(load, row, ',response_code=~"5.."');
    return `(${failed} / ${requests(load, row)}) > ${row.threshold.value} ${whereBusy(load, row)}`;
  },
  "slow-responses": (load, row) => {
    const buckets = metric("http_server_response_latencies_bucket");
    const rate = `rate(${buckets}${ofService(load)}[${promRange(row.window)}])`;
    const p95 = `histogram_quantile(0.95, sum by (module_id, le) (${rate}))`;
    return `${p95} > ${row.threshold.value} ${whereBusy(load, row)}`;
  },
  "high-cpu": (load, row) => {
    const cpu = metric(load.runsOn === "flexible" ? "flex_cpu_utilization" : "system_cpu_utilization");
    return `avg by (module_id) (avg_over_time(${cpu}${ofService(load)}[${promRange(row.window)}])) > ${row.threshold.value}`;
  },
  "high-memory": (load, row) => {
    if (load.runsOn === "flexible") return undefined;
    const average = (name: string) =>
      `sum by (module_id) (avg_over_time(${metric(name)}${ofService(load)}[${promRange(row.window)}]))`;
    const available = `(${average("system_instance_count")} * ${instanceClasses[load.runsOn].memoryMib * MIB})`;
    return `(${average("system_memory_usage")} / ${available}) > ${row.threshold.value}`;
  },
};

function requests(load: ServiceLoad, row: AlertRow, more = ""): string {
  const count = metric("http_server_response_count");
  return `sum by (module_id) (increase(${count}${ofService(load, more)}[${promRange(row.window)}]))`;
}

/** Nothing is said of a service that hardly anybody calls. */
function whereBusy(load: ServiceLoad, row: AlertRow): string {
  return `and ${requests(load, row)} > ${row.minimumRequests ?? 0}`;
}
