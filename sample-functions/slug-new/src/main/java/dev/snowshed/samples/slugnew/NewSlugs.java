package dev.snowshed.samples.slugnew;

import com.github.slugify.Slugify;
import dev.snowshed.function.Configuration;
import dev.snowshed.function.Function;
import dev.snowshed.function.OnStart;
import java.util.Locale;

/**
 * Turns titles into the last part of a link, by the rules of one language.
 *
 * <p>Needs the builder of slugify 3, which slugify 2 in {@code slug-old} does not have.
 */
public final class NewSlugs {
  private volatile Slugify slugify;

  /**
   * Reads the setting {@code language}: a language tag such as {@code de}, which is the default.
   */
  @OnStart
  public void start(Configuration configuration) {
    Locale language = Locale.forLanguageTag(configuration.get("language", "de"));
    slugify = Slugify.builder().locale(language).build();
  }

  /** Makes a slug: in German, "Grüße aus Århus" becomes "gruesse-aus-arhus". */
  @Function(name = "slug-new", timeout = "2s")
  public String slug(String title) {
    return slugify.slugify(title);
  }
}
