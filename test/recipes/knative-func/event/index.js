const { CloudEvent } = require('cloudevents');

const handle = async (context, event) => {
  context.log.info('event', event.id);

  return new CloudEvent({
    source: 'function',
    type: 'function.response',
    data: { message: `Hello, ${event.data.name}!` },
  });
};

module.exports = { handle };
