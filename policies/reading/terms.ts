/** Services whose versions App Engine keeps, by type of resource. */
export const versionTypes = [
  "google_app_engine_standard_app_version",
  "google_app_engine_flexible_app_version",
] as const;

/** Every kind of Atlas cluster. */
export const clusterTypes = [
  "mongodbatlas_advanced_cluster",
  "mongodbatlas_flex_cluster",
  "mongodbatlas_cluster",
  "mongodbatlas_serverless_instance",
] as const;

/** Id of a version that follows from its content. */
export const contentVersion = /^v(\d{4})(\d{2})(\d{2})-[0-9a-f]{7,40}$/;

/** Id of a preview's version: `pr-12-3f9a1c2`. */
export const previewVersion = /^pr-\d+-[0-9a-f]{7,40}$/;

/** `2 stacks`, `1 stack`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `a, b and 3 more`. */
export function some(names: readonly string[], shown = 3): string {
  const rest = names.length - shown;
  if (rest > 0) return `${names.slice(0, shown).join(", ")} and ${rest} more`;
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Days of a retention that Atlas writes as a number and a unit. A month counts 31 days, a year 366, as Atlas does. */
export function retentionDays(value: number | undefined, unit: string | undefined): number | undefined {
  const days = { hours: 1 / 24, days: 1, weeks: 7, months: 31, years: 366 }[unit ?? ""];
  return value === undefined || days === undefined ? undefined : value * days;
}
