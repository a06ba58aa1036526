import { interpolate, type Value } from "./day/workflow/expression";
import { type Event, jobsThatBegin } from "./day/workflow/run-workflow";
import { workflow, workflows } from "./workflow-files";

const repository = "acme/infra";
const nothingSecret = { secrets: {}, inputs: {} };
const cloud = { GROUNDWORK_TARGET: "cloud" };

interface PullRequestEvent {
  action?: string;
  label?: string;
  head?: string;
  actor?: string;
  draft?: boolean;
  vars?: Record<string, string>;
}

/** What GitHub says of a pull request. @default - pushed to by a colleague, in a repository with a cloud */
function pullRequest(of: PullRequestEvent = {}): Event {
  const { action = "synchronize", label, head = repository, actor = "ann", draft = false, vars = cloud } = of;
  const pull_request = { number: 7, draft, head: { repo: { full_name: head } } };
  const event = { action, pull_request, ...(label ? { label: { name: label } } : {}) };
  const github = { event_name: "pull_request", ref: "refs/pull/7/merge", repository, actor, event };
  return { github, vars, ...nothingSecret };
}

const mergeGroup: Event = {
  github: {
    event_name: "merge_group",
    ref: "refs/heads/gh-readonly-queue/main/pr-7-0123",
    repository,
    actor: "ann",
    event: { action: "checks_requested", merge_group: { base_ref: "refs/heads/main" } },
  },
  vars: cloud,
  ...nothingSecret,
};

/** The group of a workflow's runs for an event. */
function groupOf(name: string, event: Event): Value {
  const { concurrency } = workflow(name);
  return interpolate(concurrency?.group ?? "", { status: "success", values: { ...event } });
}

describe("a pull request", () => {
  const checks = ["test", "service", "synth", "policies", "parity"];
  const affected = { matrix: { outputs: { any: "true" } } };
  const unaffected = { matrix: { outputs: { any: "false" } } };
  const begin = (of: PullRequestEvent = {}, ends = affected) =>
    jobsThatBegin(workflow("pull-request"), pullRequest(of), ends).sort();
  const without = (...jobs: string[]) => [...checks, ...jobs, "required"].sort();

  test("GIVEN a push to it, forced or not THEN its old comment is marked, and it is planned and told anew", () => {
    expect(begin()).toEqual(without("stale", "matrix", "plan", "comment"));
  });

  test.each<[string, PullRequestEvent]>([
    ["opened", { action: "opened" }],
    ["opened as a draft", { action: "opened", draft: true }],
    ["reopened", { action: "reopened" }],
  ])("GIVEN it is %s THEN there is no comment to mark", (_, of) => {
    expect(begin(of)).toEqual(without("matrix", "plan", "comment"));
  });

  test("GIVEN it touches no stack THEN nothing is planned, and it is told", () => {
    expect(begin({}, unaffected)).toEqual(without("stale", "matrix", "comment"));
  });

  test.each<[string, PullRequestEvent]>([
    ["of a fork", { head: "stranger/infra" }],
    ["whose fork is gone", { head: "" }],
    ["of Dependabot", { actor: "dependabot[bot]" }],
  ])("GIVEN one %s THEN it is rehearsed, and no job with a credential begins", (_, of) => {
    expect(begin(of)).toEqual(without("rehearse"));
    expect(begin({ ...of, vars: {} })).toEqual(without("rehearse"));
  });

  test("GIVEN no cloud THEN it is rehearsed, and told from that", () => {
    expect(begin({ vars: {} })).toEqual(without("stale", "rehearse", "comment"));
  });

  test("GIVEN a plan that failed or took too long THEN the comment tells, and the check that a rule names fails", () => {
    for (const result of ["failure", "cancelled"] as const) {
      const begun = jobsThatBegin(workflow("pull-request"), pullRequest(), { ...affected, plan: { result } });
      expect(begun).toEqual(expect.arrayContaining(["comment", "required"]));
    }
    const { steps = [], needs = [] } = workflow("pull-request").jobs.required ?? {};
    const failed = (result: string) =>
      interpolate(steps[0]?.env?.FAILED ?? "", {
        status: "success",
        values: { needs: { test: { result: "success" }, comment: { result: "skipped" }, plan: { result } } },
      });
    expect(["success", "skipped", "failure", "cancelled"].map(failed)).toEqual([false, false, true, true]);
    // Marking an old comment says nothing about the change.
    const others = Object.keys(workflow("pull-request").jobs).filter(
      (id) => id !== "required" && id !== "stale",
    );
    expect([...needs].sort()).toEqual(others.sort());
  });

  test("GIVEN a merge queue THEN what it would make is checked, and neither planned nor told of", () => {
    const begun = jobsThatBegin(workflow("pull-request"), mergeGroup);
    expect(begun.sort()).toEqual(without());
    expect(workflow("pull-request").on).toHaveProperty("merge_group");
  });

  test("GIVEN several at once THEN each stops only what ran for itself", () => {
    const other = {
      ...mergeGroup,
      github: { ...mergeGroup.github, ref: "refs/heads/gh-readonly-queue/main/8" },
    };
    const groups = [pullRequest(), mergeGroup, other].map((event) => groupOf("pull-request", event));
    expect(new Set(groups).size).toBe(3);
    expect(groups[0]).toBe(groupOf("pull-request", pullRequest({ action: "opened", actor: "bob" })));
  });
});

describe("its preview", () => {
  const begin = (of: PullRequestEvent) => jobsThatBegin(workflow("preview"), pullRequest(of));

  test.each<[string, PullRequestEvent, string[]]>([
    ["opened", { action: "opened" }, ["build", "up"]],
    ["opened as a draft", { action: "opened", draft: true }, ["build", "up"]],
    ["pushed to", {}, ["build", "up"]],
    ["closed, merged or not", { action: "closed" }, ["down"]],
    ["given a label of previews", { action: "labeled", label: "preview:own-service" }, ["build", "up"]],
    ["rid of one", { action: "unlabeled", label: "preview:own-service" }, ["build", "up"]],
    ["given an approval", { action: "labeled", label: "approve:destroy" }, []],
    ["rid of one, of a fork", { action: "unlabeled", label: "approve:destroy", head: "stranger/infra" }, []],
    ["a fork's", { head: "stranger/infra" }, ["rehearse"]],
    ["a fork's, and closed", { action: "closed", head: "stranger/infra" }, []],
    ["Dependabot's", { actor: "dependabot[bot]" }, ["rehearse"]],
    ["without a cloud", { vars: {} }, ["rehearse"]],
    ["without a cloud, and closed", { action: "closed", vars: {} }, []],
  ])("GIVEN a pull request is %s THEN these begin", (_, of, expected) => {
    expect(begin(of)).toEqual(expected);
  });

  test("GIVEN an approval while it comes up THEN it stops nothing; GIVEN it is closed THEN nothing brings it up any more", () => {
    const up = groupOf("preview", pullRequest());
    expect(groupOf("preview", pullRequest({ action: "labeled", label: "approve:destroy" }))).not.toBe(up);
    expect(groupOf("preview", pullRequest({ action: "labeled", label: "preview:flex" }))).toBe(up);
    expect(groupOf("preview", pullRequest({ action: "closed" }))).toBe(up);
  });
});

describe("a push to main", () => {
  const deploy = workflow("deploy");
  const environments = Object.keys(deploy.jobs).filter((id) => id !== "route" && id !== "plan");
  const event: Event = {
    github: { event_name: "push", ref: "refs/heads/main", repository, event: { before: "0123" } },
    vars: cloud,
    ...nothingSecret,
  };
  const leadingTo = (names: readonly string[]) => ({
    route: {
      outputs: { decision: JSON.stringify({ steps: names.map((environment) => ({ environment })) }) },
    },
  });

  test("GIVEN where it leads THEN these environments begin, and no others", () => {
    const tag = leadingTo(["staging", "prod"]);
    expect(jobsThatBegin(deploy, event, leadingTo(environments))).toEqual(["route", ...environments]);
    expect(jobsThatBegin(deploy, event, tag)).toEqual(["route", "staging", "prod"]);
    expect(jobsThatBegin(deploy, event, leadingTo([]))).toEqual(["route"]);
  });

  test("GIVEN a tag THEN what it brings is planned before anybody is asked; GIVEN none of that THEN nothing begins", () => {
    const tag: Event = { ...event, github: { ...event.github, ref: "refs/tags/v1", ref_type: "tag" } };
    const ends = leadingTo(["staging", "prod"]);
    expect(jobsThatBegin(deploy, tag, ends)).toEqual(["route", "plan", "staging", "prod"]);
    expect(jobsThatBegin(deploy, { ...tag, vars: {} }, ends)).toEqual(["route", "staging", "prod"]);
    expect(jobsThatBegin(deploy, tag, { ...ends, plan: { result: "failure" } })).toEqual(["route", "plan"]);
    expect(jobsThatBegin(deploy, tag, leadingTo([]))).toEqual(["route"]);
  });

  test.each(["failure", "cancelled"] as const)(
    "GIVEN a job's %s (that of one that took too long too) THEN no environment after it begins",
    (result) => {
      const ends = leadingTo(environments);
      expect(jobsThatBegin(deploy, event, { ...ends, route: { result } })).toEqual(["route"]);
      for (const [place, environment] of environments.entries()) {
        const begun = jobsThatBegin(deploy, event, { ...ends, [environment]: { result } });
        expect(begun).toEqual(["route", ...environments.slice(0, place + 1)]);
      }
    },
  );

  test("GIVEN two pushes at once THEN nothing stops an apply that runs", () => {
    expect(deploy.concurrency).toBeUndefined();
    for (const { name, stops } of workflows.flatMap(({ file, concurrency, jobs }) =>
      [{ concurrency }, ...Object.values(jobs)].map((one) => ({
        name: file,
        stops: one.concurrency?.["cancel-in-progress"] === true,
      })),
    )) {
      // Checks and plans of an older push; a preview, which the newest push brings up anew.
      if (stops) expect(["pull-request.yml", "preview.yml", "vulnerabilities.yml"]).toContain(name);
    }
  });
});
