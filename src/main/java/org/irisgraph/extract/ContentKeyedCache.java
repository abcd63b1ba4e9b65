package org.irisgraph.extract;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * What is made of files, by the hash of their content: a worker makes an extractor per thread, and
 * they share one dictionary or model. What nobody uses is forgotten.
 */
public final class ContentKeyedCache<T> {

  private final Map<String, WeakReference<T>> known = new HashMap<>();

  /** Makes something of a file's content. */
  public interface Maker<T> {
    T make() throws IOException;
  }

  /** What is made of the content with this hash; one thread makes it, the others wait. */
  public synchronized T get(String hash, Maker<T> maker) throws IOException {
    known.values().removeIf(reference -> reference.get() == null);
    WeakReference<T> reference = known.get(hash);
    T shared = reference == null ? null : reference.get();
    if (shared == null) {
      shared = maker.make();
      known.put(hash, new WeakReference<>(shared));
    }
    return shared;
  }
}
