import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { dependable, TerraformResource } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { servingApi } from "./serving-api";

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
  readonly #apis: ReadonlyMap<string, ProjectService>;
  #allOn: TerraformResource | undefined;

  constructor(scope: Construct, id: string, props: ProjectServicesProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.#apis = new Map(
      props.services.map((service) => [
        service,
        new ProjectService(this, service, {
          service: `${service}.googleapis.com`,
          disableOnDestroy: false,
          disableDependentServices: false,
        }),
      ]),
    );
  }

  /**
   * Makes every resource inside the constructs wait for the API that answers for it: Google says 403 while that is off.
   * Where that is not one of these, or not a single one, it waits for all of them. Call it when the constructs are
   * complete. (CDKTF makes no `depends_on` of `node.addDependency`.)
   */
  enableBefore(...parts: readonly IConstruct[]): void {
    for (const resource of parts.flatMap((part) => part.node.findAll())) {
      if (!TerraformResource.isTerraformResource(resource)) continue;
      const api = this.#apis.get(servingApi(resource.terraformResourceType) ?? "");
      resource.dependsOn = [...(resource.dependsOn ?? []), dependable(api ?? this.allOn)];
    }
  }

  /** Stands for all of them: as an edge to each API from each resource, the graph would cost more than the plan. */
  private get allOn(): TerraformResource {
    // Not CDKTF's own class for it, which asks the Terraform on the PATH for its version at every synthesis.
    this.#allOn ??= new TerraformResource(this, "all-on", {
      terraformResourceType: "terraform_data",
      dependsOn: [...this.#apis.values()],
    });
    return this.#allOn;
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
