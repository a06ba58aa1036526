// GET over HTTP and HTTPS, through the proxy that the environment names.
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as connectTls } from "node:tls";

const patience = 30_000;

/**
 * @param {string} address
 * @param {{ env?: NodeJS.ProcessEnv, redirects?: number }} [options] proxies as curl reads them: `HTTPS_PROXY`,
 *   `HTTP_PROXY` and `NO_PROXY`, in capitals or not
 * @returns {Promise<import("node:http").IncomingMessage>} the answer, with status 200
 * @throws {Error} for another status, and when nothing was heard for 30 seconds
 */
export async function get(address, { env = process.env, redirects = 5 } = {}) {
  const url = new URL(address);
  const proxy = proxyFor(url, env);
  const response = await answer(url, proxy);
  const { location } = response.headers;
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400 && location && redirects > 0) {
    response.resume();
    return get(new URL(location, url).href, { env, redirects: redirects - 1 });
  }
  if (status !== 200) {
    response.resume();
    throw new Error(`${url.host} answered ${status} for ${url.pathname}`);
  }
  return response;
}

/**
 * @param {URL} url
 * @param {NodeJS.ProcessEnv} env
 * @returns {URL | undefined}
 */
export function proxyFor(url, env) {
  /** @param {string} name */
  const variable = (name) => env[name.toLowerCase()] || env[name];
  const scheme = url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const proxy = variable(scheme) || variable("ALL_PROXY");
  if (!proxy) return undefined;
  const direct = (variable("NO_PROXY") ?? "")
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      const [host = "", port] = entry.replace(/^\*?\./, "").split(":", 2);
      const samePort = port === undefined || port === url.port;
      return entry === "*" || (samePort && (url.hostname === host || url.hostname.endsWith(`.${host}`)));
    });
  return direct ? undefined : new URL(/^\w+:\/\//.test(proxy) ? proxy : `http://${proxy}`);
}

/**
 * @param {URL} url
 * @param {URL | undefined} proxy
 * @returns {Promise<import("node:http").IncomingMessage>}
 */
async function answer(url, proxy) {
  if (!proxy) return send(url.protocol === "https:" ? httpsRequest(url) : httpRequest(url));
  if (url.protocol === "http:") {
    const headers = { ...proxyHeaders(proxy), host: url.host };
    return send(httpRequest({ host: proxy.hostname, port: proxy.port || 80, path: url.href, headers }));
  }
  const tunnel = await connectThrough(proxy, url);
  return send(
    httpsRequest(url, {
      agent: false,
      createConnection: () => connectTls({ socket: tunnel, servername: url.hostname }),
    }),
  );
}

/**
 * @param {URL} proxy
 * @param {URL} url
 * @returns {Promise<import("node:net").Socket>}
 */
function connectThrough(proxy, url) {
  const target = `${url.hostname}:${url.port || 443}`;
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: "CONNECT",
      path: target,
      headers: { ...proxyHeaders(proxy), host: target },
      timeout: patience,
    });
    request
      .on("connect", (response, socket) => {
        if (response.statusCode === 200) return resolve(socket);
        socket.destroy();
        reject(new Error(`the proxy ${proxy.host} answered ${response.statusCode} for ${target}`));
      })
      .on("timeout", () => {
        request.destroy(new Error(`the proxy ${proxy.host} said nothing for ${patience / 1000} seconds`));
      })
      .on("error", reject)
      .end();
  });
}

/**
 * @param {URL} proxy
 * @returns {Record<string, string>}
 */
function proxyHeaders(proxy) {
  if (proxy.username === "") return {};
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(user).toString("base64")}` };
}

/**
 * @param {import("node:http").ClientRequest} request
 * @returns {Promise<import("node:http").IncomingMessage>}
 */
function send(request) {
  return new Promise((resolve, reject) => {
    request.setTimeout(patience, () => {
      request.destroy(new Error(`${request.host} said nothing for ${patience / 1000} seconds`));
    });
    request.on("response", resolve).on("error", reject).end();
  });
}
