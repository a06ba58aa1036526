import { readFileSync } from "node:fs";
import { UserError } from "@groundwork/user-error";
import { loadEnvironments } from "../environments/load";
import { previewRequestSchema } from "../environments/preview-request";
import { checked } from "../environments/problems";
import { synthesizePreview } from "./preview-synthesis";

/** Run by `bootstrap/preview-synth.mjs`, which says where the request is, and where the stack goes. */
const { GROUNDWORK_PREVIEW_REQUEST = "", CDKTF_OUTDIR = "" } = process.env;
const given: unknown = JSON.parse(readFileSync(GROUNDWORK_PREVIEW_REQUEST, "utf8"));
const { value: request, problems } = checked(previewRequestSchema, given, "preview");
if (!request) throw new UserError("The preview can't be synthesized.", problems);

const shared = loadEnvironments().find(({ environment }) => environment.stage === "preview");
if (!shared) {
  throw new UserError("There is nothing that previews could stand on.", [
    { field: "environments", found: "none of the stage preview", expected: "one" },
  ]);
}
synthesizePreview(shared, request, CDKTF_OUTDIR);
