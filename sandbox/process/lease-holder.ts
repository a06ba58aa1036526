// A command of the tests: `node lease-holder.cjs OPTIONS`, options of acquireSandbox as JSON. Says on standard output
// what it got, holds the sandbox until its input ends, then says that it is done.
import { writeSync } from "node:fs";
import { type AcquireOptions, acquireSandbox } from "./client";

async function main(options: AcquireOptions): Promise<void> {
  const lease = await acquireSandbox(options);
  writeSync(1, `${JSON.stringify({ env: lease.env, status: lease.status })}\n`);
  void lease.lost.then(() => writeSync(1, "lost\n"));
  for await (const _ of process.stdin) {
    // Nothing is said to us before the end.
  }
  await lease.release();
}

main(JSON.parse(process.argv[2] ?? "{}")).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
