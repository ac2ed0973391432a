// The web function that srvx and barefn serve, as the main module of workerd.
import functions from './fetch.cjs';

export default functions.web;
