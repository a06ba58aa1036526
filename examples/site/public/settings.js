/**
 * Reads what the environment says at run time: the same content serves every environment.
 *
 * @param {(path: string) => Promise<Response>} get fetch
 * @returns {Promise<Record<string, unknown>>}
 */
export async function readSettings(get) {
  const response = await get("/config.json");
  if (!response.ok) throw new Error(`/config.json: ${response.status}`);
  /** @type {unknown} */
  const settings = await response.json();
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    throw new Error("/config.json is no object");
  }
  return /** @type {Record<string, unknown>} */ (settings);
}

/**
 * What is shown of them.
 *
 * @param {Record<string, unknown>} settings
 * @returns {[name: string, value: string][]} sorted by name
 */
export function lines(settings) {
  return Object.keys(settings)
    .sort()
    .map((name) => [
      name,
      typeof settings[name] === "string" ? settings[name] : JSON.stringify(settings[name]),
    ]);
}
