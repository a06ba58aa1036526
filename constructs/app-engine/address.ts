import type { TerraformResource } from "cdktf";

/** `terraform_data.preview_whole_1A2B3C4D`, which `replace_triggered_by` wants bare, while CDKTF would write a reference as `${…}`. */
export function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}
