import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ciAccounts } from "@groundwork/constructs/identity/ci-account";
import { Command } from "commander";
import { parse } from "yaml";
import { delivery } from "../environments/delivery";
import { patternOf } from "../environments/delivery-refs";
import { definitions } from "../environments/load";
import { stackKinds } from "../environments/names";
import { previewLimits } from "../environments/preview-rules";
import { addCommands } from "../pipeline/commands/command-line";
import { accountsOf } from "../pipeline/target/accounts";
import {
  commands,
  type Job,
  jobs,
  repository,
  type Step,
  setupAction,
  workflow,
  workflows,
} from "./workflow-files";

const uses = [
  ...workflows.map(({ file, text }) => ({ file, text })),
  { file: "action.yml", text: setupAction },
].flatMap(({ file, text }) =>
  [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, used = ""]) => [file, used] as const),
);

/** Runs code that a pull request may have changed: what is checked out is its own. */
const runsHeadCode = ({ steps = [] }: Job) =>
  steps.some(({ uses: action, with: inputs }) => action?.startsWith("actions/checkout@") && !inputs?.ref);

describe("workflows", () => {
  test("GIVEN all of them THEN actionlint finds nothing", () => {
    const program = join(
      repository,
      "node_modules",
      "@tktco",
      "node-actionlint",
      "bin",
      "node-actionlint.js",
    );
    const lint = spawnSync(process.execPath, [program, ".github/workflows/*.yml"], {
      cwd: repository,
      encoding: "utf8",
    });
    expect([lint.status, lint.stdout]).toEqual([
      0,
      expect.stringContaining(`Checking ${workflows.length} workflow`),
    ]);
  });

  test.each(uses)(
    "GIVEN %s uses %s THEN it is pinned by commit, its version beside it, or lies here",
    (_file, used) => {
      if (!used.startsWith("./")) {
        expect(used).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        return;
      }
      expect(existsSync(join(repository, used.endsWith(".yml") ? used : `${used}/action.yml`))).toBe(true);
    },
  );

  test("GIVEN an action in several places THEN it is the same version everywhere", () => {
    const versions = new Map<string, Set<string>>();
    for (const [, used] of uses) {
      const [action = "", rest = ""] = used.split("@");
      versions.set(action, (versions.get(action) ?? new Set()).add(rest));
    }
    expect([...versions].filter(([, found]) => found.size > 1)).toEqual([]);
  });

  test.each(commands)(
    "GIVEN $name runs a command THEN it is one, on one line, without expressions",
    ({ run }) => {
      const lines = run.trim().split("\n");
      expect(lines).toHaveLength(1);
      // An expression is pasted into the script before the shell reads it: titles of pull requests would be programs.
      expect(run).not.toContain("${{");
      expect(run).not.toMatch(/;|&&|\|\|/);
    },
  );

  test("GIVEN a job THEN it has an end, and at most one command that does the work", () => {
    const long = jobs.filter(
      ({ job }) => !job.uses && !(job["timeout-minutes"] && job["timeout-minutes"] <= 120),
    );
    expect(long.map(({ name }) => name)).toEqual([]);
    // What a sandbox needs first is not the work.
    const works = (run: string) => /groundwork (?!up )|npm (test|run)|biome/.test(run);
    const busy = jobs.filter(({ job }) => {
      const unconditional = (job.steps ?? []).filter((step) => step.run && works(step.run) && !step.if);
      return unconditional.length > 1;
    });
    expect(busy.map(({ name }) => name)).toEqual([]);
  });

  test.each(commands.filter(({ run }) => run.includes("groundwork")))(
    "GIVEN $name calls $run THEN the command line takes it",
    async ({ run }) => {
      const program = new Command("groundwork").exitOverride().configureOutput({ writeErr: () => {} });
      addCommands(program, async () => {});
      const [, call = ""] = /^npx groundwork (.+?)(?: (?:>|\|) .+)?$/.exec(run.trim()) ?? [];
      // A part that is only there with a value: it must be right with one.
      const words = call.replace(/\$\{\w+:\+([^}]+)\}/g, "$1").split(" ");
      await expect(program.parseAsync(words, { from: "user" })).resolves.toBeDefined();
      // Values are quoted: none is taken apart.
      expect(call.replace(/"\$\w+"|\$\{\w+:\+[^}]+\}/g, "")).not.toContain("$");
    },
  );

  test("GIVEN a job that may be skipped THEN nobody takes its outputs without asking: a local runner gives the expression itself", () => {
    for (const { name, file, job } of jobs) {
      for (const value of (job.steps ?? []).flatMap(({ env = {} }) => Object.values(env))) {
        const [, needed] = /needs\.(\w+)\.outputs/.exec(String(value)) ?? [];
        const other = jobs.find((one) => one.file === file && one.id === needed);
        if (other?.job.if)
          expect([name, value]).toEqual([
            name,
            expect.stringContaining(`needs.${needed}.result == 'success' &&`),
          ]);
      }
    }
  });

  test("GIVEN runners THEN nothing is assumed of them but bash, Node.js and Git", () => {
    const programs = commands.flatMap(({ run }) =>
      run.split("|").map((part) => part.trim().split(/\s+/).slice(0, 1).join(" ")),
    );
    expect([...new Set(programs)].sort()).toEqual(["echo", "head", "npm", "npx", "sed", "tee", "test"]);
    const { steps } = parse(setupAction).runs as { steps: Step[] };
    expect(steps.map(({ run }) => run?.split(" ")[0])).toEqual(["echo", undefined, "npx"]);
  });
});

describe("what jobs may do", () => {
  test("GIVEN a workflow THEN it may do nothing of itself, and each job says what it needs", () => {
    for (const { file, permissions } of workflows) expect([file, permissions]).toEqual([file, {}]);
    expect(jobs.filter(({ job }) => job.permissions === undefined)).toEqual([]);
  });

  test("GIVEN all jobs THEN these may do more than read the repository, and no others", () => {
    const more = jobs.flatMap(({ name, job: { permissions = {} } }) => {
      const { contents, ...rest } = permissions;
      expect([name, contents]).toEqual([name, Object.keys(permissions).length === 0 ? undefined : "read"]);
      return Object.keys(rest).length > 0 ? [[name, rest]] : [];
    });
    const deploys = { "id-token": "write", "pull-requests": "read" };
    expect(Object.fromEntries(more)).toEqual({
      "deploy.yml: plan": { "id-token": "write" },
      "deploy.yml: preview": deploys,
      "deploy.yml: dev": deploys,
      "deploy.yml: staging": deploys,
      "deploy.yml: prod": deploys,
      "drift.yml: drift": { "id-token": "write", issues: "write" },
      "preview.yml: up": { "id-token": "write", "pull-requests": "write" },
      "preview.yml: down": { "id-token": "write", "pull-requests": "write" },
      "preview-sweep.yml: sweep": { "id-token": "write", "pull-requests": "write" },
      "pull-request.yml: stale": { "pull-requests": "write" },
      "pull-request.yml: plan": { "id-token": "write" },
      "pull-request.yml: comment": { "pull-requests": "write" },
      "release.yml: service": { "id-token": "write" },
      "service.yml: deploy": { "id-token": "write" },
    });
  });

  test("GIVEN a pull request's code THEN the job that runs it has no credential at all", () => {
    const triggered = ["pull-request", "preview"].flatMap((name) => Object.entries(workflow(name).jobs));
    for (const [id, job] of triggered) {
      const own = JSON.stringify(job);
      const holds = /"write"|secrets\.|github\.token|google-github-actions\/auth|"environment":/.test(own);
      expect([id, runsHeadCode(job) && holds]).toEqual([id, false]);
      if (job.steps && holds) {
        const checkout = job.steps.find(({ uses: action }) => action?.startsWith("actions/checkout@"));
        expect([id, checkout?.with?.ref]).toEqual([
          id,
          expect.stringMatching(/^\$\{\{ github\.event\.pull_request\.base\.sha \}\}$/),
        ]);
      }
    }
  });

  test("GIVEN a fork THEN no job with a credential is for it", () => {
    const { plan, ...rest } = workflow("pull-request").jobs;
    for (const [id, job] of Object.entries(rest)) {
      if (!/"write"|secrets\.|github\.token/.test(JSON.stringify(job))) continue;
      expect([id, job.if]).toEqual([
        id,
        expect.stringMatching(
          /(^|&& )github\.event\.pull_request\.head\.repo\.full_name == github\.repository && github\.actor != 'dependabot\[bot\]'$/,
        ),
      ]);
    }
    // It begins only after the job that says what is affected, which is not for forks.
    expect([plan?.needs, plan?.if]).toEqual(["matrix", "needs.matrix.outputs.any == 'true'"]);
    expect(rest.matrix?.if).toContain("head.repo.full_name == github.repository");
  });

  test("GIVEN any workflow THEN none runs for pull requests with the rights of the base, and checkouts keep no token", () => {
    for (const { file, on } of workflows) {
      expect([
        file,
        Object.keys(on).filter((event) => /_target|workflow_run|issue_comment/.test(event)),
      ]).toEqual([file, []]);
    }
    for (const { name, job } of jobs) {
      for (const { uses: action, with: inputs } of job.steps ?? []) {
        if (!action?.startsWith("actions/checkout@")) continue;
        expect([name, inputs?.["persist-credentials"]]).toEqual([name, false]);
        expect([name, String(inputs?.ref ?? "").includes("head")]).toEqual([name, false]);
      }
    }
  });

  test("GIVEN an artifact THEN it goes by itself", () => {
    const kept = jobs.flatMap(({ name, job }) =>
      (job.steps ?? [])
        .filter(({ uses: action }) => action?.startsWith("actions/upload-artifact@"))
        .map((step) => [name, step.with?.["retention-days"]]),
    );
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.filter(([, days]) => !(Number(days) >= 1 && Number(days) <= 30))).toEqual([]);
  });

  test("GIVEN secrets THEN they come by the environment of one step, and are in no command", () => {
    for (const { name, run } of commands)
      expect([name, /secrets\.|github\.token|PRIVATE_API_KEY/.test(run)]).toEqual([name, false]);
    for (const { file, text } of workflows) {
      const mentioned = [...text.matchAll(/^(\s*).*\$\{\{ secrets\.\w+.*$/gm)];
      // Ten spaces: below a step's `env:`; a job's would be six, the workflow's two.
      expect([file, mentioned.filter(([, indent = ""]) => indent.length !== 10)]).toEqual([file, []]);
    }
    for (const { name, job } of jobs)
      expect([name, JSON.stringify(job.env ?? {}).includes("secrets")]).toEqual([name, false]);
  });

  test("GIVEN a job that signs in THEN it does so in a GitHub environment, whose name is in the trust", () => {
    for (const { name, job } of jobs) {
      if (!job.steps?.some(({ uses: action }) => action?.startsWith("google-github-actions/auth@"))) continue;
      expect([name, job.permissions?.["id-token"]]).toEqual([name, "write"]);
      expect([name, job.environment]).toEqual([
        name,
        expect.stringMatching(/^(\w+|\$\{\{ (matrix|inputs)\.environment \}\}(-plan)?)$/),
      ]);
    }
  });
});

describe("as whom jobs work", () => {
  const accounts = new Set(Object.values(ciAccounts).map(({ accountId }) => accountId as string));

  test("GIVEN an account in a workflow THEN the foundation makes it", () => {
    const named = workflows.flatMap(({ text }) =>
      [...text.matchAll(/service_account: (.+?)@/g)].map(([, name]) => name),
    );
    expect([...new Set(named)].sort()).toEqual(["ci-artifacts", "tf-plan", "tf-preview"]);
    expect(named.filter((name = "") => !accounts.has(name))).toEqual([]);
  });

  test("GIVEN a stack THEN the account that applies it is one that the foundation makes for it", () => {
    const { ofStack } = accountsOf({ GROUNDWORK_ACCOUNTS: "stack" });
    for (const stack of stackKinds) {
      const { GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: address } = ofStack({ stack, project: "p" });
      expect(address).toBe(`${ciAccounts[`apply-${stack}`].accountId}@p.iam.gserviceaccount.com`);
    }
  });
});

describe("the way to production", () => {
  const { jobs: steps } = workflow("deploy");
  const environments = Object.keys(steps).filter((id) => id !== "route" && id !== "plan");
  interface Trigger {
    branches?: string[];
    tags?: string[];
  }
  /** Refs that start a workflow, in full. */
  const startedBy = ({ branches = [], tags = [] }: Trigger) => [
    ...branches.map((name) => `refs/heads/${name}`),
    ...tags.map((name) => `refs/tags/${name}`),
  ];

  test("GIVEN environments/delivery.ts THEN every ref that leads somewhere starts a deployment, and pull requests to its branch a plan", () => {
    const deploys = startedBy(workflow("deploy").on.push as Trigger);
    const refs = delivery.routes.map(({ ref }) => patternOf(ref));
    expect(refs.filter((ref) => !deploys.includes(ref))).toEqual([]);
    // A team that works with a branch before main, and with tags, changes environments/delivery.ts alone.
    expect(deploys).toEqual(expect.arrayContaining(["refs/heads/develop", "refs/tags/v*"]));

    const branches = deploys.filter((ref) => ref.startsWith("refs/heads/"));
    for (const name of ["pull-request", "preview", "vulnerabilities"]) {
      expect([name, startedBy(workflow(name).on.pull_request as Trigger)]).toEqual([name, branches]);
    }
  });

  test("GIVEN environments/delivery.ts THEN every environment that a ref leads to has its job, after those before it", () => {
    for (const { to } of delivery.routes) {
      const places = to.map(({ environment }) => environments.indexOf(environment));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
    for (const [place, environment] of environments.entries()) {
      expect(steps[environment]).toMatchObject({
        environment,
        needs: ["route", "plan", ...environments.slice(0, place)],
        concurrency: { group: `environment-${environment}`, "cancel-in-progress": false },
      });
      expect(steps[environment]?.if).toContain(`.steps.*.environment, '${environment}')`);
    }
  });

  test("GIVEN an environment that is chosen by hand THEN it is one that there is", () => {
    const { environment } = (
      workflow("release").on.workflow_dispatch as { inputs: { environment: { options: string[] } } }
    ).inputs;
    const known = definitions.map(({ fields }) => fields.name);
    expect(environment.options.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe("previews", () => {
  const { on, jobs: steps } = workflow("preview");

  test("GIVEN a fork THEN nothing is built, and what isn't built isn't brought up; only closing needs no build", () => {
    const own =
      /github\.event\.pull_request\.head\.repo\.full_name == github\.repository && github\.actor != 'dependabot\[bot\]'$/;
    expect(steps.build?.if).toMatch(own);
    expect(steps.down?.if).toMatch(own);
    expect([steps.up?.needs, steps.up?.if]).toEqual(["build", undefined]);
    expect(steps.down?.if).toMatch(/^github\.event\.action == 'closed' && /);
  });

  test("GIVEN a pull request without a way to the cloud THEN it is rehearsed in the sandbox instead, with no credential", () => {
    const { build, rehearse } = steps;
    const [whenAsked = "", mayBeBuilt] = build?.if?.split(" && vars.") ?? [];
    expect(mayBeBuilt).toBe(
      "GROUNDWORK_TARGET == 'cloud' && github.event.pull_request.head.repo.full_name == github.repository && github.actor != 'dependabot[bot]'",
    );
    expect(rehearse?.if).toBe(`${whenAsked} && !(vars.${mayBeBuilt})`);
    expect([rehearse?.permissions, rehearse?.env]).toEqual([
      { contents: "read" },
      { GROUNDWORK_TARGET: "sandbox" },
    ]);
  });

  test("GIVEN events of one pull request THEN the newest wins; GIVEN another label THEN it stops nothing", () => {
    expect(on.pull_request).toMatchObject({
      types: expect.arrayContaining(["opened", "synchronize", "reopened", "labeled", "closed"]),
    });
    const { concurrency } = parse(workflow("preview").text) as {
      concurrency: { group: string; "cancel-in-progress": boolean };
    };
    expect(concurrency["cancel-in-progress"]).toBe(true);
    expect(concurrency.group).toMatch(/^preview-\$\{\{ github\.event\.pull_request\.number \}\}/);
    expect(concurrency.group).toContain("!startsWith(github.event.label.name, 'preview:') && '-nothing'");
  });

  test("GIVEN the sweep THEN it runs main's code, as often as the warnings reckon with, and after main", () => {
    const sweep = workflow("preview-sweep");
    expect(sweep.on).toMatchObject({
      schedule: [{ cron: expect.stringMatching(`^\\d+ \\*/${previewLimits.sweepHours} \\* \\* \\*$`) }],
      push: { branches: ["main"] },
    });
    expect(Object.keys(sweep.on)).not.toContain("pull_request");
  });
});

describe("files around the workflows", () => {
  test("GIVEN Dependabot THEN it looks after every package.json of the workspace, and after the actions", () => {
    const { updates } = parse(readFileSync(join(repository, ".github", "dependabot.yml"), "utf8")) as {
      updates: { "package-ecosystem": string; directories: string[]; groups: object }[];
    };
    const members = parse(readFileSync(join(repository, "pnpm-workspace.yaml"), "utf8")).packages as string[];
    const [npm, actions] = updates;
    expect(npm).toMatchObject({
      "package-ecosystem": "npm",
      directories: ["/", ...members.map((name) => `/${name}`)],
    });
    expect(actions).toMatchObject({
      "package-ecosystem": "github-actions",
      directories: ["/", "/.github/actions/*"],
    });
    expect(updates.every(({ groups }) => Object.keys(groups).length > 0)).toBe(true);
  });

  test("GIVEN CODEOWNERS THEN what it names is there", () => {
    const lines = readFileSync(join(repository, ".github", "CODEOWNERS"), "utf8").split("\n");
    const paths = lines.filter((line) => line.startsWith("/")).map((line) => line.split(" ")[0] ?? "");
    expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
    expect(paths).toContain("/.github/");
  });
});
