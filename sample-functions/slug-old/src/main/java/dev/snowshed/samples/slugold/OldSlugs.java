package dev.snowshed.samples.slugold;

import com.github.slugify.Slugify;
import dev.snowshed.function.Function;

/**
 * Turns titles into the last part of a link, as the links of old articles were made.
 *
 * <p>Bound to slugify 2, which has one set of replacements for every language and a constructor
 * that slugify 3 took away. The old links must go on working, so this function stays with it, while
 * {@code slug-new} uses slugify 3 beside it.
 */
public final class OldSlugs {
  private final Slugify slugify = new Slugify();

  /** Makes a slug: "Ærlig talt" becomes "aerlig-talt". */
  @Function(name = "slug-old", timeout = "2s")
  public String slug(String title) {
    return slugify.slugify(title);
  }
}
