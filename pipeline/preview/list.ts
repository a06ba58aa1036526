import type { PreviewPlace, PreviewRecord } from "./contract";
import { PreviewRecords } from "./records";

/** A row of `preview list`. */
export interface ListedPreview {
  pr: number;
  /** `left over`: something of it lies in the state bucket, and nothing says what it was. */
  state: PreviewRecord["state"] | "left over";
  /** What is known of it; nothing of what is left over. */
  record?: PreviewRecord;
}

/** Every preview, by number. Only the state bucket is read: nothing waits for Terraform. */
export async function listPreviews({ bucket, loaded }: PreviewPlace): Promise<ListedPreview[]> {
  const records = new PreviewRecords(bucket(loaded.environment.stateBucket));
  const numbers = await records.numbers();
  return Promise.all(
    numbers.map(async ({ pr, hasRecord }): Promise<ListedPreview> => {
      const record = hasRecord ? await records.read(pr) : undefined;
      return record ? { pr, state: record.state, record } : { pr, state: "left over" };
    }),
  );
}
