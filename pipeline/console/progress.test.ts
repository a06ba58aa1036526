import { createColors } from "picocolors";
import { Progress } from "./progress";
import { ageText, secondsText } from "./seconds";

/** A stream that keeps what is written, as a terminal would show it. */
class Screen {
  lines: string[] = [];
  readonly columns = 60;

  write(text: string): void {
    if (text.startsWith("\u001b[")) this.lines.splice(this.lines.length - Number.parseInt(text.slice(2), 10));
    else this.lines.push(...text.replace(/\n$/, "").split("\n"));
  }
}

describe("progress", () => {
  let now: number;
  let screen: Screen;
  const progress = (moving: boolean) => {
    now = 0;
    screen = new Screen();
    return new Progress({ stream: screen, moving, colours: createColors(false), now: () => now });
  };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test("GIVEN no terminal THEN there is one line for each thing that ended, in columns", () => {
    const plain = progress(false);
    plain.align(["dev-data", "dev-network"]);
    plain.start("dev-data", "planning");
    plain.start("dev-network", "planning");
    plain.update("dev-data", "reading");
    now = 1200;
    plain.finish("dev-data", "done", "1 to add");
    plain.finish("dev-network", "failed", "Invalid value");
    plain.finish("dev-release", "skipped", "not started");
    jest.advanceTimersByTime(1000);
    expect(screen.lines).toEqual([
      "  ✓ dev-data     1 to add  1.2 s",
      "  ✗ dev-network  Invalid value  1.2 s",
      "  – dev-release  not started",
    ]);
  });

  test("GIVEN a terminal THEN what runs is redrawn below what ended, cut to its width", () => {
    const moving = progress(true);
    moving.start("dev-data", "planning");
    moving.start("prod", "planning");
    moving.update("dev-data", `reading ${"x".repeat(80)}`);
    now = 500;
    jest.advanceTimersByTime(100);
    expect(screen.lines).toHaveLength(2);
    expect(screen.lines[0]).toMatch(/^ {2}⠙ dev-data {2}reading x+… {2}0\.5 s$/);
    expect(Math.max(...screen.lines.map((line) => line.length))).toBeLessThanOrEqual(screen.columns);

    moving.line("a note");
    moving.finish("dev-data", "done", "no changes");
    expect(screen.lines).toEqual(["a note", "  ✓ dev-data  no changes  0.5 s", "  ⠙ prod  planning  0.5 s"]);
    moving.clear();
    expect(screen.lines).toEqual(["a note", "  ✓ dev-data  no changes  0.5 s"]);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe("times", () => {
  test.each([
    [0.04, "0.0 s"],
    [12.34, "12.3 s"],
    [99.96, "1 min 40 s"],
    [125, "2 min 5 s"],
  ])("GIVEN %d seconds THEN %s", (seconds, text) => expect(secondsText(seconds)).toBe(text));

  test.each([
    [500, "1 s"],
    [119_000, "119 s"],
    [300_000, "5 min"],
    [3 * 3_600_000, "3 h"],
    [50 * 3_600_000, "2 days"],
    [-5, "0 s"],
  ])("GIVEN something %d ms ago THEN its age is %s", (ms, text) => expect(ageText(ms)).toBe(text));
});
