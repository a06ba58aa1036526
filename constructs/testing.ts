import { isUserError } from "@groundwork/user-error";
import { TerraformStack, Testing } from "cdktf";
import { RootConstruct } from "constructs";
import { useCloud } from "./provider/providers";
import { withoutTraces } from "./without-traces";

/** Problems of a UserError that `act` must throw, as `field: expected`. */
export function refusals(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (isUserError(error)) {
      return error.problems.map(({ field, expected }) => `${field}: ${expected}`);
    }
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Resources of one synthesized stack, by type and logical id, as Terraform reads them. */
export type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** What tests look at. */
export interface Synthesized {
  readonly resources: Resources;
  readonly providers: Record<string, Record<string, unknown>[]>;
  /** Objects of the cloud that Terraform takes over. */
  readonly imports: readonly { readonly to: string; readonly id: string }[];
  /** Data sources, by type and logical id. */
  readonly data: Resources;
  /** The only resource of a type; throws when there are none or several. */
  one(type: string): Record<string, unknown>;
  /** Every resource of a type, in the order of their ids. */
  all(type: string): Record<string, unknown>[];
}

/** A stack in the project `shop-dev` with what `build` adds: enough, and quick, where only a refusal is of interest. */
export function built(build: (stack: TerraformStack) => void): TerraformStack {
  const root = new RootConstruct();
  // Without them, as in a real synthesis: they cost more than all the rest.
  root.node.setContext("@cdktf/disable_stack_trace_in_metadata", true);
  const stack = new TerraformStack(root, "dev-test");
  useCloud(stack, {
    project: "shop-dev",
    region: "europe-west1",
    labels: { env: "dev", "cost-centre": "shop" },
  });
  withoutTraces(() => build(stack));
  return stack;
}

/** What `build` adds to such a stack, synthesized. */
export function synthesized(build: (stack: TerraformStack) => void): Synthesized {
  const stack = built(build);
  const {
    resource = {},
    provider = {},
    data = {},
    import: imports = [],
  } = JSON.parse(Testing.synth(stack)) as {
    resource?: Resources;
    provider?: Synthesized["providers"];
    data?: Resources;
    import?: Synthesized["imports"];
  };
  const all = (type: string) => Object.values(resource[type] ?? {});
  return {
    resources: resource,
    providers: provider,
    imports,
    data,
    all,
    one: (type) => {
      const found = all(type);
      if (found.length !== 1 || !found[0]) {
        throw new Error(`${found.length} resources of ${type}`);
      }
      return found[0];
    },
  };
}
