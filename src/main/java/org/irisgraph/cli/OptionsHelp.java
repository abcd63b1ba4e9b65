package org.irisgraph.cli;

import java.util.List;
import java.util.Optional;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.OptionDeclaration;
import org.irisgraph.options.OptionGroup;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The options in a command's help: the most used by {@code --help}, all of them in groups by {@code
 * --help-all}.
 */
final class OptionsHelp implements IHelpSectionRenderer {

  static final String ALL = "--help-all";

  static final List<String> MOST_USED =
      List.of(
          "input",
          "extractors",
          "dictionary",
          "jdbcUrl",
          "jdbcUser",
          "jdbcPasswordFrom",
          "reindex",
          "watch",
          "deadLetters",
          "runner");

  private final KnownOptions known;

  private OptionsHelp(KnownOptions known) {
    this.known = known;
  }

  static void addTo(CommandSpec command, KnownOptions known) {
    command.addOption(
        OptionSpec.builder(ALL)
            .type(boolean.class)
            .usageHelp(true)
            .description("Show all options, in groups, and exit.")
            .build());
    command
        .usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionsHelp(known));
  }

  @Override
  public String render(Help help) {
    StringBuilder text = new StringBuilder();
    OptionSpec all = help.commandSpec().findOption(ALL);
    if (Boolean.TRUE.equals(all.getValue())) {
      for (OptionGroup group : OptionGroup.values()) {
        append(text, help, group.title(), flags(help, known.in(group)));
      }
    } else {
      append(
          text,
          help,
          "Most used options (all of them: %s)".formatted(ALL),
          flags(help, MOST_USED.stream().map(known::find).flatMap(Optional::stream).toList()));
    }
    append(
        text,
        help,
        "Help",
        help.commandSpec().options().stream().filter(option -> !option.hidden()).toList());
    return text.toString();
  }

  private static List<OptionSpec> flags(Help help, List<OptionDeclaration> options) {
    return options.stream()
        .map(option -> help.commandSpec().findOption("--" + option.name()))
        .toList();
  }

  private static void append(
      StringBuilder text, Help help, String title, List<OptionSpec> options) {
    Help.Layout layout = help.createDefaultLayout();
    options.forEach(option -> layout.addOption(option, help.parameterLabelRenderer()));
    text.append(String.format("%n%s:%n", title)).append(layout);
  }
}
