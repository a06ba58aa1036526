import {
  SecretManagerSecretVersion,
  type SecretManagerSecretVersionConfig,
} from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { Fn, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { type Transformable, transformed } from "../transform";

/** Props of `SecretValue`. */
export interface SecretValueProps extends Transformable<{ version: SecretManagerSecretVersionConfig }> {
  /** Full name of the container. */
  readonly secret: string;
  /** 1 for the first value; counted up, the next apply hands over another value beside the old one. */
  readonly generation: number;
  /**
   * `random`: 64 hexadecimal digits that nobody has seen, made while applying. A variable: what `TF_VAR_<variable>`
   * holds in the apply that makes this generation (and in its plan); other runs need not have it.
   */
  readonly from: "random" | { readonly variable: string };
  /**
   * What becomes of this value when the next generation replaces it, or it is removed here: it can be enabled again,
   * is gone for ever, or stays as it is.
   *
   * @default "disable"
   */
  readonly afterwards?: "disable" | "destroy" | "keep";
}

/**
 * A value of a secret that passes through Terraform and is kept nowhere: not in the configuration, not in a plan, not in
 * the state. Only its generation is.
 *
 * @throws UserError when the generation or the variable is none
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
 */
export class SecretValue extends Construct {
  /** `projects/<number>/secrets/<id>/versions/<version>`; known only after the value is handed over. */
  readonly versionName: string;

  constructor(scope: Construct, id: string, props: SecretValueProps) {
    super(scope, id);
    this.validate(props);
    this.versionName = this.createVersion(props).name;
  }

  private validate({ generation, from }: SecretValueProps): void {
    refuse(this, `the value ${this.node.id}`, [
      check(
        Number.isInteger(generation) && generation >= 1,
        "generation",
        generation,
        "a whole number from 1",
      ),
      from === "random"
        ? undefined
        : checkName(
            from.variable,
            /^[a-z][a-z0-9_]{0,62}$/,
            "from.variable",
            "1 to 63 lowercase letters, digits and underscores, starting with a letter",
          ),
    ]);
  }

  private createVersion(props: SecretValueProps): SecretManagerSecretVersion {
    const { secret, generation, from, afterwards = "disable", transform } = props;
    return new SecretManagerSecretVersion(
      this,
      "version",
      transformed<SecretManagerSecretVersionConfig>(
        {
          secret,
          secretDataWo: from === "random" ? randomText() : this.ephemeralVariable(from.variable),
          secretDataWoVersion: generation,
          deletionPolicy: { disable: "DISABLE", destroy: "DELETE", keep: "ABANDON" }[afterwards],
          // Readers are moved to the new value while the old one still works.
          lifecycle: { createBeforeDestroy: true },
        },
        transform?.version,
      ),
    );
  }

  private ephemeralVariable(name: string): string {
    const variable = new TerraformVariable(this, "variable", {
      type: "string",
      description: "Needed only by the run that hands this value over.",
      sensitive: true,
      nullable: true,
    });
    variable.overrideLogicalId(name);
    variable.addOverride("ephemeral", true);
    variable.addOverride("default", null);
    return variable.stringValue;
  }
}

/** Two random UUIDs without hyphens: 244 random bits. Terraform makes them while applying, for a write-only attribute alone. */
function randomText(): string {
  return Fn.replace(Fn.join("", [Fn.uuid(), Fn.uuid()]), "-", "");
}
