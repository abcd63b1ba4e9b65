package org.irisgraph.iris;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.irisgraph.jdbc.KeyComparison;
import org.jspecify.annotations.Nullable;

/**
 * Assigns elements to shards, in which batches are gathered. The shard depends on the element's key
 * alone, so that one worker writes all versions of a row. A runner distributes shards by a hash of
 * their numbers.
 *
 * @param numbers the key of each shard, all different
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

  /** A number of shards, numbered from 0. */
  static ShardKeys of(int shards) {
    return new ShardKeys(IntStream.range(0, shards).boxed().toList());
  }

  /**
   * The shard of an element; ignores case, since some databases do.
   *
   * @throws IllegalArgumentException if the key is null
   */
  int of(@Nullable String elementKey) {
    if (elementKey == null) {
      throw new IllegalArgumentException(
          "an element has no key: withElementKey must give a text for each");
    }
    return numbers.get(Math.floorMod(KeyComparison.fold(elementKey).hashCode(), numbers.size()));
  }
}
