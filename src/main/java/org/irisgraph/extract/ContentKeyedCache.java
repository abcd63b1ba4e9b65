package org.irisgraph.extract;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Caches what is parsed from files, by the hash of their content, so that the extractors of all
 * threads share one dictionary or model. Values that are no longer referenced are removed.
 */
public final class ContentKeyedCache<T> {

  private final Map<String, WeakReference<T>> cached = new HashMap<>();

  /** Parses the content of a file. */
  public interface Parser<T> {
    T parse() throws IOException;
  }

  /** Returns the cached value or parses it; other threads wait meanwhile. */
  public synchronized T get(String hash, Parser<T> parser) throws IOException {
    cached.values().removeIf(reference -> reference.get() == null);
    WeakReference<T> reference = cached.get(hash);
    T shared = reference == null ? null : reference.get();
    if (shared == null) {
      shared = parser.parse();
      cached.put(hash, new WeakReference<>(shared));
    }
    return shared;
  }
}
