package org.irisgraph.cli;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.OptionDeclaration;
import org.irisgraph.options.Setting;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options as flags of a command; {@link OptionsHelp} decides which of them the help shows. */
final class OptionFlags {

  private OptionFlags() {}

  static void addTo(CommandSpec command, List<OptionDeclaration> options) {
    options.forEach(option -> command.addOption(flag(option)));
  }

  /** The settings that the arguments contain. */
  static List<Setting> settings(ParseResult arguments, KnownOptions known) {
    List<Setting> settings = new ArrayList<>();
    for (OptionSpec flag : arguments.matchedOptions()) {
      String name = flag.longestName().substring(2);
      if (known.find(name).isPresent()) {
        settings.add(Setting.flag(name, values(flag)));
      }
    }
    return settings;
  }

  private static List<String> values(ArgSpec flag) {
    return flag.isMultiValue()
        ? flag.stringValues()
        : List.of(String.valueOf(flag.<Object>getValue()));
  }

  private static OptionSpec flag(OptionDeclaration option) {
    OptionSpec.Builder flag =
        OptionSpec.builder("--" + option.name())
            .paramLabel(option.typeName())
            .description(description(option))
            .hidden(true);
    if (option.isBoolean()) {
      return flag.type(Boolean.class).arity("0..1").fallbackValue("true").build();
    }
    if (option.isList()) {
      return flag.type(List.class).auxiliaryTypes(String.class).arity("1").build();
    }
    return flag.type(String.class).arity("1").build();
  }

  private static String[] description(OptionDeclaration option) {
    List<String> lines = new ArrayList<>();
    lines.add(option.description());
    String range = option.rangeText().map(text -> " (" + text + ")").orElse("");
    option.defaultText().ifPresent(text -> lines.add("Default: " + text + range));
    // picocli takes descriptions for format strings.
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }
}
