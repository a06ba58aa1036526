import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { hostingFiles } from "@groundwork/constructs/firebase-hosting/hosting-files";
import { contentDeployer } from "@groundwork/pipeline/preview/content/content-deployer";
import { TrialHosting } from "@groundwork/sandbox/hosting-api/testing";
import { terraformEnvironment } from "@groundwork/sandbox/process/terraform-environment";
import { Browser, type Page } from "./browser";

const site = join(dirname(__dirname), "examples", "site", "public");

describe("a preview's channel in a browser", () => {
  let hosting: TrialHosting;
  let browser: Browser;
  let settings: string;
  let url: string;

  beforeAll(async () => {
    browser = Browser.start();
    hosting = await TrialHosting.start();
    settings = mkdtempSync(join(tmpdir(), "gw-browser-"));
    // As synthesis writes them: the strict policy of a site in the cloud holds here too.
    const api = "https://pr-12-shop-gateway.ew.gateway.dev";
    const values = { environment: "preview", pullRequest: 12, apis: { shop: api } };
    const connections = ["https://*.gateway.dev"];
    const files = hostingFiles({
      siteId: "acme-shop",
      settings: { security: { sources: { connections } } },
      values,
    });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(settings, name), text);
    const state = { port: hosting.server.port, token: hosting.token };
    const answer = { id: 1, reattach: { inUse: "{}", all: "{}" }, state, mongodb: { port: 1 } };
    const env = terraformEnvironment(answer, "in-use", {});
    const deployer = contentDeployer({ env, note: () => {} });
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    ({ url } = await deployer.deploy({
      site: "shop",
      siteId: "acme-shop",
      channel: "pr-12",
      folder: site,
      settings,
      expiresAt,
    }));
  });
  afterAll(async () => {
    await Promise.all([browser.close(), hosting.close()]);
    rmSync(settings, { recursive: true });
  });

  /** What the sample site shows, and what the browser complained about. */
  const shown = async (page: Page) => {
    await page.until(
      "document.querySelectorAll('dd').length > 0 || !document.querySelector('#problem').hidden",
    );
    return page.value<string>("document.body.innerText");
  };

  test("GIVEN the sample site was deployed WHEN its address is opened THEN it shows this preview's values", async () => {
    const page = await browser.open(url);
    expect(await shown(page)).toMatch(/environment\s+preview\s+pullRequest\s+12/);
    expect(await page.value("document.querySelector('#problem').hidden")).toBe(true);
    expect(page.said.filter((line) => line.includes('"error"'))).toEqual([]);
  });

  test("WHEN a page deep inside is opened THEN the single page answers it", async () => {
    const page = await browser.open(`${url}/orders/7`);
    expect(await page.value("location.pathname")).toBe("/orders/7");
    expect(await shown(page)).toContain("pr-12-shop-gateway");
  });
});
