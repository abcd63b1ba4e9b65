package org.irisgraph.endpoint;

import java.util.concurrent.TimeUnit;

/** Clock and sleep, replaceable in tests. */
public interface Sleeper {

  /** The system's clock. */
  Sleeper SYSTEM =
      new Sleeper() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
          TimeUnit.MILLISECONDS.sleep(millis);
        }
      };

  /** As {@link System#nanoTime}. */
  long nanoTime();

  void sleep(long millis) throws InterruptedException;
}
