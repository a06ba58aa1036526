const { createServer } = require("node:http");
const { allowedOrigins, corsHeaders } = require("./origins.js");

/**
 * The sample service: it answers whether it is up, which version it is, and which database it works with. Pages of the
 * origins in `CORS_ORIGINS` may read it.
 *
 * @param {{
 *   GAE_SERVICE?: string,
 *   GAE_VERSION?: string,
 *   PREVIEW?: string,
 *   DATABASE_NAME?: string,
 *   CORS_ORIGINS?: string,
 * }} env of the process: App Engine sets the first two, a preview the others
 */
function createApp(env) {
  const isAllowed = allowedOrigins(env.CORS_ORIGINS);
  const routes = {
    "/healthz": () => ({ status: "ok" }),
    "/": () => ({
      service: env.GAE_SERVICE ?? "default",
      version: env.GAE_VERSION ?? "local",
      database: env.DATABASE_NAME ?? "shop",
      ...(env.PREVIEW ? { preview: env.PREVIEW } : {}),
    }),
  };
  return createServer((request, response) => {
    const { pathname } = new URL(/** @type {string} */ (request.url), "http://localhost");
    const route = Object.hasOwn(routes, pathname)
      ? routes[/** @type {keyof typeof routes} */ (pathname)]
      : undefined;
    const isRead = request.method === "GET" || request.method === "HEAD";
    const headers = corsHeaders(request, isAllowed);
    if (!route) return answer(response, 404, { error: "There is no such page." }, headers);
    if (headers["access-control-allow-methods"] !== undefined) return response.writeHead(204, headers).end();
    if (!isRead) {
      return answer(response, 405, { error: "Only GET and HEAD." }, { ...headers, allow: "GET, HEAD" });
    }
    return answer(response, 200, route(), headers);
  });
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {object} body
 * @param {Record<string, string>} headers
 */
function answer(response, status, body, headers) {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
  response.end(JSON.stringify(body));
}

module.exports = { createApp };
