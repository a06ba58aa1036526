/** What the bootstrap version consists of: a server that knows no page. Changing it would redeploy it in place. */
export const bootstrapFiles = [
  {
    name: "server.js",
    type: "text/javascript",
    content: `const http = require("node:http");
http
  .createServer((request, response) => {
    response.writeHead(404, { "content-type": "text/plain" });
    response.end("Nothing has been released here yet.\\n");
  })
  .listen(process.env.PORT || 8080);
`,
  },
  {
    name: "package.json",
    type: "application/json",
    content: `{ "name": "bootstrap", "version": "1.0.0", "private": true }\n`,
  },
] as const;
