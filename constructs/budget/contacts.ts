import {
  EssentialContactsContact,
  type EssentialContactsContactConfig,
} from "@cdktf/provider-google/lib/essential-contacts-contact";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** What Google writes to a project's people about. */
const categories = {
  billing: "BILLING",
  legal: "LEGAL",
  "product-updates": "PRODUCT_UPDATES",
  security: "SECURITY",
  suspension: "SUSPENSION",
  technical: "TECHNICAL",
} as const;

/** A subject of Google's letters. */
export type ContactSubject = keyof typeof categories;

/** Props of `Contacts`. */
export interface ContactsProps
  extends Transformable<{
    /** Each of the contacts. */
    contact: EssentialContactsContactConfig;
  }> {
  /** Who is written to about what; a list or a group rather than a person. */
  readonly people: readonly {
    readonly email: string;
    readonly about: readonly ContactSubject[];
  }[];
  /** Language of the letters, as in BCP 47. @default "en" */
  readonly language?: string;
}

/**
 * Who Google writes to about this project: without contacts, its owners, who may have left.
 *
 * @throws UserError when an address is none or stands twice, or somebody is written to about nothing
 * @see https://cloud.google.com/resource-manager/docs/managing-notification-contacts
 */
export class Contacts extends Construct {
  constructor(scope: Construct, id: string, props: ContactsProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.createContacts(props);
  }

  private validate({ people, language = "en" }: ContactsProps): void {
    const addresses = people.map(({ email }) => email.toLowerCase());
    refuse(this, "the contacts", [
      check(people.length > 0, "people", "none", "at least one"),
      check(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language), "language", language, "a language such as en"),
      ...people.flatMap(({ email, about }, index) => [
        check(/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email), `people[${index}].email`, email, "an e-mail address"),
        check(
          addresses.indexOf(email.toLowerCase()) === index,
          `people[${index}].email`,
          email,
          "each address once",
        ),
        check(
          about.length > 0 && new Set(about).size === about.length,
          `people[${index}].about`,
          about,
          "at least one subject, each once",
        ),
      ]),
    ]);
  }

  private createContacts({ people, language = "en", transform }: ContactsProps): void {
    for (const { email, about } of people) {
      new EssentialContactsContact(
        this,
        email,
        transformed<EssentialContactsContactConfig>(
          {
            parent: `projects/${cloudOf(this).project}`,
            email,
            languageTag: language,
            notificationCategorySubscriptions: [...about].sort().map((subject) => categories[subject]),
          },
          transform?.contact,
        ),
      );
    }
  }
}
