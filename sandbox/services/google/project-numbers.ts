import { projectNumber } from "../identity/derived";

/** A name that calls its project by number, as Google's APIs answer them, calling it by id as Terraform does. */
export function byProjectId(name: string, project: string): string {
  return name.replace(/^projects\/(\d+)\//, (prefix, number: string) =>
    number === projectNumber(project) ? `projects/${project}/` : prefix,
  );
}

/** The other way round: `projects/acme-dev/…` as the APIs answer it. */
export function byProjectNumber(name: string, project: string): string {
  return name.replace(`projects/${project}/`, `projects/${projectNumber(project)}/`);
}
