package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.engine.Call;

/**
 * What a client wants.
 *
 * @param call its costs
 * @param retries how often it tries again, at most
 */
record Request(Call call, int retries) {}
