package dev.snowshed.runtime.loading;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.snowshed.function.spi.FunctionBinding;
import dev.snowshed.function.spi.FunctionDescriptor;
import dev.snowshed.function.spi.Payload;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Loads one bundle: copies it, opens a class loader, discovers its bindings, makes and starts its
 * functions. Whatever goes wrong is undone and told as a {@link LoadException}. Safe for concurrent
 * use.
 */
final class BundleLoader {
  private static final Logger LOG = Logger.getLogger(BundleLoader.class);
  private static final String OPEN_TELEMETRY_SDK = "io/opentelemetry/sdk/trace/SpanProcessor.class";

  private final Staging staging;
  private final FunctionSettings.Source settings;
  private final CallScope scope;
  private final Clock clock;
  private final Runnable openTelemetry;
  private final SharedApiClassLoader sharedApi;
  private final SharedApiClassLoader sharedApiButOpenTelemetry = new SharedApiClassLoader(null);

  /**
   * A loader.
   *
   * @param openTelemetry runs, again and again, before a function gets to see OpenTelemetry
   */
  BundleLoader(
      Staging staging,
      FunctionSettings.Source settings,
      CallScope scope,
      Runnable openTelemetry,
      Clock clock) {
    this.staging = staging;
    this.settings = settings;
    this.scope = scope;
    this.openTelemetry = openTelemetry;
    this.sharedApi = new SharedApiClassLoader(openTelemetry);
    this.clock = clock;
  }

  LoadedBundle load(BundleLocation location) throws LoadException {
    if (location.kind() == BundleLocation.Kind.CLASS_PATH) {
      ClassLoader host = FunctionBinding.class.getClassLoader();
      return start(location, new BundleVersion("", "class-path"), host, () -> {});
    }
    Path staged = staging.stage(location.path());
    URL[] classPath = classPath(location, staged);
    FunctionClassLoader loader =
        new FunctionClassLoader(location.name(), classPath, sharedWith(classPath));
    Runnable discard =
        () -> {
          close(loader);
          staging.discard(staged);
        };
    try {
      return start(location, BundleVersion.of(staged), loader, discard);
    } catch (LoadException | RuntimeException | Error e) {
      discard.run();
      throw e;
    }
  }

  /** An SDK of OpenTelemetry goes with the API that it brings, and sets it up itself. */
  private SharedApiClassLoader sharedWith(URL[] classPath) {
    try (URLClassLoader own = new URLClassLoader(classPath, null)) {
      return own.findResource(OPEN_TELEMETRY_SDK) == null ? sharedApi : sharedApiButOpenTelemetry;
    } catch (IOException e) {
      LOG.debugf(e, "Could not close %s", classPath[0]);
      return sharedApi;
    }
  }

  private LoadedBundle start(
      BundleLocation location, BundleVersion version, ClassLoader loader, Runnable discard)
      throws LoadException {
    Map<Class<?>, LoadedBundle.Started> started = new LinkedHashMap<>();
    try {
      List<FunctionBinding> bindings = discover(location, loader);
      if (location.kind() == BundleLocation.Kind.CLASS_PATH && !bindings.isEmpty()) {
        openTelemetry.run();
      }
      ObjectMapper mapper = JsonCodec.mapper(loader);
      return new LoadedBundle(
          location,
          version,
          clock.instant(),
          loader,
          () -> {
            stop(location, loader, started);
            discard.run();
          },
          bundle -> {
            List<LoadedFunction> functions = new ArrayList<>();
            for (FunctionBinding binding : bindings) {
              functions.add(function(bundle, binding, instance(binding, loader, started), mapper));
            }
            return functions;
          });
    } catch (LoadException | RuntimeException | Error e) {
      stop(location, loader, started);
      throw e;
    }
  }

  private static List<FunctionBinding> discover(BundleLocation location, ClassLoader loader)
      throws LoadException {
    List<FunctionBinding> bindings = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try {
      for (FunctionBinding binding : ServiceLoader.load(FunctionBinding.class, loader)) {
        checkLevel(location, binding);
        String name = binding.descriptor().name();
        if (!names.add(name)) {
          throw new LoadException(
              LoadProblem.DUPLICATE_NAME,
              location.name() + " has two functions named '" + name + "'. Rename one of them.");
        }
        bindings.add(binding);
      }
    } catch (ServiceConfigurationError e) {
      throw broken(location, "its bindings cannot be instantiated", rootOf(e));
    } catch (LinkageError e) {
      throw broken(location, "its bindings cannot be linked", e);
    }
    if (bindings.isEmpty() && location.kind() != BundleLocation.Kind.CLASS_PATH) {
      throw new LoadException(
          LoadProblem.NO_FUNCTIONS,
          location.name()
              + " has no function: there is no "
              + BundleLocation.SERVICE_FILE
              + " in it. Annotate a public method with @Function and compile with the annotation"
              + " processor function-sdk-processor (since JDK 23 a processor runs only when it is"
              + " named: set annotationProcessorPaths or -processorpath).");
    }
    bindings.sort(Comparator.comparing(binding -> binding.descriptor().name()));
    return bindings;
  }

  private static void checkLevel(BundleLocation location, FunctionBinding binding)
      throws LoadException {
    if (binding.apiLevel() > FunctionBinding.API_LEVEL) {
      throw new LoadException(
          LoadProblem.SDK_TOO_NEW,
          location.name()
              + " was built with an SDK of level "
              + binding.apiLevel()
              + "; this host knows levels up to "
              + FunctionBinding.API_LEVEL
              + ". Update the host, or build the function with an older function-sdk.");
    }
  }

  private Object instance(
      FunctionBinding binding, ClassLoader loader, Map<Class<?>, LoadedBundle.Started> started)
      throws LoadException {
    String name = binding.descriptor().name();
    Class<?> type;
    try {
      type = binding.handlerType();
    } catch (LinkageError e) {
      throw broken("function '" + name + "'", "its class cannot be linked", e);
    }
    LoadedBundle.Started existing = started.get(type);
    if (existing != null) {
      return existing.instance();
    }
    Object instance =
        guarded(name, "its constructor", LoadProblem.CONSTRUCTOR, loader, binding::create);
    started.put(type, new LoadedBundle.Started(binding, instance));
    guarded(
        name,
        "its start hook",
        LoadProblem.START_HOOK,
        loader,
        () -> {
          binding.start(instance, settings.of(name).configuration());
          return instance;
        });
    return instance;
  }

  private LoadedFunction function(
      LoadedBundle bundle, FunctionBinding binding, Object instance, ObjectMapper mapper)
      throws LoadException {
    FunctionDescriptor descriptor = binding.descriptor();
    try {
      ObjectReader reader = mapper.readerFor(jsonType(mapper, descriptor.input()));
      ObjectWriter writer = mapper.writerFor(jsonType(mapper, descriptor.output()));
      return new LoadedFunction(
          bundle, binding, instance, settings.of(descriptor.name()), reader, writer);
    } catch (LinkageError e) {
      throw broken("function '" + descriptor.name() + "'", "its types cannot be linked", e);
    } catch (RuntimeException e) {
      throw new LoadException(
          LoadProblem.INVALID_BINDING,
          "Function '" + descriptor.name() + "' declares what this host cannot serve: " + e,
          e);
    }
  }

  private static com.fasterxml.jackson.databind.JavaType jsonType(
      ObjectMapper mapper, Payload payload) {
    return mapper
        .getTypeFactory()
        .constructType(payload.kind() == Payload.Kind.JSON ? payload.type() : Object.class);
  }

  /** A step of the function's own code. */
  @FunctionalInterface
  private interface Step {
    Object run() throws Exception;
  }

  private Object guarded(
      String function, String what, LoadProblem problem, ClassLoader loader, Step step)
      throws LoadException {
    try {
      return scope.call(function, loader, step::run);
    } catch (LinkageError e) {
      throw broken("function '" + function + "'", what + " cannot be linked", e);
    } catch (Exception | Error e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new LoadException(
          problem,
          "Function '" + function + "' was not started because " + what + " threw " + e,
          e);
    }
  }

  private void stop(
      BundleLocation location,
      ClassLoader loader,
      Map<Class<?>, LoadedBundle.Started> startedByType) {
    for (LoadedBundle.Started started : startedByType.values()) {
      String function = started.binding().descriptor().name();
      try {
        scope.call(
            function,
            loader,
            () -> {
              started.binding().stop(started.instance());
              return started;
            });
      } catch (Exception | LinkageError e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        LOG.warnf(e, "A stop hook of function '%s' in %s threw", function, location.name());
      }
    }
    startedByType.clear();
  }

  private static LoadException broken(BundleLocation location, String what, Throwable cause) {
    return broken(location.name(), what, cause);
  }

  private static LoadException broken(String subject, String what, Throwable cause) {
    return switch (cause) {
      case UnsupportedClassVersionError e ->
          new LoadException(
              LoadProblem.CLASS_VERSION,
              subject
                  + " was compiled for a newer Java than the host's "
                  + Runtime.version().feature()
                  + ": "
                  + e.getMessage()
                  + ". Compile it with --release "
                  + Runtime.version().feature()
                  + " or lower.",
              e);
      case ClassFormatError e ->
          new LoadException(
              LoadProblem.CORRUPT, subject + " holds a damaged class: " + e.getMessage(), e);
      case LinkageError e ->
          new LoadException(
              LoadProblem.MISSING_CLASS,
              subject
                  + ": "
                  + what
                  + ": "
                  + e
                  + ". Put its libraries into the jar, or beside it in a folder; of the host a function"
                  + " sees only the JDK, the SDK and the API packages "
                  + SharedApiClassLoader.PACKAGES.stream().sorted().toList()
                  + ".",
              e);
      case ClassNotFoundException e ->
          new LoadException(
              LoadProblem.MISSING_CLASS,
              subject
                  + " lists a binding that is not in it: "
                  + e.getMessage()
                  + ". Build it anew.",
              e);
      default ->
          new LoadException(
              LoadProblem.INVALID_BINDING, subject + ": " + what + ": " + cause, cause);
    };
  }

  private static Throwable rootOf(ServiceConfigurationError e) {
    if (e.getCause() != null) {
      return e.getCause();
    }
    String message = Objects.toString(e.getMessage(), "");
    return message.endsWith("not found") ? new ClassNotFoundException(message, e) : e;
  }

  private static URL[] classPath(BundleLocation location, Path staged) throws LoadException {
    List<Path> paths = new ArrayList<>();
    try {
      switch (location.kind()) {
        case JAR, CLASS_PATH -> paths.add(staged);
        case CLASS_FOLDER -> {
          paths.add(staged);
          paths.addAll(librariesBeside(location.path()));
        }
        case JAR_FOLDER -> {
          try (Stream<Path> tree = Files.walk(staged)) {
            paths.addAll(tree.filter(BundleLocation::isJar).sorted().toList());
          }
        }
      }
      URL[] urls = new URL[paths.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = paths.get(i).toUri().toURL();
      }
      return urls;
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new LoadException(LoadProblem.CORRUPT, location.path() + " could not be read: " + e, e);
    }
  }

  /**
   * The libraries of a folder of classes: one path a line in the file {@code {folder}.classpath}.
   */
  private static List<Path> librariesBeside(Path folder) throws IOException {
    Path list = folder.resolveSibling(folder.getFileName() + ".classpath");
    if (!Files.isRegularFile(list)) {
      return List.of();
    }
    return Files.readAllLines(list).stream()
        .filter(line -> !line.isBlank())
        .map(line -> list.resolveSibling(line.strip()))
        .toList();
  }

  private static void close(FunctionClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      LOG.debugf(e, "Could not close %s", loader.getName());
    }
  }
}
