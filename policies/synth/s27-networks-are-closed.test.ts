import { judgedBy } from "../testing";
import { networksAreClosed } from "./s27-networks-are-closed";

const rule = (more = {}) => ({
  "google_compute_firewall.f": {
    source_ranges: ["0.0.0.0/0"],
    allow: [{ protocol: "tcp", ports: ["443"] }],
    ...more,
  },
});

describe("S27", () => {
  test("GIVEN no network WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(networksAreClosed, {})).toEqual("not applicable");
  });

  test("GIVEN a network of its own WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(networksAreClosed, {
        "google_compute_network.n": { name: "prod", auto_create_subnetworks: false },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN HTTPS for everybody, SSH for administrators WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(networksAreClosed, {
        ...rule(),
        "google_compute_firewall.g": {
          source_ranges: ["35.235.240.0/20"],
          allow: [{ protocol: "tcp", ports: ["22"] }],
        },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN outward WHEN judged THEN it is compliant", () => {
    expect(judgedBy(networksAreClosed, rule({ direction: "EGRESS", allow: [{ protocol: "all" }] }))).toEqual(
      "compliant",
    );
  });

  test("GIVEN the default network WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(networksAreClosed, { "google_compute_network.n": { name: "default" } })).toEqual([
      "auto_create_subnetworks",
      "name",
    ]);
  });

  test("GIVEN a project that makes it WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(networksAreClosed, { "google_project.p": {} })).toEqual(["auto_create_network"]);
  });

  test("GIVEN SSH and RDP in a range of ports WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(networksAreClosed, rule({ allow: [{ protocol: "tcp", ports: ["20-4000"] }] }))).toEqual([
      "source_ranges",
      "source_ranges",
    ]);
  });

  test("GIVEN everything, from nowhere in particular WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(networksAreClosed, rule({ source_ranges: null, allow: [{ protocol: "all" }] }))).toEqual([
      "source_ranges",
      "source_ranges",
    ]);
  });
});
