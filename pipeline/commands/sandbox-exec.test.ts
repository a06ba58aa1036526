import { join } from "node:path";
import { chosenFolders } from "./sandbox-exec";

test("GIVEN -chdir THEN the sandbox looks for resource types there too", () => {
  expect(chosenFolders(["-chdir=/srv/stack", "plan", "-out=p"])).toEqual(["/srv/stack"]);
  expect(chosenFolders(["-chdir=stack", "plan"])).toEqual([join(process.cwd(), "stack")]);
  expect(chosenFolders(["plan", "-target=x"])).toEqual([]);
});
