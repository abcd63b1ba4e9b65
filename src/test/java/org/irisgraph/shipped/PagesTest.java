package org.irisgraph.shipped;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.irisgraph.document.ReadFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages refer to files, headings, classes and codes that exist. */
class PagesTest {

  private static final Path README = Path.of("README.md");
  private static final Path DOCS = Path.of("docs");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
  private static final Pattern CODE_BLOCK = Pattern.compile("```.*?```", Pattern.DOTALL);
  private static final Pattern TEST = Pattern.compile("`([A-Z][a-z]\\w*(?:Test|IT|Contract))`");
  private static final Pattern CLASS = Pattern.compile("`([a-z][a-z/.]*/[A-Z]\\w+)`");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(DOCS)) {
      return Stream.concat(Stream.of(README, Path.of("CONTRIBUTING.md")), docs.sorted())
          .filter(path -> path.toString().endsWith(".md"))
          .toList();
    }
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.size(README), is(lessThanOrEqualTo(9L * 1024)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFilesAndHeadings(Path page) throws IOException {
    List<String> broken =
        matches(LINK, Files.readString(page))
            .filter(link -> !link.startsWith("https://"))
            .filter(link -> !leadsSomewhere(page, link))
            .toList();

    assertThat(broken, is(empty()));
  }

  @Test
  void theIndexListsEveryPage() throws IOException {
    Path index = DOCS.resolve("README.md");
    Set<Path> linked =
        matches(LINK, Files.readString(index))
            .map(link -> DOCS.resolve(link.replaceFirst("#.*", "")).normalize())
            .collect(toSet());
    List<Path> missing =
        pages().stream()
            .filter(page -> page.startsWith(DOCS) && !page.equals(index))
            .filter(page -> !linked.contains(page))
            .toList();

    assertThat(missing, is(empty()));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void namedTestsExist(Path page) throws IOException {
    Set<String> tests = classes(Path.of("src/test/java/org/irisgraph"), false);

    assertThat(
        matches(TEST, Files.readString(page)).filter(name -> !tests.contains(name)).toList(),
        is(empty()));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void namedClassesExist(Path page) throws IOException {
    Set<String> classes = classes(Path.of("src/main/java/org/irisgraph"), true);

    assertThat(
        matches(CLASS, Files.readString(page))
            .filter(name -> !classes.contains(name.replace('.', '/')))
            .filter(name -> !Files.exists(Path.of(name + ".java")))
            .toList(),
        is(empty()));
  }

  @Test
  void everyCodeOfAReaderIsExplained() throws IOException {
    String page = Files.readString(DOCS.resolve("failures.md"));

    assertThat(
        Stream.of(ReadFailure.values())
            .filter(failure -> !page.contains("`" + failure.name() + "`"))
            .toList(),
        is(empty()));
  }

  private static boolean leadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(Path.of(parts[0])).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1 || anchors(target).contains(parts[1]);
  }

  /** The anchors that GitHub gives to headings. */
  private static Set<String> anchors(Path page) {
    try {
      return matches(HEADING, CODE_BLOCK.matcher(Files.readString(page)).replaceAll(""))
          .map(heading -> heading.toLowerCase(Locale.ROOT))
          .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
          .collect(toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The simple names, or the paths, of the classes below a folder. */
  private static Set<String> classes(Path root, boolean paths) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> (paths ? root.relativize(file) : file.getFileName()).toString())
          .map(name -> name.replaceFirst("\\.java$", ""))
          .collect(toSet());
    }
  }

  private static Stream<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }
}
