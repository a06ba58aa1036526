import { useCloud } from "@groundwork/constructs/provider/providers";
import { isUserError, UserError } from "@groundwork/user-error";
import { type App, GcsBackend, TerraformStack } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import type { StackKind } from "../environments/names";

/** Terraform that every stack can be planned with: the first version with write-only attributes. */
export const terraformVersion = ">= 1.11";

/** One Terraform state of one environment. */
export abstract class EnvironmentStack extends TerraformStack {
  constructor(
    app: App,
    readonly loaded: LoadedEnvironment,
    readonly kind: StackKind,
  ) {
    super(app, loaded.names.stack(kind));
    const { environment, names } = loaded;
    new GcsBackend(this, { bucket: environment.stateBucket, prefix: kind });
    this.addOverride("terraform.required_version", terraformVersion);
    useCloud(this, {
      project: environment.project,
      region: environment.region,
      labels: { ...names.labels, service: kind },
    });
  }

  /**
   * Nothing to prepare: the backend is there, and no stack refers to another, which is what CDKTF would look for here
   * by resolving everything a first time. `refuseReferencesBetweenStacks` holds that.
   */
  override prepareStack(): void {}

  /**
   * Files that go with the stack and that Terraform doesn't read, by path in the output folder:
   * `hosting/dev/storefront/firebase.json`.
   */
  readonly files = new Map<string, string>();

  /** What constructs refused, in the order in which they were tried. */
  readonly refusals: UserError[] = [];

  /**
   * Makes something of one field of the environment. What a construct finds wrong is told with that field's path, as
   * the user's file has it; the rest of the stack is tried all the same, so that everything is told at once.
   */
  attempt(field: string, make: () => void): void {
    try {
      this.from(field, make);
    } catch (error) {
      if (!isUserError(error)) {
        throw error;
      }
      this.refusals.push(error);
    }
  }

  /** As `attempt`, for what the rest of the stack can't do without. */
  from<T>(field: string, make: () => T): T {
    try {
      return make();
    } catch (error) {
      if (!isUserError(error)) {
        throw error;
      }
      const { name } = this.loaded.environment;
      throw new UserError(
        error.message.split("\n")[0] ?? "",
        error.problems.map((problem) => ({ ...problem, field: `${name}.${field}.${problem.field}` })),
      );
    }
  }
}
