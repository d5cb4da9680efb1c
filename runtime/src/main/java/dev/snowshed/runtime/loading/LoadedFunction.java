package dev.snowshed.runtime.loading;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.snowshed.function.Configuration;
import dev.snowshed.function.Context;
import dev.snowshed.function.spi.FunctionBinding;
import dev.snowshed.function.spi.FunctionDescriptor;
import org.jspecify.annotations.Nullable;

/** One function of a loaded bundle, ready to be called. Safe for concurrent use. */
public final class LoadedFunction {
  private final LoadedBundle bundle;
  private final FunctionBinding binding;
  private final Object instance;
  private final FunctionDescriptor descriptor;
  private final FunctionSettings settings;
  private final ObjectReader inputReader;
  private final ObjectWriter outputWriter;
  private final Contract contract;
  private final long timeoutNanos;
  private final long maxBodyBytes;

  LoadedFunction(
      LoadedBundle bundle,
      FunctionBinding binding,
      Object instance,
      FunctionSettings settings,
      ObjectReader inputReader,
      ObjectWriter outputWriter) {
    this.bundle = bundle;
    this.binding = binding;
    this.instance = instance;
    this.descriptor = binding.descriptor();
    this.settings = settings;
    this.inputReader = inputReader;
    this.outputWriter = outputWriter;
    this.contract = Contract.of(descriptor);
    this.timeoutNanos = settings.timeout().orElse(descriptor.timeout()).toNanos();
    this.maxBodyBytes = settings.maxBodyBytes().orElse(descriptor.maxBodyBytes());
  }

  /** The function's name. */
  public String name() {
    return descriptor.name();
  }

  /** What its author declared. */
  public FunctionDescriptor descriptor() {
    return descriptor;
  }

  /** What it accepts and gives over HTTP. */
  public Contract contract() {
    return contract;
  }

  /** The bundle it came from. */
  public LoadedBundle bundle() {
    return bundle;
  }

  /** How long one call may take, in nanoseconds, overrides applied. */
  public long timeoutNanos() {
    return timeoutNanos;
  }

  /** The largest request body in bytes, overrides applied. */
  public long maxBodyBytes() {
    return maxBodyBytes;
  }

  /** What the function may read of the host's configuration. */
  public Configuration configuration() {
    return settings.configuration();
  }

  /** Reads its JSON input. */
  public ObjectReader inputReader() {
    return inputReader;
  }

  /** Writes its JSON output. */
  public ObjectWriter outputWriter() {
    return outputWriter;
  }

  /**
   * Calls the function. The caller holds a lease on the {@link #bundle} and has set the context
   * class loader.
   *
   * @param input what its binding expects
   * @param context the call's context
   * @return its result
   * @throws Exception whatever the function throws
   */
  public @Nullable Object invoke(@Nullable Object input, Context context) throws Exception {
    return binding.invoke(instance, input, context);
  }
}
