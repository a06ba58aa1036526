import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { GoogleBetaProvider } from "@cdktf/provider-google-beta/lib/provider";
import { MongodbatlasProvider } from "@cdktf/provider-mongodbatlas/lib/provider";
import { type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** The project that a stack works in. */
export interface Cloud {
  /** Google Cloud project id. */
  readonly project: string;
  /** Region of resources that don't name their own. */
  readonly region: string;
  /** Labels of every resource that can have labels. */
  readonly labels: Readonly<Record<string, string>>;
}

const clouds = new WeakMap<TerraformStack, Cloud>();

/** Says once per stack which project its resources live in. */
export function useCloud(stack: TerraformStack, cloud: Cloud): void {
  clouds.set(stack, cloud);
}

/** The project that the construct's stack works in. */
export function cloudOf(scope: Construct): Cloud {
  const stack = TerraformStack.of(scope);
  const cloud = clouds.get(stack);
  if (!cloud) {
    throw new Error(`${stack.node.path} has no cloud: call useCloud(stack, …) before adding constructs`);
  }
  return cloud;
}

/*
 * Each construct asks for the provider that it needs; the first one in a stack makes it. So a stack declares exactly
 * the providers that it uses (each one costs a real plan about a second). Credentials never stand here: the providers
 * read them from their environment.
 */

/** The `google` provider of the construct's stack. */
export function google(scope: Construct): TerraformProvider {
  return once(scope, "google", (stack, { project, region, labels }) => {
    return labelled(new GoogleProvider(stack, "google", { project, region }), labels);
  });
}

/** The `google-beta` provider of the construct's stack: API Gateway and Firebase are there only. */
export function googleBeta(scope: Construct): TerraformProvider {
  return once(scope, "google-beta", (stack, { project, region, labels }) => {
    return labelled(new GoogleBetaProvider(stack, "google-beta", { project, region }), labels);
  });
}

/** The `google-beta` provider with the project as the one that quota is counted in, which Firebase's APIs demand. */
export function firebase(scope: Construct): TerraformProvider {
  return once(scope, "firebase", (stack, { project, region }) => {
    return new GoogleBetaProvider(stack, "firebase", {
      alias: "firebase",
      project,
      region,
      userProjectOverride: true,
      billingProject: project,
    });
  });
}

/** The `mongodbatlas` provider of the construct's stack. */
export function atlas(scope: Construct): TerraformProvider {
  return once(scope, "mongodbatlas", (stack) => new MongodbatlasProvider(stack, "mongodbatlas", {}));
}

/** As an override, because CDKTF rewrites the keys of a provider's maps: `cost-centre` would become `cost_centre`. */
function labelled<P extends TerraformProvider>(provider: P, labels: Cloud["labels"]): P {
  provider.addOverride("default_labels", { ...labels });
  return provider;
}

function once(
  scope: Construct,
  id: string,
  make: (stack: TerraformStack, cloud: Cloud) => TerraformProvider,
): TerraformProvider {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild(id);
  return existing ? (existing as TerraformProvider) : make(stack, cloudOf(scope));
}
