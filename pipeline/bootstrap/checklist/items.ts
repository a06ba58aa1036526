import type { ChecklistItem } from "./item";

/**
 * Everything that code can't do, in the order in which it is done. `groundwork bootstrap ENV --checklist` shows it with the
 * present values, and `docs/runbooks/bootstrap.md` is made from it.
 */
export const checklist: readonly ChecklistItem[] = [
  {
    id: "organisation",
    title: "Google organisation and its first administrator",
    why: "An organisation belongs to a directory (Cloud Identity or Workspace); somebody has to own it before there is anything to sign in to.",
    how: [
      "Sign up for Cloud Identity or Workspace with the domain, and sign in to the Cloud console once.",
      "Give the people who bootstrap `roles/resourcemanager.organizationAdmin`, `roles/orgpolicy.policyAdmin` and `roles/resourcemanager.projectCreator` on the organisation, for as long as it takes.",
      "Admin console → Account → Account settings shows the customer id.",
    ],
    inputs: [
      { file: "organisation", path: "google.customerId" },
      { file: "organisation", path: "domain" },
      { file: "organisation", path: "contacts" },
    ],
    verify: "`gcloud organizations list` shows the domain and the same `DIRECTORY_CUSTOMER_ID`",
    before: "bootstrap",
  },
  {
    id: "billing",
    title: "Billing account",
    why: "Somebody has to accept terms and give a means of payment.",
    how: [
      "Make the account in the console under Billing, or take the organisation's.",
      "Give who bootstraps `roles/billing.user` (to link projects) and `roles/billing.costsManager` (for budgets) on it.",
    ],
    inputs: [{ file: "organisation", path: "google.billingAccount" }],
    verify: "`gcloud billing accounts describe BILLING_ACCOUNT` says `open: true`",
    before: "bootstrap",
  },
  {
    id: "project",
    title: "Google Cloud project, paid for",
    why: "Project ids are unique in the world and are never given back: a person chooses, once.",
    how: [
      "`gcloud projects create PROJECT --organization ORGANISATION_ID`",
      "`gcloud billing projects link PROJECT --billing-account BILLING_ACCOUNT`",
      "`gcloud services enable cloudresourcemanager.googleapis.com serviceusage.googleapis.com --project PROJECT`",
      "`gcloud storage service-agent --project PROJECT`, which makes the account that the buckets' key is granted to",
    ],
    inputs: [
      { file: "environment", path: "project" },
      { file: "environment", path: "stateBucket" },
    ],
    verify: "`gcloud billing projects describe PROJECT` says `billingEnabled: true`",
    before: "bootstrap",
  },
  {
    id: "github",
    title: "Repository on GitHub and its environments",
    why: "Workflows sign in by the numbers of the owner and the repository, which only GitHub hands out; reviewers of an environment are people.",
    how: [
      "`gh api users/OWNER --jq .id`, and `gh api repos/OWNER/REPOSITORY --jq .id`",
      "Settings → Environments: `ENV` and `ENV-plan`; for production, required reviewers, and main as the only branch.",
      "Variables and secrets as docs/infra/pipeline.md lists them under Set up once; `GROUNDWORK_DIGEST_KEY` is `openssl rand -hex 32`.",
    ],
    inputs: [
      { file: "organisation", path: "github.owner" },
      { file: "organisation", path: "github.repository" },
      { file: "organisation", path: "github.ownerId" },
      { file: "organisation", path: "github.repositoryId" },
    ],
    verify:
      "`gh api repos/OWNER/REPOSITORY/environments --jq '.environments[].name'` lists `ENV` and `ENV-plan`",
    before: "bootstrap",
  },
  {
    id: "atlas",
    title: "Atlas organisation, federation and first API key",
    why: "Atlas has no API before there is an organisation, and the pinned provider signs in with an API key only.",
    how: [
      "Make the organisation at cloud.mongodb.com, with billing; its settings show the id.",
      "Organization → Federation: a workload identity provider with issuer `https://accounts.google.com`, audience the organisation's domain, user claim `sub`; connect it to the organisation.",
      "Organization → Access Manager → API Keys: one key per environment, Organization Project Creator; access list: the addresses of CI.",
      "Put the pair into the GitHub environments `ENV` and `ENV-plan` (there one that only reads), as secrets `MONGODB_ATLAS_PUBLIC_API_KEY` and `MONGODB_ATLAS_PRIVATE_API_KEY`, and nowhere else; who applies by hand sets the same variables.",
    ],
    inputs: [
      { file: "organisation", path: "atlas.organisationId" },
      { file: "organisation", path: "atlas.identityProviderId" },
    ],
    verify: "`groundwork plan ENV-data --target cloud` plans without an error of sign-in",
    before: "data",
  },
  {
    id: "compliance",
    title: "Sign-off of the backup compliance policy",
    why: "Once it is on, nobody can turn it off or shorten what is kept, MongoDB's support included: a person with authority has to want that.",
    how: [
      "Read `docs/infra/policies.md`, rules S21 and P7, and what the policy would fix for years.",
      'Have it signed off in writing; name who signed and where it is filed. Without it, leave `compliance` at `"none"`.',
    ],
    inputs: [{ file: "environment", path: "atlas.backups.compliance" }],
    verify: "the reference leads to the sign-off",
    before: "data",
  },
  {
    id: "firebase",
    title: "Firebase terms",
    why: "The terms have to be accepted by a person, in the console, before Firebase can be added to a project.",
    how: [
      "Sign in at console.firebase.google.com as somebody with Owner or Editor on PROJECT.",
      "Choose Add project → PROJECT, accept the terms, and stop before the last step: code adds the rest.",
    ],
    inputs: [{ file: "environment", path: "sites" }],
    verify: "`groundwork apply ENV-platform --target cloud` makes `google_firebase_project` without 403",
    before: "platform",
  },
  {
    id: "oauth",
    title: "OAuth consent screen and client for Identity-Aware Proxy",
    why: "The API that made them is shut down; what is left is the console.",
    how: [
      "Google Auth Platform of PROJECT: Internal, the organisation's name and support address.",
      "Clients → Create client → Web application; redirect `https://iap.googleapis.com/v1/oauth/clientIds/CLIENT_ID:handleRedirect`",
      "Turn Identity-Aware Proxy on for App Engine with it. The client's secret is entered there and nowhere else.",
    ],
    inputs: [{ file: "environment", path: "appEngine.iap" }],
    verify: "`curl -sI https://PROJECT.REGION_CODE.r.appspot.com` answers 302 to accounts.google.com",
    before: "platform",
  },
  {
    id: "domains",
    title: "Domains: verified, and delegated",
    why: "Google wants proof from whoever keeps the domain, and only its registrar can point it to the zone.",
    how: [
      "Verify the domain at search.google.com/search-console, by a TXT record, as one who applies; add the apply accounts as owners.",
      "After the first apply of `ENV-network`: `gcloud dns managed-zones describe ENV-zone --project PROJECT`, and enter its name servers at the registrar.",
      "If issuance of certificates is restricted by CAA records, allow `pki.goog`.",
    ],
    inputs: [
      { file: "environment", path: "network.zone" },
      { file: "environment", path: "sites" },
      { file: "environment", path: "apis" },
      { file: "environment", path: "appEngine.domains" },
    ],
    verify: "`dig NS` of the zone's name answers Google's name servers",
    before: "release",
  },
  {
    id: "channels",
    title: "PagerDuty, telephone and Slack",
    why: "Their channels hold a token, which would stand in the state; they are made by hand and named here.",
    how: [
      "Monitoring → Alerting → Edit notification channels in PROJECT: PagerDuty with its integration key, mobile devices, Slack after its sign-in.",
      "`gcloud beta monitoring channels list --project PROJECT --format 'value(name,displayName)'`",
      "Atlas → Project → Integrations → PagerDuty, with a key of its own; its id is in the list of integrations.",
    ],
    inputs: [
      { file: "environment", path: "observability.channels" },
      { file: "environment", path: "observability.atlasPagerDuty" },
    ],
    verify: "a test notification, sent channel by channel, arrives",
    before: "observability",
  },
];
