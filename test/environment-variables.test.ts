import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = process.cwd();

/** Nobody sets these for Groundwork: why they need no line in `.env.example`. */
const others: Readonly<Record<string, string>> = {
  CDKTF_OUTDIR: "set by cdktf",
  CHROME_PATH: "tests only",
  FORCE_COLOR: "a convention of terminals",
  NO_COLOR: "a convention of terminals",
  TERM: "set by the terminal",
  CI: "set by every CI",
  PATH: "set by the system",
  PORT: "set by App Engine",
  USER: "set by the system",
  HUSKY: "Husky's own",
  GITHUB_ACTOR: "set by GitHub",
  GITHUB_OUTPUT: "set by GitHub",
  GITHUB_ACTIONS: "set by GitHub",
  GITHUB_REF: "set by GitHub",
  GITHUB_RUN_ATTEMPT: "set by GitHub",
  GITHUB_STEP_SUMMARY: "set by GitHub",
  GITHUB_RUN_ID: "set by GitHub",
  GITHUB_SERVER_URL: "set by GitHub",
  GROUNDWORK_PREVIEW_REQUEST: "from the command to its synthesis",
  GROUNDWORK_RELEASE_SITE: "tests of the download only",
  GROUNDWORK_TEST_MONGODB_URI: "tests of previews' databases only",
  STORAGE_EMULATOR_HOST: "set by the sandbox",
  FIREBASE_HOSTING_API_URL: "set by the sandbox",
  GROUNDWORK_MONGODB_URI: "set by the sandbox",
  GOOGLE_STORAGE_CUSTOM_ENDPOINT: "Terraform's own, for private endpoints",
  GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT: "Terraform's own, for private endpoints",
  GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: "Terraform's own, for private endpoints",
  MCLI_PUBLIC_API_KEY: "an older name that the Atlas provider knows",
  MCLI_PRIVATE_API_KEY: "an older name that the Atlas provider knows",
  MONGODB_ATLAS_ACCESS_TOKEN: "cleared for the sandbox",
};

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter(
      (name) =>
        /\.(ts|mjs|cjs)$/.test(name) && !/\.test\.ts$|(^|\/)(node_modules|dist|testing|torture)\//.test(name),
    )
    .map((name) => join(folder, name));
}

/** `env.NAME`, `{ NAME: local } = env`, and names of our own in constants. */
function variablesIn(text: string): string[] {
  const read = [...text.matchAll(/\benv\.([A-Z][A-Z0-9_]+)\b/g)].map(([, name = ""]) => name);
  const destructured = [...text.matchAll(/\{([^{}]+)\} = (?:process\.)?env;/g)].flatMap(([, names = ""]) =>
    [...names.matchAll(/\b([A-Z][A-Z0-9_]+)\b/g)].map(([, name = ""]) => name),
  );
  const named = [...text.matchAll(/"(GROUNDWORK_[A-Z_]+)"/g)].map(([, name = ""]) => name);
  return [...read, ...destructured, ...named];
}

describe(".env.example", () => {
  const example = readFileSync(join(root, ".env.example"), "utf8");
  const mentioned = new Set(example.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g));
  const read = new Set(
    ["pipeline", "sandbox", "bootstrap", "stacks", "constructs"]
      .flatMap(sources)
      .flatMap((file) => variablesIn(readFileSync(join(root, file), "utf8"))),
  );

  test("GIVEN the variables that are read THEN each is in it, or nobody has to set it", () => {
    expect(read.size).toBeGreaterThan(15);
    expect([...read].filter((name) => !mentioned.has(name) && !(name in others)).sort()).toEqual([]);
  });

  test("GIVEN its lines THEN each is read by something, and none holds a secret", () => {
    const lines = [...example.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)];
    const known = new Set([...read, "MONGODB_ATLAS_PRIVATE_API_KEY"]);
    expect(lines.map(([, name = ""]) => name).filter((name) => !known.has(name))).toEqual([]);
    expect(lines.filter(([, , value]) => value !== "").map(([line]) => line)).toEqual([
      "GROUNDWORK_TARGET=sandbox",
    ]);
  });
});
