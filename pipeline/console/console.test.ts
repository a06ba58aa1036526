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
