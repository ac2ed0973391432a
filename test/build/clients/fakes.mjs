// What the clients talk to in place of the services: one server of HTTP, one of gRPC.
import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';

/** Starts both. `env` tells the functions where they are. */
export async function startFakes() {
  const server = http.createServer(answerHttp).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { grpc, port } = await startGrpc();
  return {
    env: {
      FAKE_HTTP: `http://127.0.0.1:${server.address().port}`,
      FAKE_GRPC: `127.0.0.1:${port}`,
      // The clients of Google ask for no credentials of emulators.
      STORAGE_EMULATOR_HOST: `http://127.0.0.1:${server.address().port}`,
      PUBSUB_EMULATOR_HOST: `127.0.0.1:${port}`,
      FIRESTORE_EMULATOR_HOST: `127.0.0.1:${port}`,
    },
    close() {
      server.closeAllConnections();
      server.close();
      grpc.forceShutdown();
    },
  };
}

/** S3 and Storage keep one object, OpenAI says one sentence. */
let stored = Buffer.alloc(0);

async function answerHttp(req, res) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const json = (value) => {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(value));
  };
  if (req.url.startsWith('/chat/completions')) {
    json({ id: '1', object: 'chat.completion', choices: [{ message: { content: 'said' } }] });
  } else if (req.url === '/json') {
    json({ text: 'fetched' });
  } else if (req.url.startsWith('/upload/')) {
    // multipart/related: the metadata, then the content.
    stored = Buffer.from(/\r\n\r\n([^\r]*)\r\n--[^\r]*--\r?\n?$/.exec(body.toString())[1]);
    json({ kind: 'storage#object', name: 'k', bucket: 'b', size: String(stored.length) });
  } else if (req.method === 'PUT') {
    // aws-chunked: the length in hexadecimal, the bytes, a trailer.
    const chunked = /^[0-9a-f]+(?:;[^\r]*)?\r\n([^\r]*)\r\n/.exec(body.toString());
    stored = chunked === null ? body : Buffer.from(chunked[1]);
    res.setHeader('ETag', '"1"');
    res.end();
  } else {
    res.setHeader('Content-Type', 'application/octet-stream');
    res.setHeader('Content-Length', stored.length);
    res.end(stored);
  }
}

async function startGrpc() {
  const require = createRequire(import.meta.url);
  const { Server, ServerCredentials } = require('@grpc/grpc-js');
  const grpc = new Server();
  grpc.addService(serviceOf('/google.pubsub.v1.Publisher/', { Publish: {} }), {
    // PublishResponse: message_ids = 1
    Publish: (_, done) => done(null, Buffer.from([0x0a, 2, 0x34, 0x32])),
  });
  const methods = { BatchGetDocuments: { responseStream: true }, Commit: {} };
  grpc.addService(serviceOf('/google.firestore.v1.Firestore/', methods), {
    BatchGetDocuments(call) {
      call.write(foundDocument());
      call.end();
    },
    // CommitResponse: write_results = 1 { update_time = 1 }, commit_time = 2
    Commit: (_, done) =>
      done(null, Buffer.concat([field(1, field(1, timestamp())), field(2, timestamp())])),
  });
  const port = await new Promise((resolve, reject) => {
    grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { grpc, port };
}

/** A service whose messages stay bytes. */
function serviceOf(prefix, methods) {
  const same = (bytes) => bytes;
  const entries = Object.entries(methods).map(([name, more]) => [
    name,
    {
      path: prefix + name,
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
      ...more,
    },
  ]);
  return Object.fromEntries(entries);
}

/** BatchGetDocumentsResponse: found = 1 { name = 1, fields = 2, create_time = 3, update_time = 4 }, read_time = 4 */
function foundDocument() {
  const name = 'projects/p/databases/(default)/documents/a/b';
  // A map's entry: key = 1, value = 2 { string_value = 17 }
  const entry = Buffer.concat([
    field(1, Buffer.from('text')),
    field(2, field(17, Buffer.from('read'))),
  ]);
  const document = [
    field(1, Buffer.from(name)),
    field(2, entry),
    field(3, timestamp()),
    field(4, timestamp()),
  ];
  return Buffer.concat([field(1, Buffer.concat(document)), field(4, timestamp())]);
}

/** seconds = 1 */
function timestamp() {
  return Buffer.from([0x08, 1]);
}

/** A field of bytes: its number and type 2 as a varint, its length, the bytes. */
function field(number, bytes) {
  const tag = (number << 3) | 2;
  const head = tag < 128 ? [tag] : [(tag & 127) | 128, tag >> 7];
  return Buffer.concat([Buffer.from([...head, bytes.length]), bytes]);
}
