import type { Alerting } from "./alerts/alert";

/** Alerting for tests: one channel per tier, numbered like it. */
export const alerting: Alerting = {
  environment: "prod",
  channels: {
    channelsOf: (tier) => [{ channelName: `projects/shop-dev/notificationChannels/${tier.slice(1)}` }],
  },
  runbooks: "https://example.com/runbooks",
};

/** What tests look at in a synthesized alert policy. */
export interface Policy {
  readonly display_name: string;
  readonly combiner: string;
  readonly severity: string;
  readonly enabled: boolean;
  readonly user_labels: Record<string, string>;
  readonly notification_channels: string[];
  readonly conditions: {
    readonly condition_prometheus_query_language?: {
      readonly query: string;
      readonly duration: string;
      readonly disable_metric_validation?: boolean;
    };
    readonly condition_threshold?: {
      readonly filter: string;
      readonly comparison: string;
      readonly threshold_value: number;
      readonly duration: string;
    };
  }[];
  readonly documentation: { readonly content: string; readonly links: { readonly url: string }[] };
}

/** The alert policies of a synthesized stack. */
export function policiesOf(all: (type: string) => Record<string, unknown>[]): Policy[] {
  return all("google_monitoring_alert_policy") as unknown as Policy[];
}
