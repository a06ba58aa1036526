import { goJson, parseJson } from "../../providers/go-values/json";
import type { Behaviours } from "../behaviour";
import { hexId, projectNumber, uuid } from "../identity/derived";
import { text } from "../shape/paths";

/**
 * Dashboards, which the API answers otherwise than it was told: with its own `name` and `etag`, and without whatever
 * says the default (zeros, empty texts, `false`, empty lists).
 * Source: google/services/monitoring/resource_monitoring_dashboard.go, v6.50.0; JSON of protocol buffers leaves
 * defaults out.
 */
export const dashboardBehaviours: Behaviours = {
  google_monitoring_dashboard: {
    computed: {
      id({ cloud, object, project }) {
        const json = text(object, "dashboard_json");
        const count = cloud.next(`google_monitoring_dashboard ${project} ${hexId(16, json)}`);
        const name = uuid("google_monitoring_dashboard", project, json, String(count));
        return `projects/${projectNumber(project)}/dashboards/${name}`;
      },
    },
    id: "{id}",
    parseImport: (id, { project }) => ({
      id: id.includes("/") ? id : `projects/${projectNumber(project)}/dashboards/${id}`,
    }),
    api: "monitoring.googleapis.com",
    settle(state) {
      const told = parseJson(text(state, "dashboard_json"))?.value;
      if (typeof told !== "object" || told === null) return state;
      const { name: _name, etag: _etag, ...dashboard } = withoutDefaults(told) as { [key: string]: unknown };
      const etag = hexId(32, "dashboard", goJson(dashboard));
      return { ...state, dashboard_json: goJson({ ...dashboard, etag, name: state.id }) };
    },
  },
};

function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isDefault(inner))
      .map(([key, inner]) => [key, withoutDefaults(inner)]),
  );
}

function isDefault(value: unknown): boolean {
  return (
    value === null ||
    value === 0 ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}
