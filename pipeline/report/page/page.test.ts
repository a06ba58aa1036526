import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Browser, type Page } from "../../../test/browser";
import type { Json } from "../../terraform/plan-json";
import { buildReport } from "../build-report";
import { manyChanges, samplePlan, samplePlanned, sampleResource, sampleStack } from "../sample-plans";
import { renderPage } from "./render-page";

const openapi = (deadline: number): Json =>
  Buffer.from(JSON.stringify({ swagger: "2.0", paths: { "/orders": { get: { deadline } } } })).toString(
    "base64",
  );
const markup =
  "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

/** A cluster that goes, a document that changes, a secret, and texts that look like markup. */
const planned = () => [
  samplePlanned(
    sampleStack("dev-data", "dev-network"),
    samplePlan(
      sampleResource("google_storage_bucket.artifacts", {
        actions: ["update"],
        before: { name: "a", note: "x", password: "old-secret" },
        after: { name: "a", note: markup, password: "new-secret" },
        before_sensitive: { password: true },
        after_sensitive: { password: true },
      }),
      sampleResource("google_api_gateway_api_config.shop", {
        actions: ["update"],
        before: { contents: openapi(5) },
        after: { contents: openapi(30) },
      }),
    ),
  ),
  samplePlanned(sampleStack("dev-network"), samplePlan()),
  samplePlanned(
    sampleStack("prod-data"),
    samplePlan(
      sampleResource("mongodbatlas_advanced_cluster.main", {
        actions: ["delete"],
        before: { name: "main", project_id: "p" },
        after: null,
      }),
      sampleResource("google_service_account.run", {
        actions: ["create"],
        before: null,
        after: { account_id: "run" },
        after_unknown: { email: true },
      }),
    ),
  ),
];

const visible = `[...document.querySelectorAll("details.change")].filter((one) => one.checkVisibility()).map((one) => one.dataset.address)`;
const all = [
  "google_api_gateway_api_config.shop",
  "google_storage_bucket.artifacts",
  "mongodbatlas_advanced_cluster.main",
  "google_service_account.run",
];

describe("the page in a browser, from a file", () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  const write = (name: string, html: string) => {
    const file = join(folder, name);
    writeFileSync(file, html);
    return file;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "page-"));
    browser = Browser.start();
    const html = renderPage(buildReport({ target: "sandbox", planned: planned() }));
    page = await browser.open(write("report.html", html));
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    await page.value(`document.getElementById("filters").reset()`);
    await page.until(`${visible}.length === 4`);
    await page.value(`document.activeElement.blur()`);
  });

  const search = (text: string) =>
    page.value(
      `(() => { const box = document.getElementById("search"); box.value = ${JSON.stringify(text)}; box.dispatchEvent(new Event("input", { bubbles: true })); })()`,
    );
  const uncheck = (value: string) => page.value(`document.querySelector('input[value="${value}"]').click()`);

  test("THEN it shows all changes, runs nothing from the plan, and complains of nothing", async () => {
    expect(await page.value(visible)).toEqual(all);
    expect(await page.value("document.title")).toBe("Plan: 1 to delete, 2 to change, 1 to add in 2 stacks");
    expect(await page.value(`document.getElementById("count").textContent`)).toBe("4 changes");
    expect(await page.value(`document.querySelector("ul.first li").innerText`)).toBe(
      "data loss deletes the cluster: all data is lost unless restored, and its snapshots go with it unless they are retained prod-data mongodbatlas_advanced_cluster.main",
    );
    expect(page.said).toEqual([]);
  });

  test("WHEN searched and filtered THEN what does not fit is gone, stacks included", async () => {
    await search("ARTIFACTS");
    expect(await page.value(visible)).toEqual(["google_storage_bucket.artifacts"]);
    await search("deadline 30");
    expect(await page.value(visible)).toEqual(["google_api_gateway_api_config.shop"]);
    expect(await page.value(`document.getElementById("count").textContent`)).toBe("1 of 4 changes shown");
    expect(await page.value(`document.getElementById("stack-prod-data").checkVisibility()`)).toBe(false);
    await search("");
    await uncheck("dev");
    expect(await page.value(visible)).toEqual(all.slice(2));
    await uncheck("delete");
    expect(await page.value(visible)).toEqual(["google_service_account.run"]);
    await page.value(`document.getElementById("filters").reset()`);
    await page.until(`${visible}.length === 4`);
    await page.value(
      `(() => { const box = document.getElementById("stack"); box.value = "prod-data"; box.dispatchEvent(new Event("input", { bubbles: true })); })()`,
    );
    expect(await page.value(visible)).toEqual(all.slice(2));
  });

  test("WHEN opened THEN attributes are told, documents inside, sensitive ones not", async () => {
    const open = (address: string) =>
      page.value<string>(
        `(async () => { const one = document.querySelector('[data-address="${address}"]'); one.open = true; await new Promise((done) => setTimeout(done, 50)); return one.querySelector(".attributes").innerText; })()`,
      );
    expect(await open("google_api_gateway_api_config.shop")).toMatch(
      /contents\s+inside:\s+paths\["\/orders"\]\.get\.deadline\s+5\s+30/,
    );
    const bucket = await open("google_storage_bucket.artifacts");
    expect(bucket).toContain("</script>");
    expect(bucket).toMatch(/password\s+\(sensitive\)\s+\(sensitive\)/);
    expect(await open("google_service_account.run")).toMatch(/email\s+\(known after apply\)/);
    expect(await page.value("document.title")).toMatch(/^Plan/);
    expect(page.said).toEqual([]);
  });

  test("WHEN only keys are used THEN everything can be reached", async () => {
    await page.press("j", "j");
    const focused = `document.activeElement.closest("details.change")?.dataset.address`;
    expect(await page.value(focused)).toBe(all[1]);
    await page.press("k");
    expect(await page.value(focused)).toBe(all[0]);
    const isOpen = `document.activeElement.closest("details").open`;
    const before = await page.value(isOpen);
    await page.press("Enter");
    expect(await page.value(isOpen)).toBe(!before);
    await page.press("/");
    expect(await page.value("document.activeElement.id")).toBe("search");
    await page.press("c", "l", "u", "s", "t", "e", "r");
    expect(await page.value(visible)).toEqual([all[2]]);
    await page.press("Escape");
    expect(await page.value(visible)).toEqual(all);
    await page.press("?");
    expect(await page.value(`document.getElementById("help").open`)).toBe(true);
    await page.press("Escape");
    expect(await page.value(`document.getElementById("help").open`)).toBe(false);
  });

  test("WHEN a risk or a stack in the graph is followed THEN its change is opened, even when it was filtered away", async () => {
    await search("artifacts");
    await page.value(`document.querySelector("ul.first a").click()`);
    await page.until(`document.querySelector('[data-address="${all[2]}"]').open`);
    expect(await page.value(visible)).toEqual(all);
    expect(await page.value(`document.querySelectorAll("svg a").length`)).toBe(3);
    await page.value(
      `document.querySelector('svg a[href="#stack-prod-data"]').dispatchEvent(new MouseEvent("click", { bubbles: true }))`,
    );
    await page.until(`location.hash === "#stack-prod-data"`);
  });

  test("GIVEN light and dark THEN every text can be read against what is behind it", async () => {
    for (const scheme of ["light", "dark"] as const) {
      await page.prefer(scheme);
      expect(await page.value(lowContrast)).toEqual([]);
    }
    await page.prefer("light");
    const paper = `getComputedStyle(document.body).backgroundColor`;
    const light = await page.value(paper);
    await page.press("t");
    expect(await page.value(paper)).not.toBe(light);
    await page.press("t");
    expect(await page.value(paper)).toBe(light);
  });

  test("THEN everything that acts has a name, headings go down by one, and ids are unique", async () => {
    const { nodes } = (await page.send("Accessibility.getFullAXTree")) as {
      nodes: { ignored: boolean; role?: { value: string }; name?: { value: string } }[];
    };
    const acting = [
      "button",
      "link",
      "checkbox",
      "searchbox",
      "combobox",
      "DisclosureTriangle",
      "dialog",
      "search",
    ];
    const nameless = nodes.filter(
      ({ ignored, role, name }) => !ignored && acting.includes(role?.value ?? "") && !name?.value,
    );
    expect(nameless).toEqual([]);
    expect(
      await page.value(
        `[...document.querySelectorAll("h1, h2, h3")].map((one) => Number(one.tagName[1])).every((level, at, levels) => at === 0 ? level === 1 : level <= levels[at - 1] + 1)`,
      ),
    ).toBe(true);
    expect(
      await page.value(
        `(() => { const ids = [...document.querySelectorAll("[id]")].map((one) => one.id); return ids.length - new Set(ids).size; })()`,
      ),
    ).toBe(0);
  });

  test("GIVEN 5,000 changes THEN it is there and searched in no time, and on a narrow screen nothing sticks out", async () => {
    const html = renderPage(buildReport({ target: "cloud", planned: manyChanges(5000) }));
    const big = await browser.open(write("big.html", html), { width: 400, height: 800 });
    const took = await big.value<number>(
      `(() => { const box = document.getElementById("search"); box.value = "object-7 before"; const from = performance.now(); box.dispatchEvent(new Event("input", { bubbles: true })); return performance.now() - from; })()`,
    );
    expect(took).toBeLessThan(1000);
    expect(await big.value(`document.getElementById("count").textContent`)).toMatch(
      /^\d+ of 5000 changes shown$/,
    );
    expect(await big.value("document.documentElement.scrollWidth")).toBeLessThanOrEqual(400);
    expect(big.said).toEqual([]);
  }, 300_000);
});

/** Texts with less than 4.5 : 1. https://www.w3.org/TR/WCAG22/#contrast-minimum */
const lowContrast = `(() => {
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
  const light = ({ r, g, b }) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => { for (let at = element; at; at = at.parentElement) { const paper = parse(getComputedStyle(at).backgroundColor); if (paper.a > 0) return paper; } return { r: 255, g: 255, b: 255 }; };
  const bad = [];
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!own || !element.checkVisibility() || element.closest("svg, script")) continue;
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) bad.push(element.tagName + "." + element.className + " " + ratio.toFixed(2));
  }
  return bad;
})()`;
