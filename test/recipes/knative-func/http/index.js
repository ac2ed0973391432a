const handle = async (context, body) => {
  context.log.info('query', context.query);
  if (context.method === 'POST' && body?.name === undefined) {
    return { statusCode: 422, body: { error: 'a name is missing' } };
  }
  return { body: `Hello, ${body?.name ?? context.name ?? 'World'}!`, headers: { 'x-by': 'func' } };
};

module.exports = { handle };
