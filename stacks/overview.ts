import type { TerraformProvider, TerraformStack } from "cdktf";
import type { Environment } from "../environments/environment";
import type { OrphanDecision } from "../environments/moves";
import type { EnvironmentStack } from "./environment-stack";
import { appliedAfter, waveOf } from "./waves";

/** Name of the overview in the output folder. */
export const OVERVIEW = "groundwork.json";

/** One stack, for whoever plans and applies it. */
export interface StackOverview {
  /** `dev-data`: name of the stack, as in `cdktf diff dev-data`. */
  readonly name: string;
  /** `dev`. */
  readonly environment: string;
  /** What kind of environment that is: who looks back at it when it left the code judges it by that. */
  readonly stage: Environment["stage"];
  /** `data`. */
  readonly stack: string;
  /** Names of the stacks that are applied before this one. All of them can be planned at once. */
  readonly dependsOn: readonly string[];
  /** Number of its wave, from 0: stacks of one wave can be applied at once. */
  readonly wave: number;
  /** Google Cloud project. */
  readonly project: string;
  readonly region: string;
  /** Folder with the configuration, relative to the output folder. */
  readonly workingDirectory: string;
  /** Where the state is: `gs://<bucket>/<prefix>/default.tfstate`. */
  readonly backend: { readonly bucket: string; readonly prefix: string };
  /** Providers by full address, with their exact version. */
  readonly providers: Readonly<Record<string, string>>;
}

/**
 * `cdktf.out/groundwork.json`: what is known of each stack beyond its configuration. It stands beside CDKTF's manifest
 * and not in it: dependencies there would make `cdktf deploy dev-data` refuse to run without every stack before it.
 */
export interface Overview {
  /** Format of this file. */
  readonly version: 1;
  /** Sorted by environment in their order, then by wave. */
  readonly stacks: readonly StackOverview[];
  /** What was decided about stacks that the code no longer has; left out where there is nothing. */
  readonly orphans?: readonly OrphanDecision[];
}

/** The overview of some stacks. */
export function overviewOf(
  stacks: readonly EnvironmentStack[],
  orphans: readonly OrphanDecision[] = [],
): Overview {
  return {
    version: 1,
    ...(orphans.length > 0 ? { orphans } : {}),
    stacks: stacks.map((stack) => {
      const { environment, names } = stack.loaded;
      return {
        name: stack.node.id,
        environment: environment.name,
        stage: environment.stage,
        stack: stack.kind,
        dependsOn: appliedAfter[stack.kind].map((kind) => names.stack(kind)),
        wave: waveOf(stack.kind),
        project: environment.project,
        region: environment.region,
        workingDirectory: `stacks/${stack.node.id}`,
        backend: { bucket: environment.stateBucket, prefix: stack.kind },
        providers: providersOf(stack),
      };
    }),
  };
}

/** Full address and exact version of every provider that a stack declares. */
export function providersOf(stack: TerraformStack): Record<string, string> {
  const providers = stack.allProviders() as TerraformProvider[];
  return Object.fromEntries(
    providers
      .map(({ terraformProviderSource = "", terraformGeneratorMetadata }) => {
        const source = terraformProviderSource.split("/").length < 3 ? "registry.terraform.io/" : "";
        const namespace = terraformProviderSource.includes("/") ? "" : "hashicorp/";
        return [
          `${source}${namespace}${terraformProviderSource}`,
          terraformGeneratorMetadata?.providerVersion ?? "",
        ];
      })
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  );
}
