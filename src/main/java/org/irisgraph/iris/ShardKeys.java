package org.irisgraph.iris;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.irisgraph.jdbc.KeyComparison;

/**
 * The parts that batches are gathered in. An element's part follows from its key alone, so that
 * what is written to one row is written by one worker. A runner places a part by a hash of the
 * number that stands for it.
 *
 * @param numbers one for each part, all different
 */
record ShardKeys(List<Integer> numbers) implements Serializable {

  ShardKeys {
    numbers = List.copyOf(numbers);
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("shards must be at least 1");
    }
    if (numbers.stream().distinct().count() != numbers.size()) {
      throw new IllegalArgumentException("the numbers of shards must differ");
    }
  }

  /** So many, numbered from 0 on. */
  static ShardKeys of(int shards) {
    return new ShardKeys(IntStream.range(0, shards).boxed().toList());
  }

  /** The number of an element's part. Keys that only differ in case are one to some databases. */
  int of(String elementKey) {
    return numbers.get(Math.floorMod(KeyComparison.fold(elementKey).hashCode(), numbers.size()));
  }
}
