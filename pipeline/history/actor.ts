import { hostname, userInfo } from "node:os";
import type { Actor } from "./record";

/** Who runs this command: in a workflow of GitHub who started it, elsewhere the user of the machine. */
export function actorOf(env: NodeJS.ProcessEnv): Actor {
  const { GITHUB_ACTOR: login, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = env;
  if (!login) return { who: `${userName(env)}@${hostname()}` };
  if (!server || !repository || !id) return { who: login };
  return {
    who: login,
    run: `${server}/${repository}/actions/runs/${id}${attempt ? `/attempts/${attempt}` : ""}`,
  };
}

/** A container may run as a user that has no name. */
function userName(env: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username;
  } catch {
    return env.USER ?? "unknown";
  }
}
