import { readLockInfo } from "./lock-info";
import { readMessage, readPlainDiagnostics } from "./messages";

describe("Terraform's messages", () => {
  test("GIVEN lines that are none THEN they are passed over", () => {
    const lines = [
      "",
      "There are some problems with the CLI configuration:",
      "{",
      "null",
      '{"type":1}',
      "[1]",
    ];
    expect(lines.map(readMessage)).toEqual(lines.map(() => undefined));
    expect(readMessage('{"@level":"info","@message":"hello","type":"version"}')).toMatchObject({
      type: "version",
    });
  });

  test("GIVEN errors in boxes THEN each has its headline and its text", () => {
    const text = `
Initializing the backend...
╷
│ Warning: Deprecated option
│ 
│ Use the other one.
╵
╷
│ Error: Failed to get existing workspaces
│ 
│   on cdk.tf.json line 3:
│ 
│ The bucket is gone.
╵
`;
    expect(readPlainDiagnostics(text)).toEqual([
      { severity: "warning", summary: "Deprecated option", detail: "Use the other one." },
      {
        severity: "error",
        summary: "Failed to get existing workspaces",
        detail: "on cdk.tf.json line 3:\n\nThe bucket is gone.",
      },
    ]);
  });

  test("GIVEN an error without a box THEN it is read as well", () => {
    expect(readPlainDiagnostics("Error: No such plan\n\nIt is gone.\n")).toEqual([
      { severity: "error", summary: "No such plan", detail: "It is gone." },
    ]);
  });

  test("GIVEN who holds a lock THEN every part is read", () => {
    const detail = `Error message: writing "gs://b/data/default.tflock" failed: 412
Lock Info:
  ID:        1763726400000001
  Path:      gs://b/data/default.tflock
  Operation: OperationTypeApply
  Who:       ann@laptop
  Version:   1.11.4
  Created:   2026-11-21 12:00:00.123456789 +0000 UTC
  Info:      

Terraform acquires a state lock.`;
    expect(readLockInfo(detail)).toEqual({
      id: "1763726400000001",
      path: "gs://b/data/default.tflock",
      operation: "OperationTypeApply",
      who: "ann@laptop",
      created: new Date("2026-11-21T12:00:00Z"),
    });
    expect(readLockInfo("Lock Info:\n  ID: 7\n")).toEqual({ id: "7" });
    expect(readLockInfo("nothing of the kind")).toBeUndefined();
  });
});
