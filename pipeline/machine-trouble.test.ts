import { writeFileSync } from "node:fs";
import { machineTrouble } from "./machine-trouble";

test("GIVEN what the machine refuses THEN it is told; GIVEN a bug THEN it stays one", () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
    code: "ENOSPC",
    syscall: "write",
  });
  expect(machineTrouble(full)).toBe("No space is left on the disk: write (ENOSPC).");
  expect(machineTrouble(thrownBy(() => writeFileSync("/dev/full", "x")))).toContain("No space is left");
  expect(machineTrouble(thrownBy(() => writeFileSync("/dev/null/x", "x")))).toBeUndefined();
  expect(machineTrouble(new TypeError("x is not a function"))).toBeUndefined();
});

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
