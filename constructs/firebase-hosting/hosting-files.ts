import { firebaseJson } from "./firebase-json";
import type { HostingSettings } from "./hosting-settings";
import { type RuntimeValues, runtimeJson } from "./runtime-values";

/** What a site is deployed with. */
export interface HostingFilesProps {
  /** The site in Firebase Hosting. */
  readonly siteId: string;
  /** @default - a single page with strict headers, see `HostingSettings` */
  readonly settings?: HostingSettings;
  /** What the site reads at run time. @default - nothing: an empty object */
  readonly values?: RuntimeValues;
  /** Names of values that look like secrets and are none. @default - none */
  readonly publicValues?: readonly string[];
}

/**
 * The files that a site is deployed with, by name: `firebase.json` for the Firebase command line, and `config.json`,
 * which is put beside the built site. Nothing is written here; synthesis writes them to
 * `cdktf.out/hosting/<environment>/<site>/`.
 *
 * @throws UserError with everything that is wrong with the settings or the values
 */
export function hostingFiles({ siteId, settings, values = {}, publicValues }: HostingFilesProps): {
  readonly "firebase.json": string;
  readonly "config.json": string;
} {
  return {
    "firebase.json": firebaseJson(siteId, settings),
    "config.json": runtimeJson(values, publicValues),
  };
}
