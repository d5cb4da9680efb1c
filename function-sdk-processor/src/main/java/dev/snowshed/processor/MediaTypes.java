package dev.snowshed.processor;

import java.util.regex.Pattern;

/** Checks the syntax of media types (RFC 9110, section 8.3.1, and RFC 6838, section 4.2). */
final class MediaTypes {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*";
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
  private static final String PARAMETER =
      "[ \\t]*;[ \\t]*" + TOKEN + "=(?:" + TOKEN + "|\"[^\"\\\\\\p{Cntrl}]*\")";
  private static final Pattern RANGE =
      Pattern.compile("\\*/\\*|" + NAME + "/(?:\\*(?:\\+" + NAME + ")?|" + NAME + ")");
  private static final Pattern TYPE = Pattern.compile(NAME + "/" + NAME + "(?:" + PARAMETER + ")*");

  private MediaTypes() {}

  /** Whether the text is a media type or range without parameters, such as {@code text/*}. */
  static boolean isRange(String text) {
    return RANGE.matcher(text).matches();
  }

  /** Whether the text is a media type, such as {@code text/html;charset=utf-8}. */
  static boolean isType(String text) {
    return TYPE.matcher(text).matches();
  }
}
