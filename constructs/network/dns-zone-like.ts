/** A DNS zone that a construct can put its names into, whoever made it. */
export interface DnsZoneLike {
  /**
   * A name and what it leads to.
   *
   * @param id name of the record, unique in the zone
   */
  addRecord(id: string, record: NeededRecord): void;
}

/** A name that must be in DNS for something to work. */
export interface NeededRecord {
  /** The full name without a dot at the end: `api.shop.example`. */
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME" | "TXT";
  /** Addresses, the one name of a CNAME, or text; some are known only after the first apply. */
  readonly values: readonly string[];
}
