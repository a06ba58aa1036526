import { type GitHub, statusOf } from "./client";

/** Tells our own comments and issues from copies of them: anybody can write our mark. */
export type IsOurs = (user: { login?: string; type?: string } | null | undefined) => boolean;

/** A token of a person has a name; one of a workflow or an app has none that it could ask for, and writes as a bot. */
export async function ownAuthorship({ client }: GitHub): Promise<IsOurs> {
  try {
    const { data } = await client.request("GET /user");
    return (user) => user?.login === data.login;
  } catch (error) {
    const status = statusOf(error);
    if (status !== 403 && status !== 404) throw error;
    return (user) => user?.type === "Bot";
  }
}
