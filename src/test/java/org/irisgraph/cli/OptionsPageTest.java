package org.irisgraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.OptionDeclaration;
import org.irisgraph.options.OptionGroup;
import org.junit.jupiter.api.Test;

/** Generates {@code docs/options.md} from the options, and fails if the page is out of date. */
class OptionsPageTest {

  private static final String COMMAND = "mvn -q test -Dtest=OptionsPageTest -DrewriteOptions";
  private static final Path PAGE = Path.of("docs/options.md");

  private final KnownOptions known = new KnownOptions();

  @Test
  void thePageIsUpToDate() throws IOException {
    if (System.getProperty("rewriteOptions") != null) {
      Files.writeString(PAGE, page(), UTF_8);
    }
    assertThat("Run " + COMMAND, Files.readString(PAGE, UTF_8), is(page()));
  }

  @Test
  void everyOptionOfOursIsInOneGroup() {
    List<OptionDeclaration> grouped =
        Arrays.stream(OptionGroup.values()).flatMap(group -> known.in(group).stream()).toList();

    assertThat(
        grouped.stream().filter(OptionDeclaration::isOurs).toList(), hasSize(known.ours().size()));
  }

  private String page() {
    List<String> lines = new ArrayList<>();
    lines.add("<!-- Generated; to update it, run: %s -->".formatted(COMMAND));
    lines.add("# Options");
    lines.add("");
    lines.add(
        "Every option can be set in a settings file (`name: value`) or by a flag"
            + " (`--name=value`).");
    lines.add(
        "Flags override files, later files override earlier ones. An unknown name is an error."
            + " Files and");
    lines.add("flags also accept every option of Apache Beam and its runners.");
    for (OptionGroup group : OptionGroup.values()) {
      lines.add("");
      lines.add("## " + group.title());
      lines.add("");
      lines.add("| option | default | values | what it does |");
      lines.add("|---|---|---|---|");
      known.in(group).forEach(option -> lines.add(row(option)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String row(OptionDeclaration option) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            option.name(),
            escaped(option.defaultText().orElse("")),
            escaped(option.rangeText().orElseGet(() -> option.typeName().replace("|", ", "))),
            escaped(option.description()));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
  }
}
