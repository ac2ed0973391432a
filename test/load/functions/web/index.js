const app = {
  fetch: (request) => new Response(request.url),
};

module.exports.default = app;
