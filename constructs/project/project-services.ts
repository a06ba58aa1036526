import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { dependable, TerraformResource } from "cdktf";
import { Construct, type IConstruct } from "constructs";
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
  /** Stands for all of them: as an edge to each API from each resource, the graph would cost more than the plan. */
  readonly #allOn: TerraformResource;

  constructor(scope: Construct, id: string, props: ProjectServicesProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const services = props.services.map(
      (service) =>
        new ProjectService(this, service, {
          service: `${service}.googleapis.com`,
          disableOnDestroy: false,
          disableDependentServices: false,
        }),
    );
    // Not CDKTF's own class for it, which asks the Terraform on the PATH for its version at every synthesis.
    this.#allOn = new TerraformResource(this, "all-on", {
      terraformResourceType: "terraform_data",
      dependsOn: services,
    });
  }

  /**
   * Makes every resource inside the constructs wait for the APIs: Google answers 403 while one is off. Call it when
   * they are complete. (CDKTF makes no `depends_on` of `node.addDependency`.)
   */
  enableBefore(...parts: readonly IConstruct[]): void {
    const apis = dependable(this.#allOn);
    for (const resource of parts.flatMap((part) => part.node.findAll())) {
      if (!TerraformResource.isTerraformResource(resource)) continue;
      resource.dependsOn = [...(resource.dependsOn ?? []), apis];
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
