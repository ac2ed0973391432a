# The web function of fetch.cjs on workerd. The command line gives the address to listen on.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "function", worker = .function)],
  sockets = [(name = "http", http = (), service = "function")],
);

const function :Workerd.Worker = (
  modules = [(name = "function.mjs", esModule = embed "../.cache/workerd/function.mjs")],
  compatibilityDate = "2026-11-01",
);
