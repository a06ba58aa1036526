import { DatabaseUser, type DatabaseUserConfig } from "@cdktf/provider-mongodbatlas/lib/database-user";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { ClusterLike } from "./cluster-like";
import type { RoleLike } from "./custom-role";
import { databaseNamePattern } from "./database-access";
import { databaseNameBytes } from "./tiers";

/** Props of `CertificateUser`. */
export interface CertificateUserProps extends Transformable<{ user: DatabaseUserConfig }> {
  /** The only cluster that the user may sign in to. */
  readonly cluster: ClusterLike;
  /** Subject of the certificate: `CN=reporting,OU=Data,O=Shop`. Can't change. */
  readonly subject: string;
  /** Databases that may be read. */
  readonly reads?: readonly string[];
  /** Roles of the project's own, for more than reading. */
  readonly roles?: readonly RoleLike[];
  /**
   * Who signs certificates: the team's own authority, which the project was told of, or Atlas, whose certificates are
   * made in Atlas's pages. Made by Terraform, one would stand in the state with its private key.
   *
   * @default "own-authority"
   */
  readonly signedBy?: "own-authority" | "atlas";
}

/**
 * A user that signs in with a certificate instead of a password, for what runs outside Google Cloud: reporting tools,
 * people. Services in Google Cloud are `ServiceUser`s.
 *
 * @throws UserError when the subject or a database is none, or the user may do nothing
 * @see https://www.mongodb.com/docs/atlas/security-self-managed-x509/
 */
export class CertificateUser extends Construct {
  constructor(scope: Construct, id: string, props: CertificateUserProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    this.createUser(props);
  }

  private validate({ subject, reads = [], roles = [] }: CertificateUserProps): void {
    refuse(this, `database user ${subject}`, [
      checkName(subject, /^[A-Za-z]+=[^,=]+(, ?[A-Za-z]+=[^,=]+)*$/, "subject", "as in CN=reporting,O=Shop"),
      check(reads.length + roles.length > 0, "reads", reads, "a database to read, or a role"),
      ...reads.map((database, index) =>
        checkName(
          database,
          databaseNamePattern(databaseNameBytes),
          `reads.${index}`,
          `1 to ${databaseNameBytes} letters, digits, - and _`,
        ),
      ),
    ]);
  }

  private createUser({
    cluster,
    subject,
    reads = [],
    roles = [],
    signedBy,
    transform,
  }: CertificateUserProps) {
    new DatabaseUser(
      this,
      "user",
      transformed<DatabaseUserConfig>(
        {
          projectId: cluster.project.projectId,
          username: subject,
          authDatabaseName: "$external",
          x509Type: signedBy === "atlas" ? "MANAGED" : "CUSTOMER",
          roles: [
            ...reads.map((databaseName) => ({ roleName: "read", databaseName })),
            ...roles.map(({ roleName }) => ({ roleName, databaseName: "admin" })),
          ],
          scopes: [{ name: cluster.clusterName, type: "CLUSTER" }],
        },
        transform?.user,
      ),
    );
  }
}
