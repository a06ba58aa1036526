// The victim of the kill test: writes transactions as fast as it can, several at once, and says which are done.
import { writeSync } from "node:fs";
import { openStore } from "./open-store";

/** Objects written by each transaction. */
const OBJECTS_PER_TRANSACTION = 5;

async function main(folder: string): Promise<void> {
  const store = openStore(folder);
  const write = async (): Promise<void> => {
    for (;;) {
      const number = await store.transact((cloud) => {
        const id = cloud.next("transactions");
        for (let part = 0; part < OBJECTS_PER_TRANSACTION; part++) {
          cloud.put({
            type: "trial",
            id: `${id}/${part}`,
            attributes: { filler: "x".repeat((id * 37) % 5_000) },
          });
        }
        cloud.putFact(`done/${id}`, { id });
        return id;
      });
      writeSync(1, `${number}\n`);
    }
  };
  await Promise.all([write(), write(), write()]);
}

void main(process.argv[2] ?? "");
