package org.irisgraph.extract.llm;

import java.util.concurrent.TimeUnit;

/** Time as those know it who wait; tests let it pass as they like. */
interface Sleeper {

  /** The real time. */
  Sleeper REAL =
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

  long nanoTime();

  void sleep(long millis) throws InterruptedException;
}
