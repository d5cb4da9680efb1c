/** Results as tables for people and as data for programs. */
@NullMarked
package dev.snowshed.simulation.report;

import org.jspecify.annotations.NullMarked;
