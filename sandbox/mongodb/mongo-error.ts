/** A command that is refused. Codes: https://www.mongodb.com/docs/manual/reference/error-codes/ */
export class MongoError extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
  ) {
    super(message);
  }
}
