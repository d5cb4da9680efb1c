package dev.snowshed.core.lifecycle;

import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a host tells the others of tickets, see {@link MemberBudget}. Both belong to one moment.
 *
 * @param own that of its wish to leave, as long as it wants to leave or has left
 * @param heard the greatest one that it has ever taken or heard of; 0 if there is none
 */
public record Tickets(OptionalLong own, long heard) {
  /** Neither. */
  public static final Tickets NONE = new Tickets(OptionalLong.empty(), 0);

  /** Checks that nothing is null. */
  public Tickets {
    Objects.requireNonNull(own, "own");
  }

  /** A ticket as text; empty for no text and for one that is no whole number. */
  public static OptionalLong parse(@Nullable String text) {
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
