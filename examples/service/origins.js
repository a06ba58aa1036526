/**
 * Which origins may read this service's answers from a page, as `CORS_ORIGINS` says: exact ones, or patterns, with commas.
 * In a pattern `*` stands for lowercase letters and digits only. So `https://shop--pr-12-*.web.app` is every address that
 * Firebase Hosting may give the channel `pr-12`, and none of another channel or another site.
 *
 * @param {string | undefined} given
 * @returns {(origin: string) => boolean}
 */
function allowedOrigins(given = "") {
  const patterns = given
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => {
      const parts = one.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      return new RegExp(`^${parts.join("[a-z0-9]+")}$`);
    });
  return (origin) => patterns.some((pattern) => pattern.test(origin));
}

/**
 * What a browser has to be told before it hands an answer to a page of another origin.
 *
 * @param {import("node:http").IncomingMessage} request
 * @param {(origin: string) => boolean} isAllowed
 * @returns {Record<string, string>}
 */
function corsHeaders({ headers, method }, isAllowed) {
  const { origin } = headers;
  // Whoever keeps the answer must not give it to a page of another origin.
  if (origin === undefined || !isAllowed(origin)) return { vary: "Origin" };
  const asked = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
  return {
    vary: "Origin",
    "access-control-allow-origin": origin,
    ...(asked
      ? {
          "access-control-allow-methods": "GET, HEAD",
          "access-control-allow-headers": "authorization, content-type",
          "access-control-max-age": "600",
        }
      : {}),
  };
}

module.exports = { allowedOrigins, corsHeaders };
