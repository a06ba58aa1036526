import { Console } from "./console";

const stream = (isTTY: boolean) => ({
  isTTY,
  columns: 80,
  text: "",
  write(text: string) {
    this.text += text;
  },
});

describe("the console", () => {
  test("GIVEN a program that reads THEN standard output holds one JSON document and nothing else", () => {
    const [stdout, stderr] = [stream(false), stream(false)];
    const console = new Console({ stdout, stderr, json: true, env: {} });
    console.print("for people");
    console.note("meanwhile");
    console.printJson({ a: 1 });
    expect(JSON.parse(stdout.text)).toEqual({ a: 1 });
    expect(stderr.text).toBe("meanwhile\n");
  });

  test("GIVEN a workflow run of GitHub THEN errors are in its list too, in one line; GIVEN anything else THEN they are not", () => {
    const [stdout, inGitHub, elsewhere] = [stream(false), stream(false), stream(false)];
    const tell = (stderr: typeof stdout, env: NodeJS.ProcessEnv) =>
      new Console({ stdout, stderr, json: true, env }).annotate("dev-data: a, b", "50% is\nnot enough");
    tell(inGitHub, { GITHUB_ACTIONS: "true" });
    tell(elsewhere, {});
    expect(inGitHub.text).toBe("::error title=dev-data%3A a%2C b::50%25 is%0Anot enough\n");
    expect(stdout.text + elsewhere.text).toBe("");
  });

  test("GIVEN parts of a larger result THEN one document has them, and what every document says; an error's too", async () => {
    const stdout = stream(false);
    const console = new Console({ stdout, stderr: stream(false), json: true, env: {} });
    const parts: object[] = [];
    console.alsoInJson({ commit: "a", parts });
    await console.collectJson(parts, async () => console.printJson({ it: 1 }));
    await expect(console.collectJson(parts, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    console.printJson({ error: "no" });
    expect(JSON.parse(stdout.text)).toEqual({ commit: "a", parts: [{ it: 1 }], error: "no" });
  });

  test.each([
    ["a terminal", true, {}, true],
    ["a pipe", false, {}, false],
    ["a terminal and NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["a pipe and FORCE_COLOR", false, { FORCE_COLOR: "1" }, true],
    ["a dumb terminal", true, { TERM: "dumb" }, false],
  ])("GIVEN %s THEN colours: %s", (_what, isTTY, env, coloured) => {
    const console = new Console({ stdout: stream(isTTY), stderr: stream(isTTY), json: false, env });
    expect(console.colours.red("x") !== "x").toBe(coloured);
  });
});
