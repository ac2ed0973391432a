const { cloudEvent, NonRetryableError } = require('barefn');

// Returning acknowledges the event. Any error has the platform deliver it again, unless it says that trying
// again cannot help.
cloudEvent('onOrder', async (event) => {
  const { id, quantity } = event.data ?? {};
  if (quantity === undefined) throw new NonRetryableError(`Event ${event.id} has no quantity.`);
  console.log(`Order ${id}: ${quantity} pieces`);
});
