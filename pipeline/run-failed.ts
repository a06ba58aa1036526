/** The work itself failed (Terraform said no, a program ended badly): its reason is for the user, exit code 1. */
export class RunFailed extends Error {
  override readonly name = "RunFailed";
}
