// npm run docs: writes the documents that are made from the code.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bundle, root } from "../../bootstrap/bundle.mjs";

const { configDocument } = createRequire(import.meta.url)(
  await bundle("docs/generate/config-document.ts", "dist/config-document.cjs"),
);
writeFileSync(join(root, "docs/infra/config.md"), configDocument(root));
