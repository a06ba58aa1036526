import { Interruption } from "./interruption";

describe("an interruption", () => {
  test("GIVEN two signals THEN the first asks, the second kills, and the exit code is the first one's", () => {
    const told: string[] = [];
    let now = 0;
    const interruption = new Interruption(
      (level) => told.push(level),
      () => now,
    );
    expect([interruption.exitCode, interruption.stop.aborted]).toEqual([undefined, false]);

    interruption.receive("SIGTERM");
    expect([interruption.stop.aborted, interruption.kill.aborted]).toEqual([true, false]);
    now = 800;
    interruption.receive("SIGINT");
    expect([interruption.stop.aborted, interruption.kill.aborted]).toEqual([true, true]);
    expect([interruption.exitCode, told]).toEqual([143, ["asked", "forced"]]);
  });

  test("GIVEN one Ctrl-C that npm passes on, and a terminal that goes away, THEN nothing is killed", () => {
    let now = 0;
    const interruption = new Interruption(undefined, () => now);
    interruption.receive("SIGINT");
    now = 20;
    interruption.receive("SIGINT");
    now = 5000;
    interruption.receive("SIGHUP");
    expect([interruption.kill.aborted, interruption.exitCode]).toEqual([false, 130]);
  });

  test("GIVEN a listener THEN it is gone once it is not needed", () => {
    const before = process.listenerCount("SIGINT");
    const interruption = new Interruption();
    interruption.listen();
    expect(process.listenerCount("SIGINT")).toBe(before + 1);
    interruption.ignore();
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});
