package org.irisgraph.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.adapter.FlinkKey;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Chooses shard numbers that Flink places evenly on subtasks. Flink places a key by its hash: of
 * the numbers 0 to 15, four subtasks get 5, 4, 4 and 3, and one of eight gets none. The choice
 * matters for the load alone, not for what is written.
 */
public final class BalancedShardKeys {

  private BalancedShardKeys() {}

  /**
   * Chooses as many numbers for each subtask, unless there are fewer numbers than subtasks.
   *
   * @param shards how many numbers, rounded up to a multiple of the subtasks
   */
  public static List<Integer> of(int shards, FlinkPipelineOptions options, int subtasks) {
    if (shards < subtasks) {
      return IntStream.range(0, shards).boxed().toList();
    }
    int maxParallelism =
        options.getMaxParallelism() > 0
            ? options.getMaxParallelism()
            : KeyGroupRangeAssignment.computeDefaultMaxParallelism(subtasks);
    int each = (shards + subtasks - 1) / subtasks;
    int[] placed = new int[subtasks];
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; numbers.size() < each * subtasks; number++) {
      int subtask = subtaskOf(number, maxParallelism, subtasks);
      if (placed[subtask] < each) {
        placed[subtask]++;
        numbers.add(number);
      }
    }
    return numbers;
  }

  static int subtaskOf(int number, int maxParallelism, int subtasks) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        FlinkKey.of(number, VarIntCoder.of()), maxParallelism, subtasks);
  }
}
