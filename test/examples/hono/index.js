import { Hono } from 'hono';

const app = new Hono();

app.get('/', (c) => c.text('Hello from Hono'));
app.get('/orders/:id', (c) => c.json({ id: c.req.param('id') }));

export default app;
