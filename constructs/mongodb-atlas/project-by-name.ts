import { DataMongodbatlasProject } from "@cdktf/provider-mongodbatlas/lib/data-mongodbatlas-project";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import type { AtlasProjectLike } from "./atlas-project";

/** Props of `AtlasProjectByName`. */
export interface AtlasProjectByNameProps {
  /** At most 64 characters. */
  readonly name: string;
}

/**
 * A project that another stack made, asked of Atlas by its name. It must exist before the first plan, so this is only for
 * stacks that stand on a finished environment, as previews do; stacks of one environment meet in computed names.
 *
 * @throws UserError when the name is none
 */
export class AtlasProjectByName extends Construct implements AtlasProjectLike {
  readonly projectId: string;

  constructor(scope: Construct, id: string, { name }: AtlasProjectByNameProps) {
    super(scope, id);
    refuse(this, `Atlas project ${name}`, [checkName(name, /^.{1,64}$/, "name", "1 to 64 characters")]);
    atlas(this);
    this.projectId = new DataMongodbatlasProject(this, "project", { name }).id;
  }
}
