import { serve } from 'srvx';
import { web } from './fetch.cjs';

serve({
  port: Number(process.env.PORT),
  hostname: '127.0.0.1',
  silent: true,
  fetch: web.fetch,
});
