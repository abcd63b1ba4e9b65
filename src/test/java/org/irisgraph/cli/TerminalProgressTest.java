package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.irisgraph.report.Progress;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void writesTheFiguresIntoOneLine() {
    try (TerminalProgress display = new TerminalProgress(false, new Terminal(200))) {
      display.show(new Progress(1234, 1200, 4, 30), 56.78);
    }

    assertThat(
        lines,
        hasItem(containsString(": 1,234 read (56.8/s), 1,200 indexed, 4 unchanged, 30 rejected")));
  }

  @Test
  void cutsTheLineAtTheTerminalsWidth() {
    try (TerminalProgress display = new TerminalProgress(false, new Terminal(20))) {
      display.show(new Progress(1234, 1200, 4, 30), 56.78);
    }

    assertThat(lines, hasItem(both(startsWith("indexing")).and(hasLength(20))));
    assertThat(lines, not(hasItem(containsString("read"))));
  }

  @Test
  void saysWhatTheRunWaitsFor() {
    try (TerminalProgress display = new TerminalProgress(false, new Terminal(200))) {
      display.show(Progress.NONE.waitingFor("counting the rows"), 0);
    }

    assertThat(lines, hasItem(containsString(": waits for the database, counting the rows")));
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
