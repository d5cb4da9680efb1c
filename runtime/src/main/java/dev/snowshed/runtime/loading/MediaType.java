package dev.snowshed.runtime.loading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A media type or range, as of RFC 9110, sections 8.3.1 and 12.5.1. Immutable.
 *
 * @param type lower case, or {@code *}
 * @param subtype lower case; may be {@code *} or start with {@code *+}
 * @param charset the {@code charset} parameter, or empty
 * @param quality the {@code q} parameter, between 0 and 1; 1 if there is none
 */
public record MediaType(String type, String subtype, String charset, double quality) {

  /** Reads a media type, or empty if it is malformed. */
  public static Optional<MediaType> parse(String text) {
    String[] parts = text.split(";", -1);
    String[] names = parts[0].strip().toLowerCase(Locale.ROOT).split("/", -1);
    if (names.length != 2 || !isToken(names[0]) || !isToken(names[1])) {
      return Optional.empty();
    }
    String charset = "";
    double quality = 1;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String name = equals < 0 ? "" : parts[i].substring(0, equals).strip();
      String value = parts[i].substring(equals + 1).strip().replace("\"", "");
      if (name.equalsIgnoreCase("charset")) {
        charset = value;
      } else if (name.equalsIgnoreCase("q")) {
        quality = quality(value);
      }
    }
    return Optional.of(new MediaType(names[0], names[1], charset, quality));
  }

  static MediaType require(String text) {
    return parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is not a media type such as text/markdown or text/*"));
  }

  /** Reads an {@code Accept} header; malformed members are left out. */
  public static List<MediaType> parseList(String header) {
    List<MediaType> list = new ArrayList<>();
    for (String member : header.split(",", -1)) {
      parse(member).ifPresent(list::add);
    }
    return list;
  }

  /** Whether this range covers a media type. */
  public boolean covers(MediaType other) {
    boolean typeFits = type.equals("*") || type.equals(other.type);
    boolean subtypeFits =
        subtype.equals("*")
            || subtype.equals(other.subtype)
            || (subtype.startsWith("*+") && other.subtype.endsWith(subtype.substring(1)));
    return typeFits && subtypeFits;
  }

  /** How specific this range is: 0 for any type, 1 for any subtype, 2 for one type. */
  private int specificity() {
    if (type.equals("*")) {
      return 0;
    }
    return subtype.startsWith("*") ? 1 : 2;
  }

  /** Whether a list of acceptable ranges lets a media type through. */
  public boolean acceptedBy(List<MediaType> ranges) {
    return qualityIn(ranges) > 0;
  }

  /**
   * How welcome a media type is, from 0, which refuses it, to 1: the most specific of the
   * acceptable ranges that cover it decides.
   */
  public double qualityIn(List<MediaType> ranges) {
    int best = -1;
    double quality = 0;
    for (MediaType range : ranges) {
      if (range.covers(this) && range.specificity() > best) {
        best = range.specificity();
        quality = range.quality;
      }
    }
    return quality;
  }

  @Override
  public String toString() {
    return type + "/" + subtype;
  }

  private static double quality(String value) {
    try {
      return Math.clamp(Double.parseDouble(value), 0, 1);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "!#$&-^_.+*".indexOf(c) >= 0);
  }
}
