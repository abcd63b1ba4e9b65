package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.irisgraph.report.Progress;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void writesTheLineAtTheTerminalsWidth() {
    try (TerminalProgress display = new TerminalProgress(false, new Terminal(40))) {
      display.show(Progress.stored(1200, 4, 30).in(Progress.Phase.INDEXING), 56.78);

      assertThat(lines, hasItem(matchesRegex("indexing, \\d s: 1,234 documents, 56.8/s *")));
    }
  }

  @Test
  void saysThatAnEndlessRunWatches() {
    try (TerminalProgress display = new TerminalProgress(true, new Terminal(40))) {
      display.show(Progress.NONE.in(Progress.Phase.INDEXING), 0);

      assertThat(lines, hasItem(startsWith("watching, ")));
    }
  }

  private final class Terminal implements ProgressBarConsumer {
    private final int width;

    private Terminal(int width) {
      this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
      return width;
    }

    @Override
    public void accept(String line) {
      lines.add(line);
    }

    @Override
    public void close() {
      // There is no terminal to leave.
    }
  }
}
