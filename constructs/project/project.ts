import { Project as GoogleProject, type ProjectConfig } from "@cdktf/provider-google/lib/project";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** Props of `Project`. */
export interface ProjectProps extends Transformable<{ project: ProjectConfig }> {
  /** Name that people read, 4 to 30 characters. @default - the project's id */
  readonly title?: string;
  /** The folder or organisation it is in, by number. */
  readonly parent: { readonly folder: string } | { readonly organisation: string };
  /** Account that pays, `012345-6789AB-CDEF01`. */
  readonly billingAccount: string;
}

/**
 * The project of the stack itself, without a default network, and never deleted by Terraform. It is made once, by
 * somebody who may make projects, and then imported: `import` with the project's id.
 *
 * @throws UserError when the title, the parent or the billing account is none
 * @see https://cloud.google.com/resource-manager/docs/creating-managing-projects
 */
export class Project extends Construct {
  readonly projectId: string;
  /** Known only after the project is made. */
  readonly number: string;

  constructor(scope: Construct, id: string, props: ProjectProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const project = this.createProject(props);
    this.projectId = project.projectId;
    this.number = project.number;
  }

  private validate({ title, parent, billingAccount }: ProjectProps): void {
    const number = "folder" in parent ? parent.folder : parent.organisation;
    refuse(this, `project ${cloudOf(this).project}`, [
      title === undefined
        ? undefined
        : checkName(title, /^[A-Za-z0-9'"! -]{4,30}$/, "title", "4 to 30 letters, digits, spaces, ' \" - !"),
      check(/^\d+$/.test(number), "parent", number, "the number of a folder or organisation"),
      checkName(
        billingAccount,
        /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/,
        "billingAccount",
        "three groups of six digits and capital letters A to F",
      ),
    ]);
  }

  private createProject({ title, parent, billingAccount, transform }: ProjectProps): GoogleProject {
    const projectId = cloudOf(this).project;
    return new GoogleProject(
      this,
      "project",
      transformed<ProjectConfig>(
        {
          projectId,
          name: title ?? projectId,
          billingAccount,
          ...("folder" in parent ? { folderId: parent.folder } : { orgId: parent.organisation }),
          autoCreateNetwork: false,
          deletionPolicy: "PREVENT",
          lifecycle: { preventDestroy: true },
        },
        transform?.project,
      ),
    );
  }
}
