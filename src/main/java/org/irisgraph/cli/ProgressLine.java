package org.irisgraph.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.irisgraph.report.Progress;

/** Progress in one line. The less important parts are left out in narrow windows. */
final class ProgressLine {

  private static final int BAR = 20;

  private ProgressLine() {}

  /**
   * Formats progress.
   *
   * @param name of what runs
   * @param perSecond settled documents per second
   * @param width the most characters of the line
   */
  static String of(String name, Progress progress, double perSecond, Duration elapsed, int width) {
    String head = name + ", " + time(elapsed.toSeconds());
    if (progress.waitsFor() != null) {
      return first(
          width,
          head + ": waits for the database, " + progress.waitsFor(),
          head + ": " + progress.waitsFor(),
          time(elapsed.toSeconds()) + ": " + progress.waitsFor());
    }
    if (progress.phase() != Progress.Phase.INDEXING) {
      return cut(head, width);
    }
    if (progress.settled() == 0 && progress.read() > 0) {
      return unsettled(name, head, progress, width);
    }
    String percent =
        progress.share().isPresent()
            ? " %d %%".formatted((int) (progress.share().getAsDouble() * 100))
            : "";
    String bar = progress.share().isPresent() ? " " + bar(progress.share().getAsDouble()) : "";
    String documents =
        progress.total() > 0
            ? count(progress.settled()) + " of about " + count(progress.total()) + " documents"
            : count(progress.settled()) + " documents";
    List<String> parts = new ArrayList<>(List.of(documents));
    if (perSecond > 0) {
      parts.add(String.format(Locale.ROOT, "%,.1f/s", perSecond));
    }
    progress.secondsLeft(perSecond).ifPresent(left -> parts.add(time(left) + " left"));
    String main = ": " + String.join(", ", parts);
    List<String> details = new ArrayList<>();
    details.add(count(progress.read()) + " read");
    details.add(count(progress.extracted()) + " extracted");
    details.add(count(progress.indexed()) + " stored");
    if (progress.unchanged() > 0) {
      details.add(count(progress.unchanged()) + " unchanged");
    }
    if (progress.rejected() > 0) {
      details.add(count(progress.rejected()) + " rejected");
    }
    String detail = "; " + String.join(", ", details);
    return first(
        width,
        head + bar + percent + main + detail,
        head + percent + main + detail,
        head + bar + percent + main,
        head + percent + main,
        head + percent + ": " + documents,
        head + percent);
  }

  /** Until the first documents are stored, what moves is what is read and extracted. */
  private static String unsettled(String name, String head, Progress progress, int width) {
    String read = count(progress.read()) + " read";
    String counts = "%s, %s extracted".formatted(read, count(progress.extracted()));
    String latest = progress.extracted() > 0 ? count(progress.extracted()) + " extracted" : read;
    String all =
        progress.total() > 0 ? " of about %s documents".formatted(count(progress.total())) : "";
    return first(
        width,
        head + ": " + counts + all,
        head + ": " + counts,
        head + ": " + latest,
        latest,
        name);
  }

  /** Seconds, or minutes, or hours, in their two largest units. */
  static String time(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? "%d min %d s".formatted(seconds / 60, seconds % 60)
        : "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
  }

  /** Plain characters, which every terminal shows. */
  private static String bar(double share) {
    int done = (int) (share * BAR);
    return "[" + "#".repeat(done) + "-".repeat(BAR - done) + "]";
  }

  private static String count(long documents) {
    return String.format(Locale.ROOT, "%,d", documents);
  }

  /** The first line that is not too long, or the beginning of the last. */
  private static String first(int width, String... lines) {
    for (String line : lines) {
      if (line.length() <= width) {
        return line;
      }
    }
    return cut(lines[lines.length - 1], width);
  }

  private static String cut(String line, int width) {
    return line.length() <= width ? line : line.substring(0, Math.max(0, width));
  }
}
