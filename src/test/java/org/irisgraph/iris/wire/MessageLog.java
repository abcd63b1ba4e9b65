package org.irisgraph.iris.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The messages of all connections, in the order in which they were read. */
final class MessageLog {
  /** Observed: these are not answered, so they cost no round trip. */
  static final Set<String> ONE_WAY = Set.of("AF", "AN", "DC");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final List<LoggedMessage> messages = new ArrayList<>();

  void add(LoggedMessage message) {
    lock.lock();
    try {
      messages.add(message);
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      messages.clear();
    } finally {
      lock.unlock();
    }
  }

  List<LoggedMessage> messages() {
    lock.lock();
    try {
      return List.copyOf(messages);
    } finally {
      lock.unlock();
    }
  }

  int count(String type) {
    return (int) messages().stream().filter(message -> message.type().equals(type)).count();
  }

  int roundTrips() {
    return (int) messages().stream().filter(m -> !ONE_WAY.contains(m.type())).count();
  }

  void await(String type, int count, Duration limit) throws InterruptedException, TimeoutException {
    long nanos = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (count(type) < count) {
        if (nanos <= 0) {
          throw new TimeoutException(
              count(type) + " instead of " + count + " " + type + " after " + limit);
        }
        nanos = grown.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
