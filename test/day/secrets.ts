/** The secrets that the jobs of a day get. None of them may be read anywhere. */
export const secrets = {
  MONGODB_ATLAS_PUBLIC_API_KEY: "qkzvwmtp",
  MONGODB_ATLAS_PRIVATE_API_KEY: "7d1c5b0e-93f4-4c55-8a6e-2f0b1d9c47aa",
  GROUNDWORK_DIGEST_KEY: "b5f00c6e0f3c4b8f9a4d1e7c2a6b3d58e19f7a0c4d2b6e8f1a3c5d7e9f0b2d4c",
};

/** What somebody plants in the code. */
export const planted = {
  token: ["ghp", "A7x9Qm2Zt5Lw8Vb3Nc6Kd1Rf4Yh0Js7Pg2Ue"].join("_"),
};
