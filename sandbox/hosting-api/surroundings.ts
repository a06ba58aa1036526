import { projectNumber } from "../services/identity/derived";

/** Answers a request from its body. */
type Surrounding = (body: string) => unknown;

/** Seconds that a token is said to last; in truth as long as the sandbox. */
const LONG = 3_600;

/**
 * What the Firebase CLI asks other APIs on its way to Hosting: who it is, whether it may, whether the API is enabled. Its
 * source (15.34.2) tells by which variables each address can be changed.
 */
const SURROUNDINGS: readonly [pattern: RegExp, answer: (match: RegExpExecArray) => Surrounding][] = [
  [
    /^\/www\.googleapis\.com\/oauth2\/v3\/token$/,
    () => () => ({
      access_token: "groundwork-sandbox",
      expires_in: LONG,
      token_type: "Bearer",
      scope: "openid https://www.googleapis.com/auth/cloud-platform https://www.googleapis.com/auth/firebase",
    }),
  ],
  [
    /^\/cloudresourcemanager\.googleapis\.com\/v1\/projects\/[^/]+:testIamPermissions$/,
    () => (body) => ({
      permissions: (JSON.parse(body || "{}") as { permissions?: string[] }).permissions ?? [],
    }),
  ],
  [
    /^\/serviceusage\.googleapis\.com\/v1\/projects\/([^/]+)\/services\/(.+)$/,
    ([, project, service]) =>
      () => ({ name: `projects/${project}/services/${service}`, state: "ENABLED" }),
  ],
  [
    /^\/firebase\.googleapis\.com\/v1beta1\/projects\/([^/]+)$/,
    ([, project = ""]) =>
      () => ({
        projectId: project,
        projectNumber: projectNumber(project),
        displayName: project,
        name: `projects/${project}`,
        // Every project with Firebase has this site from the start, whether it is used or not.
        resources: { hostingSite: project },
        state: "ACTIVE",
      }),
  ],
  [
    /^\/identitytoolkit\.googleapis\.com\/admin\/v2\/projects\/[^/]+\/config$/,
    () => () => ({ authorizedDomains: [] }),
  ],
];

/** What answers this path; undefined when it is none of these. */
export function answerSurroundings(path: string): Surrounding | undefined {
  for (const [pattern, answer] of SURROUNDINGS) {
    const match = pattern.exec(path);
    if (match) return answer(match);
  }
  return undefined;
}
