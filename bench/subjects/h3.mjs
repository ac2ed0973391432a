import { serve } from 'h3';
import app from './h3-app.mjs';

serve(app, { port: Number(process.env.PORT), hostname: '127.0.0.1', silent: true });
