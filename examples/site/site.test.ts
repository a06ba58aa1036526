import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lines, readSettings } from "./public/settings.js";

const answering =
  (body: unknown, status = 200) =>
  async (url: string) => {
    expect(url).toBe("/config.json");
    return new Response(JSON.stringify(body), { status });
  };

describe("the sample site", () => {
  test("GIVEN an environment's settings THEN they are shown by name", async () => {
    const settings = await readSettings(
      answering({ showStock: true, currency: "EUR", region: { code: "ew" } }),
    );
    expect(lines(settings)).toEqual([
      ["currency", "EUR"],
      ["region", '{"code":"ew"}'],
      ["showStock", "true"],
    ]);
  });

  test("GIVEN none THEN it says so", async () => {
    await expect(readSettings(answering({}, 404))).rejects.toThrow("/config.json: 404");
    await expect(readSettings(answering([]))).rejects.toThrow("/config.json is no object");
  });

  test("GIVEN a strict content security policy THEN the page has no script or style in itself, and brings what it names", () => {
    const page = readFileSync(join(__dirname, "public", "index.html"), "utf8");
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bon\w+=|\bstyle=/);
    for (const [, path = ""] of page.matchAll(/src="([^"]+)"/g))
      expect(readFileSync(join(__dirname, "public", path), "utf8")).not.toBe("");
  });
});
