const { createApp } = require("./app.js");

const server = createApp(process.env).listen(Number(process.env.PORT ?? 8080));

// App Engine ends an instance with this signal: requests that have begun are answered first.
process.once("SIGTERM", () => server.close());
