const { createServer } = require("node:http");

/**
 * The sample service: it answers whether it is up, and which version it is.
 *
 * @param {{ GAE_SERVICE?: string, GAE_VERSION?: string }} env of the process: App Engine sets both
 */
function createApp(env) {
  const routes = {
    "/healthz": () => ({ status: "ok" }),
    "/": () => ({ service: env.GAE_SERVICE ?? "default", version: env.GAE_VERSION ?? "local" }),
  };
  return createServer((request, response) => {
    const { pathname } = new URL(/** @type {string} */ (request.url), "http://localhost");
    const route = Object.hasOwn(routes, pathname)
      ? routes[/** @type {keyof typeof routes} */ (pathname)]
      : undefined;
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!route) return answer(response, 404, { error: "There is no such page." });
    if (!isRead) return answer(response, 405, { error: "Only GET and HEAD." }, { allow: "GET, HEAD" });
    return answer(response, 200, route());
  });
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {object} body
 * @param {Record<string, string>} [headers]
 */
function answer(response, status, body, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
  response.end(JSON.stringify(body));
}

module.exports = { createApp };
