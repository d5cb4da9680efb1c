/**
 * The algorithms that the host's controller is compared with: real libraries where they can be
 * driven in virtual time, else ports by formula from published sources. Each has one limit for the
 * whole host, as it is deployed in front of a server.
 */
@NullMarked
package dev.snowshed.simulation.peer;

import org.jspecify.annotations.NullMarked;
