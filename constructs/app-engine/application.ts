import {
  AppEngineApplication,
  type AppEngineApplicationConfig,
} from "@cdktf/provider-google/lib/app-engine-application";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** Props of `Application`. */
export interface ApplicationProps extends Transformable<{ application: AppEngineApplicationConfig }> {
  /** App Engine's name of the region: `europe-west`. Can't change, ever. */
  readonly location: string;
  /**
   * The project has its application already (made by hand, by Firebase, by another state): take it over instead of
   * making it. May stay after the apply that did; it then does nothing.
   *
   * @default false
   */
  readonly takeOver?: boolean;
  /** Whether anything is served; `false` shuts every service off at once. @default true */
  readonly serving?: boolean;
}

/**
 * App Engine in a project: one per project, never deleted (Google can't), so Terraform refuses to try.
 *
 * Identity-Aware Proxy is switched on by hand, because its client's secret would stand in the state; what was switched on
 * stays on.
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
    if (props.takeOver) this.takeOver();
  }

  private createApplication({ location, serving = true, transform }: ApplicationProps): AppEngineApplication {
    return new AppEngineApplication(
      this,
      "application",
      transformed<AppEngineApplicationConfig>(
        {
          locationId: location,
          servingStatus: serving ? "SERVING" : "USER_DISABLED",
          featureSettings: { splitHealthChecks: true },
          lifecycle: { preventDestroy: true },
        },
        transform?.application,
      ),
    );
  }

  /** An `import` block; an application's id is its project's. */
  private takeOver(): void {
    this.resource.importFrom(cloudOf(this).project);
  }
}
