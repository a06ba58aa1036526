// On a fresh clone Jest knows no durations and goes by file size; the end-to-end tests are short files that take longest.
const { default: Sequencer } = require("@jest/test-sequencer");

const longest = [
  "/test/up.test.ts",
  "/test/delivery.test.ts",
  "/test/preview.test.ts",
  "/test/bootstrap.test.ts",
  "/sandbox/process/client.test.ts",
  "/sandbox/torture/torture.test.ts",
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = longest.findIndex((end) => path.endsWith(end));
      return at < 0 ? longest.length : at;
    };
    // Stable, so that everything else stays in Jest's order.
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
