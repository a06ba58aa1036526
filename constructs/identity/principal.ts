/** Somebody who can be given access: an account made here, or one known by its address. */
export interface Principal {
  /** As IAM writes it: `serviceAccount:run-orders@shop-dev.iam.gserviceaccount.com`. */
  readonly member: string;
}

/** An account that code runs as. */
export interface AccountLike extends Principal {
  readonly email: string;
}

/** An account that another stack makes, known by its address. */
export function accountByEmail(email: string): AccountLike {
  return { email, member: `serviceAccount:${email}` };
}
