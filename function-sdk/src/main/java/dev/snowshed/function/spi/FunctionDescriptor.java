package dev.snowshed.function.spi;

import dev.snowshed.function.Criticality;
import dev.snowshed.function.Execution;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What a function is called, takes, gives and needs. Immutable. */
public final class FunctionDescriptor {

  /** The {@link #maxBodyBytes} of a function that takes a body of any size. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private final String name;
  private final Payload input;
  private final Payload output;
  private final Duration timeout;
  private final Criticality criticality;
  private final long maxBodyBytes;
  private final Execution execution;
  private final List<String> methods;
  private final List<String> consumes;
  private final String produces;
  private final List<DependencyDescriptor> dependencies;

  private FunctionDescriptor(Builder builder) {
    this.name = builder.name;
    this.input = builder.input;
    this.output = builder.output;
    this.timeout = builder.timeout;
    this.criticality = builder.criticality;
    this.maxBodyBytes = builder.maxBodyBytes;
    this.execution = builder.execution;
    this.methods = builder.methods;
    this.consumes = builder.consumes;
    this.produces = builder.produces;
    this.dependencies = builder.dependencies;
  }

  /**
   * Starts a descriptor with every setting at the default of {@link
   * dev.snowshed.function.Function}.
   *
   * @param name the function's name
   * @return a builder
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** The function's name. */
  public String name() {
    return name;
  }

  /** What it takes. */
  public Payload input() {
    return input;
  }

  /** What it gives. */
  public Payload output() {
    return output;
  }

  /** How long one call may take. */
  public Duration timeout() {
    return timeout;
  }

  /** The criticality of a request that does not carry its own. */
  public Criticality criticality() {
    return criticality;
  }

  /** The largest request body in bytes; {@link #UNLIMITED} for any. */
  public long maxBodyBytes() {
    return maxBodyBytes;
  }

  /** Where calls run. */
  public Execution execution() {
    return execution;
  }

  /** The HTTP methods as declared; empty for the default. */
  public List<String> methods() {
    return methods;
  }

  /** The media types accepted as declared; empty for the default. */
  public List<String> consumes() {
    return consumes;
  }

  /** The media type of the output as declared; empty for the default. */
  public String produces() {
    return produces;
  }

  /** The dependencies as declared; empty if none is. */
  public List<DependencyDescriptor> dependencies() {
    return dependencies;
  }

  /** Builds a {@link FunctionDescriptor}. Not safe for concurrent use. */
  public static final class Builder {
    private final String name;
    private Payload input = Payload.NONE;
    private Payload output = Payload.NONE;
    private Duration timeout = Duration.ofSeconds(30);
    private Criticality criticality = Criticality.CRITICAL;
    private long maxBodyBytes = 1 << 20;
    private Execution execution = Execution.VIRTUAL_THREAD;
    private List<String> methods = List.of();
    private List<String> consumes = List.of();
    private String produces = "";
    private List<DependencyDescriptor> dependencies = List.of();

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Sets what the function takes.
     *
     * @param input the input; default {@link Payload#NONE}
     * @return this builder
     */
    public Builder input(Payload input) {
      this.input = Objects.requireNonNull(input, "input");
      return this;
    }

    /**
     * Sets what the function gives.
     *
     * @param output the output; default {@link Payload#NONE}
     * @return this builder
     */
    public Builder output(Payload output) {
      this.output = Objects.requireNonNull(output, "output");
      return this;
    }

    /**
     * Sets how long one call may take.
     *
     * @param timeoutNanos in nanoseconds, positive; default 30 s
     * @return this builder
     */
    public Builder timeoutNanos(long timeoutNanos) {
      this.timeout = Duration.ofNanos(timeoutNanos);
      return this;
    }

    /**
     * Sets the criticality of a request that does not carry its own.
     *
     * @param criticality default {@link Criticality#CRITICAL}
     * @return this builder
     */
    public Builder criticality(Criticality criticality) {
      this.criticality = Objects.requireNonNull(criticality, "criticality");
      return this;
    }

    /**
     * Sets the largest request body.
     *
     * @param maxBodyBytes in bytes, not negative, or {@link #UNLIMITED}; default 1 MiB
     * @return this builder
     */
    public Builder maxBodyBytes(long maxBodyBytes) {
      this.maxBodyBytes = maxBodyBytes;
      return this;
    }

    /**
     * Sets where calls run.
     *
     * @param execution default {@link Execution#VIRTUAL_THREAD}
     * @return this builder
     */
    public Builder execution(Execution execution) {
      this.execution = Objects.requireNonNull(execution, "execution");
      return this;
    }

    /**
     * Sets the HTTP methods accepted.
     *
     * @param methods in upper case; none for the default
     * @return this builder
     */
    public Builder methods(String... methods) {
      this.methods = List.of(methods);
      return this;
    }

    /**
     * Sets the media types accepted as input.
     *
     * @param consumes media types or ranges; none for the default
     * @return this builder
     */
    public Builder consumes(String... consumes) {
      this.consumes = List.of(consumes);
      return this;
    }

    /**
     * Sets the media type of the output.
     *
     * @param produces a media type; empty for the default
     * @return this builder
     */
    public Builder produces(String produces) {
      this.produces = Objects.requireNonNull(produces, "produces");
      return this;
    }

    /**
     * Sets the dependencies.
     *
     * @param dependencies each of another name; none by default
     * @return this builder
     */
    public Builder dependencies(DependencyDescriptor... dependencies) {
      this.dependencies = List.of(dependencies);
      return this;
    }

    /** Ends the building. */
    public FunctionDescriptor build() {
      return new FunctionDescriptor(this);
    }
  }
}
