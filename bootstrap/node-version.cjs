// Runs before everything else (`node -r`, or as the first import), so it is written for the oldest Node there is.
var found = process.versions.node.split(".");
var major = Number(found[0]);
var minor = Number(found[1]);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    "Groundwork needs Node.js 20.19 or newer, and this is " +
      process.versions.node +
      ": install a current one from https://nodejs.org/en/download and run the command again.\n",
  );
  process.exit(2);
}
