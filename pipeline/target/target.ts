import { UserError } from "@groundwork/user-error";

/** Where stacks are applied. */
export type TargetName = "sandbox" | "cloud";

/** A place to apply to, held open until released. */
export interface Target {
  name: TargetName;
  /** Variables that make Terraform use it; they may change, so read them for each Terraform. */
  readonly env: { readonly [name: string]: string };
  /** Resolves when it is gone for good before it is released; never for the cloud. */
  lost: Promise<void>;
  /** Idempotent. */
  release(): Promise<void>;
}

/**
 * Which target a command works on. The cloud is never guessed.
 *
 * @param option value of `--target`
 * @param env `GROUNDWORK_TARGET` configures it, in CI for instance
 * @throws UserError for any other name
 */
export function targetName(option: string | undefined, env: NodeJS.ProcessEnv): TargetName {
  const [field, found] =
    option === undefined ? ["GROUNDWORK_TARGET", env.GROUNDWORK_TARGET] : ["--target", option];
  if (found === undefined || found === "") return "sandbox";
  if (found === "sandbox" || found === "cloud") return found;
  throw new UserError("There is no such target.", [{ field, found, expected: "sandbox or cloud" }]);
}
