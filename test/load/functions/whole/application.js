module.exports = {
  fetch: () => new Response('whole'),
};
