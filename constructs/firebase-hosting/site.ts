import {
  GoogleFirebaseHostingSite,
  type GoogleFirebaseHostingSiteConfig,
} from "@cdktf/provider-google-beta/lib/google-firebase-hosting-site";
import {
  GoogleFirebaseWebApp,
  type GoogleFirebaseWebAppConfig,
} from "@cdktf/provider-google-beta/lib/google-firebase-web-app";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { firebase } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { FirebaseProjectLike } from "./firebase-project";

/** A site, made here or in another stack. */
export interface SiteLike {
  readonly siteId: string;
  /** What must be there before a domain is. @default - made before, by another stack */
  readonly resource?: ITerraformDependable;
}

/** A site that another stack makes. */
export function siteByName(siteId: string): SiteLike {
  return { siteId };
}

/** Props of `Site`. */
export interface SiteProps
  extends Transformable<{ webApp: GoogleFirebaseWebAppConfig; site: GoogleFirebaseHostingSiteConfig }> {
  /** Unique in the world, 6 to 30 characters: part of `<id>.web.app`. Can't change. */
  readonly siteId: string;
  /** Name of the web app in the console. */
  readonly title: string;
  readonly project: FirebaseProjectLike;
}

/**
 * A Firebase Hosting site and the web app that it serves. Content is deployed by the Firebase command line; Terraform
 * can't.
 *
 * @throws UserError when the id is none
 */
export class Site extends Construct implements SiteLike {
  readonly siteId: string;
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    this.validate(props);
    this.siteId = props.siteId;
    this.resource = this.createSite(props, this.createWebApp(props));
  }

  private validate({ siteId }: SiteProps): void {
    refuse(this, `site ${siteId}`, [
      checkName(
        siteId,
        /^[a-z0-9]([a-z0-9-]{4,28})[a-z0-9]$/,
        "siteId",
        "6 to 30 lowercase letters, digits and hyphens, no hyphen first or last",
      ),
    ]);
  }

  private createWebApp({ title, project, transform }: SiteProps): GoogleFirebaseWebApp {
    return new GoogleFirebaseWebApp(
      this,
      "web-app",
      transformed<GoogleFirebaseWebAppConfig>(
        {
          provider: firebase(this),
          displayName: title,
          deletionPolicy: "DELETE",
          dependsOn: [project.resource],
        },
        transform?.webApp,
      ),
    );
  }

  private createSite({ siteId, transform }: SiteProps, webApp: GoogleFirebaseWebApp): ITerraformDependable {
    return new GoogleFirebaseHostingSite(
      this,
      "site",
      transformed<GoogleFirebaseHostingSiteConfig>(
        { provider: firebase(this), siteId, appId: webApp.appId },
        transform?.site,
      ),
    );
  }
}
