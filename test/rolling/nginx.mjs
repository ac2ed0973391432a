// nginx in front of replicas, with connections that it keeps open to them.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Whether nginx is there to be run. */
export function hasNginx() {
  return spawnSync('nginx', ['-v']).status === 0;
}

/**
 * Starts nginx.
 *
 * @param keepAlive how long it keeps idle connections to replicas; 60 s is nginx's own default
 * `end()` stops it and gives one entry for each request that it passed on. */
export function startNginx(directory, port, replicaPorts, keepAlive = '60s') {
  mkdirSync(path.join(directory, 'temp'), { recursive: true });
  const file = path.join(directory, 'nginx.conf');
  writeFileSync(file, configuration(directory, port, replicaPorts, keepAlive));
  const child = spawn('nginx', ['-p', directory, '-c', file], { stdio: 'inherit' });
  const exited = once(child, 'exit');
  return {
    async end() {
      child.kill('SIGQUIT');
      await exited;
      return readFileSync(path.join(directory, 'access.log'), 'utf8')
        .trim()
        .split('\n')
        .map(parseLine);
    },
    kill: () => child.kill('SIGKILL'),
  };
}

// max_fails=0: a replica is asked again as soon as it is back, as a readiness probe would have it.
function configuration(directory, port, replicaPorts, keepAlive) {
  const servers = replicaPorts.map((replica) => `server 127.0.0.1:${replica} max_fails=0;`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/temp/${name};`,
  );
  return `
daemon off;
worker_processes 1;
pid ${directory}/nginx.pid;
error_log ${directory}/error.log warn;
events { worker_connections 1024; }
http {
  ${temporary.join('\n  ')}
  log_format upstream '$request_method|$status|$upstream_addr|$upstream_bytes_sent';
  access_log ${directory}/access.log upstream;
  upstream function {
    ${servers.join('\n    ')}
    keepalive 64;
    keepalive_timeout ${keepAlive};
  }
  server {
    listen 127.0.0.1:${port};
    keepalive_requests 1000000;
    location / {
      proxy_pass http://function;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`;
}

/** One request: who was asked, and how many bytes each of them was sent. */
function parseLine(line) {
  const [method, status, addresses, sent] = line.split('|');
  return {
    method,
    status: Number(status),
    attempts: addresses.split(', ').length,
    // A replica that took bytes and did not answer lost a request, even where nginx asked another.
    lost: sent
      .split(', ')
      .slice(0, -1)
      .some((bytes) => Number(bytes) > 0),
  };
}
