import type { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { Bucket, type BucketProps } from "./bucket";

/** Props of `ArtifactBucket`. */
export type ArtifactBucketProps = Pick<BucketProps, "name" | "location" | "key" | "protected" | "transform">;

/**
 * The bucket with the services' artifacts, each under its own hash: written once, never replaced, and kept, because a
 * rollback may need an old one. What is deleted by mistake can be brought back for 30 days.
 *
 * @throws UserError when the name or the location is none
 */
export class ArtifactBucket extends Bucket {
  constructor(scope: Construct, id: string, props: ArtifactBucketProps) {
    super(scope, id, { ...props, keepReplaced: "30 days", softDelete: "30 days" });
  }

  /**
   * Lets a principal add and delete what is below a folder, such as `previews`, and list the rest.
   *
   * @param folder without slashes around it
   */
  grantChange(id: string, principal: Principal, folder: string): void {
    this.grant(`${id}-lists`, principal, "roles/storage.legacyBucketReader");
    this.grant(`${id}-writes`, principal, "roles/storage.objectUser", {
      title: `artifacts-${folder.replaceAll("/", "-")}`,
      description: `Artifacts that start with ${folder}/.`,
      expression: `resource.name.startsWith("projects/_/buckets/${this.bucketName}/objects/${folder}/")`,
    });
  }
}
