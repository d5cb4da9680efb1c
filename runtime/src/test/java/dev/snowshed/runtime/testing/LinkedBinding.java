package dev.snowshed.runtime.testing;

import dev.snowshed.function.Configuration;
import dev.snowshed.function.Context;
import dev.snowshed.function.spi.FunctionBinding;
import dev.snowshed.function.spi.FunctionDescriptor;
import dev.snowshed.function.spi.Payload;
import org.jspecify.annotations.Nullable;

/** A function on the host's own class path, as a native image has them. */
public final class LinkedBinding implements FunctionBinding {
  @Override
  public int apiLevel() {
    return API_LEVEL;
  }

  @Override
  public FunctionDescriptor descriptor() {
    return FunctionDescriptor.named("linked")
        .output(new Payload(Payload.Kind.TEXT, String.class))
        .build();
  }

  @Override
  public Class<?> handlerType() {
    return LinkedBinding.class;
  }

  @Override
  public Object create() {
    return this;
  }

  @Override
  public void start(Object instance, Configuration configuration) {}

  @Override
  public Object invoke(Object instance, @Nullable Object input, Context context) {
    return "linked";
  }

  @Override
  public void stop(Object instance) {}
}
