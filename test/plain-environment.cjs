const { devNull } = require("node:os");

/** What says where and for whom somebody works: tests say that themselves, or are about nobody saying it. */
const told =
  /^(CI|(GITHUB|RUNNER|ACTIONS|GROUNDWORK|TF|GOOGLE|CLOUDSDK|GCLOUD|STORAGE|FIREBASE|MONGODB|MCLI|CDKTF|GIT)_.*)$/;
/** Programs and servers that were found or started for the tests. */
const kept = new Set(["GROUNDWORK_TERRAFORM", "GROUNDWORK_TEST_MONGODB_URI"]);

/**
 * Makes an environment that of a new laptop: the suite means the same in a job of GitHub's, in a hook of Git's, beside a
 * configured cloud and with anybody's settings of Git. No credential is left for a test to find.
 *
 * @param {NodeJS.ProcessEnv} env is changed
 */
function plain(env) {
  for (const name of Object.keys(env)) if (told.test(name) && !kept.has(name)) delete env[name];
  Object.assign(env, { CHECKPOINT_DISABLE: "1", GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1" });
}

/** Called by Jest before it starts its workers, which inherit. */
module.exports = Object.assign(async () => plain(process.env), { plain });
