import {
  GoogleFirebaseProject,
  type GoogleFirebaseProjectConfig,
} from "@cdktf/provider-google-beta/lib/google-firebase-project";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { firebase } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** A project with Firebase, made here or elsewhere. */
export interface FirebaseProjectLike {
  /** For `dependsOn`. */
  readonly resource: ITerraformDependable;
}

/** Firebase in a Google Cloud project. It can't be taken out again; the terms are accepted by hand, once. */
export class FirebaseProject extends Construct implements FirebaseProjectLike {
  readonly resource: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    { transform }: Transformable<{ project: GoogleFirebaseProjectConfig }> = {},
  ) {
    super(scope, id);
    this.resource = new GoogleFirebaseProject(
      this,
      "project",
      transformed<GoogleFirebaseProjectConfig>(
        { provider: firebase(this), lifecycle: { preventDestroy: true } },
        transform?.project,
      ),
    );
  }
}
