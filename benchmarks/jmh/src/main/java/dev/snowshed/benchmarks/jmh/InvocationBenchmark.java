package dev.snowshed.benchmarks.jmh;

import dev.snowshed.benchmarks.function.Bench;
import dev.snowshed.benchmarks.function.Order;
import dev.snowshed.benchmarks.function.Receipt;
import dev.snowshed.function.Context;
import dev.snowshed.function.spi.FunctionBinding;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to call a function through its generated binding, compared with a plain call,
 * reflection and a method handle? The handle and the method are instance fields, as a host would
 * hold them: the compiler cannot fold them.
 *
 * <p>Command: {@code ./snowshed bench jmh InvocationBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the setup first
public class InvocationBenchmark {
  private final Bench bench = new Bench();
  private final Order order = new Order("Ada", List.of(new Order.Item("a-1", 2, 9.5)));
  private FunctionBinding binding;
  private Object instance;
  private Context context;
  private Method method;
  private MethodHandle handle;

  /** Finds the binding as the host does. */
  @Setup
  public void find() throws Exception {
    binding =
        ServiceLoader.load(FunctionBinding.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.descriptor().name().equals("bench"))
            .findFirst()
            .orElseThrow();
    instance = binding.create();
    context =
        (Context)
            Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, called, arguments) -> {
                  throw new UnsupportedOperationException(called.getName());
                });
    method = Bench.class.getMethod("order", Order.class);
    handle =
        MethodHandles.lookup()
            .unreflect(method)
            .asType(MethodType.methodType(Object.class, Object.class, Object.class));
  }

  /** The plain call. */
  @Benchmark
  public Receipt direct() {
    return bench.order(order);
  }

  /** The generated binding, as the host calls it. */
  @Benchmark
  public Object binding() throws Exception {
    return binding.invoke(instance, order, context);
  }

  /** {@link Method#invoke}. */
  @Benchmark
  public Object reflection() throws Exception {
    return method.invoke(instance, order);
  }

  /** A method handle. */
  @Benchmark
  public Object methodHandle() throws Throwable {
    return handle.invokeExact(instance, (Object) order);
  }
}
