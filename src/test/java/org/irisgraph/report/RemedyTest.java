package org.irisgraph.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.document.ReadFailure;
import org.junit.jupiter.api.Test;

class RemedyTest {

  private static final Pattern CODE = Pattern.compile("`([A-Z_0-9]{4,})`");

  private static List<String> withoutRemedy(List<String> codes) {
    return codes.stream().filter(code -> Remedy.of(code).equals(Remedy.OTHERS)).toList();
  }

  /** The codes in the first column of the table. */
  private static List<String> documented() throws Exception {
    String page = Files.readString(Path.of("docs/failures.md"));
    List<String> codes = new ArrayList<>();
    page.substring(page.indexOf("## Error codes"))
        .lines()
        .filter(line -> line.startsWith("|"))
        .forEach(
            line -> {
              Matcher code = CODE.matcher(line.split("\\|", -1)[1]);
              while (code.find()) {
                codes.add(code.group(1));
              }
            });
    return codes;
  }

  @Test
  void knowsWhatToDoAboutEveryCode() throws Exception {
    List<String> codes = documented();

    assertThat(codes, hasItems("CANNOT_OPEN", "TOO_LONG", "KEY_TOO_LONG"));
    assertThat(withoutRemedy(codes), is(empty()));
    List<String> ofReaders = Arrays.stream(ReadFailure.values()).map(Enum::name).toList();
    assertThat(codes.containsAll(ofReaders), is(true));
  }

  @Test
  void pointsToThePageForTheCodesOfDatabases() {
    assertThat(Remedy.of("22001"), is("docs/failures.md explains the code"));
    assertThat(Remedy.of("LLM_HTTP_500"), containsString("language-model.md"));
  }

  @Test
  void repeatsNothingThatTheMessageSays() {
    assertThat(Remedy.after("UNKNOWN_FORMAT"), is(""));
    assertThat(Remedy.after("ENCRYPTED"), is("; remove their passwords"));
  }
}
