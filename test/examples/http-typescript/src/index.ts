import { HttpError, http } from 'barefn';

interface Order {
  readonly id: number;
  readonly quantity: number;
}

// The type arguments say what `req.body` is; they check nothing at run time.
http<Order>('order', (req, res) => {
  const { id, quantity } = req.body;
  if (!(quantity > 0)) throw new HttpError(400, 'BAD_QUANTITY', 'Order at least one.');
  res.status(201).json({ id, total: quantity * 2 });
});
