import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { SqlUser, type SqlUserConfig } from "@cdktf/provider-google/lib/sql-user";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { InstanceLike } from "./instance";

/** Who a database user is: an account that code runs as, a person, or a group of people. */
export type UserIdentity =
  | { readonly account: AccountLike }
  | { readonly person: string }
  | { readonly group: string };

/** Props of `User`. */
export interface UserProps extends Transformable<{ user: SqlUserConfig }> {
  readonly instance: Pick<InstanceLike, "instanceName">;
  readonly identity: UserIdentity;
}

/** What signing in needs: to connect, and to log in with an access token. */
const signIn = { connect: "roles/cloudsql.client", "log-in": "roles/cloudsql.instanceUser" } as const;

/**
 * A user who signs in with an access token of IAM, for this instance alone. There is no password. What the user may do
 * in a database is granted by a migration, in SQL.
 *
 * Destroyed, the user is only forgotten: PostgreSQL refuses to drop one who owns something. Without the roles, which go,
 * nobody can sign in as it.
 *
 * @throws UserError when an address is none
 * @see https://cloud.google.com/sql/docs/postgres/iam-authentication
 */
export class User extends Construct {
  /** What PostgreSQL calls the user, for `GRANT`. */
  readonly userName: string;

  constructor(scope: Construct, id: string, props: UserProps) {
    super(scope, id);
    const { type, email, member } = described(props.identity);
    refuse(this, `user ${email}`, [
      check(
        Token.isUnresolved(email) || /^[^@\s]+@[^@\s]+$/.test(email),
        "identity",
        email,
        "an e-mail address",
      ),
    ]);
    google(this);
    // PostgreSQL's names have at most 63 characters, so Google leaves out the end that all accounts share.
    this.userName = type === accountType ? withoutSuffix(email) : email;
    this.createUser(props, type);
    this.letSignIn(props, member);
  }

  private createUser({ instance, transform }: UserProps, type: string): void {
    new SqlUser(
      this,
      "user",
      transformed<SqlUserConfig>(
        { instance: instance.instanceName, name: this.userName, type, deletionPolicy: "ABANDON" },
        transform?.user,
      ),
    );
  }

  private letSignIn({ instance }: UserProps, member: string): void {
    const { project } = cloudOf(this);
    const name = `projects/${project}/instances/${instance.instanceName}`;
    for (const [purpose, role] of Object.entries(signIn)) {
      new ProjectIamMember(this, purpose, {
        project,
        role,
        member,
        condition: {
          title: "one-instance",
          expression: `resource.type == "sqladmin.googleapis.com/Instance" && resource.name == "${name}"`,
        },
      });
    }
  }
}

/** The part of an account's address that PostgreSQL sees; of one that is known only later too. */
function withoutSuffix(email: string): string {
  const suffix = ".gserviceaccount.com";
  return Token.isUnresolved(email)
    ? Fn.trimsuffix(email, suffix)
    : email.replace(/\.gserviceaccount\.com$/, "");
}

const accountType = "CLOUD_IAM_SERVICE_ACCOUNT";

function described(identity: UserIdentity): { type: string; email: string; member: string } {
  if ("account" in identity) {
    const { email, member } = identity.account;
    return { type: accountType, email, member };
  }
  return "person" in identity
    ? { type: "CLOUD_IAM_USER", email: identity.person, member: `user:${identity.person}` }
    : { type: "CLOUD_IAM_GROUP", email: identity.group, member: `group:${identity.group}` };
}
