package dev.snowshed.core.admission;

/**
 * The answer to one request: it runs now and holds a {@link Permit}, it waits and holds a {@link
 * Ticket}, or there is a {@link Rejection}.
 */
public sealed interface Admission permits Permit, Ticket, Rejection {}
