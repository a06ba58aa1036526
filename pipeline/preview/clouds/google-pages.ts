import { z } from "zod";
import type { CloudApi } from "./cloud-api";

/**
 * Everything in a list of an API of Google; nothing where there is no such list.
 *
 * @param path of the list, without a query
 * @param field of the answer that holds a page
 * @param item what is read of each; the rest is not looked at
 * @throws CloudRefused
 */
export async function pagesOf<T>(
  api: CloudApi,
  path: string,
  field: string,
  item: z.ZodType<T>,
  query: Readonly<Record<string, string>> = { pageSize: "100" },
): Promise<T[]> {
  const page = z.object({ [field]: z.array(item).optional(), nextPageToken: z.string().optional() });
  const found: T[] = [];
  for (let token: string | undefined; ; ) {
    const parameters = new URLSearchParams({ ...query, ...(token ? { pageToken: token } : {}) });
    const answer = await api.get(`${path}?${parameters}`);
    if (answer === undefined) return found;
    const parsed = page.parse(answer) as { nextPageToken?: string } & { [field: string]: T[] | undefined };
    found.push(...(parsed[field] ?? []));
    token = parsed.nextPageToken;
    if (!token) return found;
  }
}
