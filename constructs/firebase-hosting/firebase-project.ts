import { GoogleFirebaseProject } from "@cdktf/provider-google-beta/lib/google-firebase-project";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { firebase } from "../provider/providers";

/** A project with Firebase, made here or elsewhere. */
export interface FirebaseProjectLike {
  /** For `dependsOn`. */
  readonly resource: ITerraformDependable;
}

/** Firebase in a Google Cloud project. It can't be taken out again; the terms are accepted by hand, once. */
export class FirebaseProject extends Construct implements FirebaseProjectLike {
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new GoogleFirebaseProject(this, "project", {
      provider: firebase(this),
      lifecycle: { preventDestroy: true },
    });
  }
}
