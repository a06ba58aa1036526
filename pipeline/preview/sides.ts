import type { PreviewPlace } from "./contract";
import type { PreviewSides } from "./workshop";

/** What Terraform doesn't do for a preview, and who is told, for whatever place the command works on. */
export function previewSides(_place: PreviewPlace): PreviewSides {
  return {};
}
