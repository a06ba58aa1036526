// npm run docs: writes the documents that are made from the code.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bundle, root } from "../../bootstrap/bundle.mjs";

const load = createRequire(import.meta.url);
const { configDocument } = load(await bundle("docs/generate/config-document.ts", "dist/config-document.cjs"));
const { policiesDocument } = load(
  await bundle("docs/generate/policies-document.ts", "dist/policies-document.cjs"),
);
const { overviewDocument } = load(await bundle("docs/generate/architecture.ts", "dist/architecture.cjs"));
const { bootstrapDocument } = load(
  await bundle("docs/generate/bootstrap-document.ts", "dist/bootstrap-document.cjs"),
);
writeFileSync(join(root, "docs/infra/overview.md"), overviewDocument(root));
writeFileSync(join(root, "docs/runbooks/bootstrap.md"), bootstrapDocument(root));
writeFileSync(join(root, "docs/infra/config.md"), configDocument(root));
writeFileSync(join(root, "docs/infra/policies.md"), policiesDocument());
