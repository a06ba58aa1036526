import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";

/** Props of `ProjectServices`. */
export interface ProjectServicesProps {
  /** Google's service names without `.googleapis.com`: `appengine`. */
  readonly services: readonly string[];
}

/**
 * The APIs that a project uses. They stay enabled when this is destroyed: another state's resources may need them.
 *
 * @throws UserError when a name is no service name, or stands twice
 */
export class ProjectServices extends Construct {
  constructor(scope: Construct, id: string, props: ProjectServicesProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    for (const service of props.services) {
      new ProjectService(this, service, {
        service: `${service}.googleapis.com`,
        disableOnDestroy: false,
        disableDependentServices: false,
      });
    }
  }

  private validate({ services }: ProjectServicesProps): void {
    refuse(
      this,
      "the list of APIs",
      services.flatMap((service, index) => [
        check(/^[a-z][a-z0-9]*$/.test(service), `services[${index}]`, service, "a name such as appengine"),
        check(services.indexOf(service) === index, `services[${index}]`, service, "each API once"),
      ]),
    );
  }
}
