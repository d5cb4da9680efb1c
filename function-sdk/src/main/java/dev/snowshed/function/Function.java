package dev.snowshed.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a function: a public method of a public class with a public no-argument constructor, or
 * a class of that kind that implements {@link Handler}.
 *
 * <p>The method takes at most one input and, optionally, a {@link Context}, in either order. Input
 * and output may be:
 *
 * <ul>
 *   <li>{@code String}: text, UTF-8 unless the request says otherwise;
 *   <li>{@code byte[]}: any bytes;
 *   <li>{@link Request} in, {@link Response} out: the raw exchange, with streaming bodies;
 *   <li>{@code io.cloudevents.CloudEvent}: binary or structured mode;
 *   <li>nothing ({@code void}): answered with 204;
 *   <li>any other class, record, enum, number, collection or map: JSON.
 * </ul>
 *
 * <p>An output may also be a {@link java.util.concurrent.CompletionStage} of one of these. One
 * instance of the class is made per load of the jar and serves calls concurrently, so it must be
 * thread-safe.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Function {

  /**
   * The function's name, unique on its host: {@code [a-z][a-z0-9-]{0,62}}. Served at {@code
   * /functions/{name}}.
   */
  String name();

  /**
   * How long one call may take, from the arrival of the request's head to the response: a whole
   * number and a unit of {@code ms}, {@code s}, {@code m} or {@code h}, between 1 ms and 24 h. A
   * caller may shorten it, never lengthen it. Default {@code 30s}.
   */
  String timeout() default "30s";

  /** The criticality of a request that does not carry its own. Default {@code CRITICAL}. */
  Criticality criticality() default Criticality.CRITICAL;

  /**
   * The largest request body accepted: a whole number and a unit of {@code B}, {@code KiB}, {@code
   * MiB} or {@code GiB}, or {@code unlimited}. Default {@code 1MiB}.
   */
  String maxBodySize() default "1MiB";

  /** Where calls run. Default {@code VIRTUAL_THREAD}. */
  Execution execution() default Execution.VIRTUAL_THREAD;

  /**
   * HTTP methods accepted, in upper case. Default: {@code POST} and {@code PUT} for a function with
   * an input, {@code GET} and {@code POST} for one without, every method for a raw {@link Request}.
   * {@code HEAD} comes with {@code GET}; {@code OPTIONS} is answered by the host.
   */
  String[] methods() default {};

  /**
   * Media types accepted as input, for example {@code text/markdown} or {@code text/*}. Default:
   * {@code application/json} and {@code application/*+json} for JSON, {@code text/*} for {@code
   * String}, anything for {@code byte[]} and {@link Request}.
   */
  String[] consumes() default {};

  /**
   * The media type of the output, for example {@code text/html}. Default: {@code application/json}
   * for JSON, {@code text/plain;charset=utf-8} for {@code String}, {@code application/octet-stream}
   * for {@code byte[]}. A {@link Response} states its own.
   */
  String produces() default "";
}
