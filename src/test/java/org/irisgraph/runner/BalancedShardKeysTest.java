package org.irisgraph.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link FlinkClusterIT} measures the balance on a cluster. */
class BalancedShardKeysTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 16})
  void giveEachSubtaskTheSame(int subtasks) {
    List<Integer> numbers = BalancedShardKeys.of(16, FlinkPipelineOptions.defaults(), subtasks);

    int maxParallelism = KeyGroupRangeAssignment.computeDefaultMaxParallelism(subtasks);
    Map<Integer, Long> placed =
        numbers.stream()
            .collect(
                Collectors.groupingBy(
                    number -> BalancedShardKeys.subtaskOf(number, maxParallelism, subtasks),
                    Collectors.counting()));
    assertThat(placed.keySet(), hasSize(subtasks));
    assertThat(placed.values(), everyItem(is((long) (16 + subtasks - 1) / subtasks)));
    assertThat(new HashSet<>(numbers), hasSize(numbers.size()));
  }

  @Test
  void areAsFewAsAskedForIfThatIsFewerThanSubtasks() {
    assertThat(BalancedShardKeys.of(1, FlinkPipelineOptions.defaults(), 4), hasSize(1));
  }
}
