import type { DeliveryFile, Route } from "./delivery-schema";

/** A route's ref in full, `refs/heads/main` or `refs/tags/v*`. */
export function patternOf(ref: Route["ref"]): string {
  return "branch" in ref ? `refs/heads/${ref.branch}` : `refs/tags/${ref.tag}`;
}

/**
 * The refs whose workflow runs work in an environment: those that lead to it, and the main branch, from which artifacts are
 * put into it and previews are swept. A star ends each at its place: whoever reads this knows only beginnings, and the
 * branch map decides the rest.
 */
export function refsOf(
  environment: string,
  { mainBranch, routes }: Pick<DeliveryFile, "mainBranch" | "routes">,
): string[] {
  const leading = routes.filter(({ to }) => to.some((step) => step.environment === environment));
  const patterns = leading.map(({ ref }) => patternOf(ref).replace(/\*.*$/, "*"));
  return [...new Set([`refs/heads/${mainBranch}`, ...patterns])];
}
