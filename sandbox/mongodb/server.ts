import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Documents } from "../store/documents";

export interface MongoServerOptions {
  documents: Documents;
  /** Password that clients sign in with (user name: anything), by mechanism PLAIN. @default - nobody has to */
  token?: string;
  /** Told about errors of the server itself. @default - they are only answered */
  onError?: (error: unknown) => void;
}

export interface MongoServer {
  port: number;
  close(): Promise<void>;
}

/**
 * A little MongoDB on the loopback interface: databases, collections and documents that last, for the drivers that previews
 * are made with. It knows no indexes, no transactions and few operators, and says so.
 */
export async function startMongoServer(options: MongoServerOptions): Promise<MongoServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    // Loaded when it is needed: most work with the sandbox never asks a database.
    void import("./converse").then(({ converse }) => converse(socket, options));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
