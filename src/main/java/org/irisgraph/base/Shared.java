package org.irisgraph.base;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Resources that all users in this JVM share by key: opened by the first {@link #acquire}, closed
 * by the last {@link #release}. Safe for several threads; a key that is being opened or closed
 * makes the others wait.
 */
public final class Shared<K, V> {

  private final Map<K, Entry<V>> entries = new HashMap<>();
  private final Consumer<? super V> close;

  /**
   * @param close closes a resource after its last user has released it
   */
  public Shared(Consumer<? super V> close) {
    this.close = close;
  }

  /** The resource of a key; each call is matched by one of {@link #release}. */
  public synchronized V acquire(K key, Function<? super K, ? extends V> open) {
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      entry = new Entry<>(open.apply(key));
      entries.put(key, entry);
    }
    entry.users++;
    return entry.value;
  }

  /**
   * Gives a resource back.
   *
   * @throws IllegalStateException if it has no user
   */
  public synchronized void release(K key) {
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      throw new IllegalStateException("released more often than acquired");
    }
    if (--entry.users == 0) {
      entries.remove(key);
      try {
        close.accept(entry.value);
      } finally {
        notifyAll();
      }
    }
  }

  /** The resource of a key, if it is open; the caller does not become a user of it. */
  public synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key)).map(entry -> entry.value);
  }

  /** The keys of the open resources. */
  public synchronized Set<K> keys() {
    return Set.copyOf(entries.keySet());
  }

  /**
   * Waits until a resource is closed.
   *
   * @return whether it is closed, false after the time limit
   */
  public synchronized boolean awaitClosed(K key, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (entries.containsKey(key)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  private static final class Entry<V> {
    private final V value;
    private int users;

    Entry(V value) {
      this.value = value;
    }
  }
}
