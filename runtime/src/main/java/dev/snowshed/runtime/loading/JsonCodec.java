package dev.snowshed.runtime.loading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;

/** Makes the JSON mapper of one load of one bundle. */
final class JsonCodec {
  private static final int MOST_CACHED_TYPES = 200;

  /** Buffers by thread, as is Jackson's default, are made anew for each call's virtual thread. */
  private static final RecyclerPool<BufferRecycler> BUFFERS =
      JsonRecyclerPools.sharedConcurrentDequePool();

  private JsonCodec() {}

  /**
   * A mapper with caches of its own: Jackson's shared ones would keep the bundle's classes, and
   * with them its class loader, alive for ever.
   */
  static ObjectMapper mapper(ClassLoader loader) {
    ObjectMapper mapper =
        JsonMapper.builder(JsonFactory.builder().recyclerPool(BUFFERS).build())
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(new ParameterNamesModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();
    LookupCache<Object, JavaType> types = new LRUMap<>(16, MOST_CACHED_TYPES);
    mapper.setTypeFactory(TypeFactory.defaultInstance().withClassLoader(loader).withCache(types));
    return mapper;
  }
}
