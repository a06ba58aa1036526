/** Something that a user can put right: printed without a stack trace. */
export class AuditProblem extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode 2: what is written here is wrong; 3: the registry could not be asked
   */
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}
