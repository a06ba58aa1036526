import { useCloud } from "@groundwork/constructs/provider/providers";
import { isUserError, UserError } from "@groundwork/user-error";
import { type App, GcsBackend, TerraformStack } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import type { StackKind } from "../environments/names";

/** Terraform that every stack can be planned with: the first version with write-only attributes. */
const terraformVersion = ">= 1.11";

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
    useCloud(this, { project: environment.project, region: environment.region, labels: names.labels });
  }

  /**
   * Makes something of one field of the environment. What a construct finds wrong is told with that field's path, in
   * the file where the user wrote it.
   */
  protected from<T>(field: string, make: () => T): T {
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
