/** What a preview is built from when nobody hands it anything built: folders of this repository. */
export const previewSources: {
  /** By service: folder with its `package.json`. A service that is not here is previewed from a zip that is handed over. */
  readonly services: Readonly<Record<string, string>>;
  /** By site: folder with the built site. */
  readonly sites: Readonly<Record<string, string>>;
  /** Folder with `<collection>.json` for the preview's database; made-up data, never a copy. */
  readonly fixtures: string;
} = {
  // The sample answers for both; orders has a database.
  services: { default: "examples/service", orders: "examples/service" },
  sites: { storefront: "examples/site/public" },
  fixtures: "examples/fixtures",
};
