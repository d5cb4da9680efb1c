package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.fleet.Policy;
import java.util.function.Function;

/**
 * An autoscaler, and how the fleet that it sizes is run.
 *
 * @param name in tables and on the command line
 * @param policy how the fleet is run, by what a load test has shown
 * @param modelled whether its hosts have a traffic model, which costs time
 * @param autoscaler makes it
 */
record Contestant(
    String name,
    Function<LoadTest, Policy> policy,
    boolean modelled,
    Autoscaler.Factory autoscaler) {}
