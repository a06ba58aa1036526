/** Variables that would change what Terraform does behind our back: other arguments, workspaces, folders. */
const ours =
  /^TF_(CLI_ARGS|CLI_ARGS_.+|WORKSPACE|DATA_DIR|INPUT|IN_AUTOMATION|REATTACH_PROVIDERS)$|^STORAGE_EMULATOR_HOST$/;

/**
 * The environment of a Terraform that this command starts.
 *
 * @param own of this process
 * @param target variables of the target: the sandbox's, or none for the cloud
 */
export function terraformEnvironment(
  own: NodeJS.ProcessEnv,
  target: { readonly [name: string]: string },
): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !ours.test(name));
  return {
    ...Object.fromEntries(kept),
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    // Otherwise Terraform asks HashiCorp for news, and waits where there is no network.
    CHECKPOINT_DISABLE: "1",
    ...target,
  };
}
