import {
  AppEngineApplication,
  type AppEngineApplicationConfig,
} from "@cdktf/provider-google/lib/app-engine-application";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** Props of `Application`. */
export interface ApplicationProps extends Transformable<{ application: AppEngineApplicationConfig }> {
  /** App Engine's name of the region: `europe-west`. Can't change, ever. */
  readonly location: string;
}

/**
 * App Engine in a project: one per project, never deleted (Google can't), so Terraform refuses to try. A project that
 * has one already takes it over with `terraform import`; its id is the project's.
 *
 * @throws UserError when the location is none
 */
export class Application extends Construct {
  /** For `dependsOn`. */
  readonly resource: AppEngineApplication;

  constructor(scope: Construct, id: string, props: ApplicationProps) {
    super(scope, id);
    refuse(this, "App Engine", [
      checkName(
        props.location,
        /^[a-z]+-[a-z]+\d?$/,
        "location",
        "an App Engine location such as europe-west",
      ),
    ]);
    google(this);
    this.resource = this.createApplication(props);
  }

  private createApplication({ location, transform }: ApplicationProps): AppEngineApplication {
    return new AppEngineApplication(
      this,
      "application",
      transformed<AppEngineApplicationConfig>(
        {
          locationId: location,
          servingStatus: "SERVING",
          featureSettings: { splitHealthChecks: true },
          lifecycle: { preventDestroy: true },
        },
        transform?.application,
      ),
    );
  }
}
