import type { Service, VersionSettings } from "../environments/schema/service";
import { versionSettingsOf } from "../environments/version-id";

/** A preview's requests: few, from whoever looks at it. */
const automatic = { minInstances: 0, maxInstances: 2, targetCpu: 0.65, maxConcurrentRequests: 40 } as const;

/**
 * What a version of a preview runs with: the shared service's settings, made small. Whatever the kind of scaling, it is
 * automatic here, because the others keep instances running or can't be reached while none does.
 *
 * @param variables added to the service's own; they win
 */
export function previewSettings(
  service: Service,
  variables: Readonly<Record<string, string>>,
): Omit<VersionSettings, "scaling"> & { readonly scaling: typeof automatic } {
  const { scaling: _scaling, ...settings } = versionSettingsOf(service);
  return {
    ...settings,
    instanceClass: "F1",
    scaling: automatic,
    env: { ...settings.env, ...variables },
  };
}
