package org.irisgraph.benchmark;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The most memory that was in use at one time: what a full collection left behind, at its peak. The
 * heap's size between collections says how much memory there was, and not how much was needed.
 */
final class LiveHeap {

  private static final long SHORTEST_PAUSE_MILLIS = 200;

  /** Pauses by collections: so that the run that is watched has four fifths of the time. */
  private static final int PAUSES_PER_COLLECTION = 4;

  private final AtomicLong peak = new AtomicLong();

  /** Collects over and over until the JVM ends, which slows down all else. */
  void watch() {
    Thread watcher = new Thread(this::collectForEver, "live-heap");
    watcher.setDaemon(true);
    watcher.start();
  }

  long peakBytes() {
    return peak.get();
  }

  private void collectForEver() {
    try {
      while (true) {
        long start = System.nanoTime();
        peak.accumulateAndGet(collect(), Math::max);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        TimeUnit.MILLISECONDS.sleep(
            Math.max(SHORTEST_PAUSE_MILLIS, PAUSES_PER_COLLECTION * millis));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Collects and gives what is left, before anybody allocates again. */
  private static long collect() {
    System.gc();
    List<String> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .toList();
    GcInfo last = null;
    for (GarbageCollectorMXBean collector :
        ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
      GcInfo info = collector.getLastGcInfo();
      // System.gc() is a collection of the old generation.
      if (info != null && collector.getName().matches(".*(Old|MarkSweep).*")) {
        last = info;
      }
    }
    if (last == null) {
      throw new IllegalStateException("no full collection: run with -XX:+UseSerialGC");
    }
    long left = 0;
    for (String pool : heap) {
      left += last.getMemoryUsageAfterGc().get(pool).getUsed();
    }
    return left;
  }
}
